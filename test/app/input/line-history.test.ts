import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {pressOf} from '../../../source/app/input/keys.js';
import {
	edit,
	emptyLine,
	insert,
	type Line,
	lineOf,
	lineSize,
	lineText,
	stepsOf,
	withText,
} from '../../../source/app/input/line-editor.js';
import {historyOf} from '../../../source/app/input/line-history.js';
import {editLines} from '../../../source/app/input/text-area.js';
import {freeze, thaw} from '../../../source/app/session/frozen.js';

/** The line after keys: single characters are typed, `<ctrl+w>` is a key, longer texts are pasted. */
function after(line: Line, ...keys: readonly string[]): Line {
	return keys.reduce((before, key) => {
		const name = /^<(.+)>$/.exec(key)?.[1];
		if (name !== undefined) return edit(before, pressOf(name)) ?? before;
		return key.length === 1 ? (edit(before, pressOf(key)) ?? before) : insert(before, key);
	}, line);
}

/** The text with a bar where the caret stands. */
function shown({text, at}: Line): string {
	return `${text.slice(0, at).join('')}|${text.slice(at).join('')}`;
}

/** What each undo leaves, up to the first state that is remembered. */
function undos(line: Line, key = '<ctrl+_>'): readonly string[] {
	const texts: string[] = [];
	for (let now = line; key === '<ctrl+_>' ? stepsOf(now).undo : stepsOf(now).redo; texts.push(shown(now)))
		now = after(now, key);
	return texts;
}

test('undo takes back a word with the blanks behind it, and a paste as a whole', () => {
	assert.deepEqual(undos(after(emptyLine, ...'one two  x')), ['one two  |', 'one |', '|']);
	assert.deepEqual(undos(after(emptyLine, ...'key ', 'a pasted text', ...'!?')), ['key a pasted text|', 'key |', '|']);
	assert.deepEqual(undos(after(emptyLine, ...'e\u0301t')), ['|']);
});

test('undo brings back a deleted word, and the caret to where it was', () => {
	const line = lineOf('one two');
	assert.deepEqual(undos(after(line, '<backspace>', '<backspace>', '<backspace>')), ['one two|']);
	const all = Array.from({length: 7}, () => '<backspace>');
	assert.deepEqual(undos(after(line, ...all)), ['one |', 'one two|']);
	assert.deepEqual(undos(after(line, '<home>', '<delete>', '<delete>', '<delete>', '<delete>', '<delete>')), [
		'|two',
		'|one two',
	]);
	assert.deepEqual(undos(after(line, '<ctrl+w>', '<ctrl+u>')), ['one |', 'one two|']);
	assert.deepEqual(undos(after(line, '<left>', '<ctrl+u>')), ['one tw|o']);
});

test('text typed elsewhere is a step of its own', () => {
	assert.deepEqual(undos(after(emptyLine, ...'abc', '<home>', ...'xy')), ['|abc', '|']);
});

test('redo does again what was undone, until something else is typed', () => {
	const back = after(emptyLine, ...'one two', '<ctrl+_>', '<ctrl+_>');
	assert.deepEqual(undos(back, '<alt+_>'), ['one |', 'one two|']);
	assert.deepEqual(undos(after(back, '<alt+_>', '!'), '<alt+_>'), []);
	assert.equal(shown(after(back, '<ctrl+_>')), '|', 'nothing is left to undo');
	assert.equal(shown(after(emptyLine, '<alt+_>')), '|', 'nothing was undone');
});

test('every spelling of the keys works: one byte, and the kitty protocol', () => {
	for (const key of ['<ctrl+_>', '<ctrl+/>', '<ctrl+7>', '<ctrl+->'])
		assert.equal(shown(after(emptyLine, 'a', key)), '|', key);
	for (const key of ['<alt+_>', '<alt+->']) assert.equal(shown(after(emptyLine, 'a', '<ctrl+_>', key)), 'a|', key);
});

test('a text put in place of another is one step', () => {
	assert.deepEqual(undos(withText(lineOf('one two'), 'one')), ['one two|']);
});

const parts = fc.constantFrom(
	...['a', ' ', '\n', 'é', '\u0301', '👩', '\u200d', 'two words', '\t'],
	...['<left>', '<right>', '<home>', '<backspace>', '<delete>', '<ctrl+w>', '<ctrl+u>', '<alt+d>', '<ctrl+k>'],
	...['<ctrl+_>', '<alt+_>'],
);

test('undo leads back to the text before all edits, and redo to the text after them', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme'}), fc.array(parts), (text, keys) => {
			const before = lineOf(text);
			const line = keys.reduce((now, key) => after(now, key), before);
			let undone = line;
			while (stepsOf(undone).undo) undone = after(undone, '<ctrl+_>');
			assert.equal(lineText(undone), text);
			assert.equal(lineSize(undone), Buffer.byteLength(text));
			const {future} = historyOf(line.text);
			let redone = undone;
			while (historyOf(redone.text).future.length > future.length) redone = after(redone, '<alt+_>');
			assert.equal(lineText(redone), lineText(line));
		}),
	);
});

test('a text of several lines undoes line breaks and moves as one line does', () => {
	let line = lineOf('one');
	for (const key of ['enter', 't', 'w', 'o', 'up', 'ctrl+_', 'ctrl+_', 'alt+_']) {
		const next = editLines(line, pressOf(key));
		assert.ok(next !== undefined && typeof next !== 'string', key);
		line = next;
	}
	assert.equal(shown(line), 'one\n|');
});

test('a bounded number of steps is remembered, and of large ones the latest', () => {
	const steps = (line: Line): number => historyOf(line.text).past.length;
	let line = emptyLine;
	for (let step = 0; step < 500; step++) line = after(line, 'x', ' ');
	assert.ok(steps(line) <= 200);
	const large = 'k'.repeat(100_000);
	for (let step = 0; step < 10; step++) line = after(line, large, '<ctrl+u>');
	const graphemes = historyOf(line.text).past.reduce((sum, {removed, added}) => sum + removed.length + added.length, 0);
	assert.ok(graphemes <= 256 * 1024, `${graphemes}`);
	assert.equal(lineSize(after(line, '<ctrl+_>')), 100_000);
	assert.equal(steps(withText(lineOf(large.repeat(8)), '')), 1, 'one step, however large');
});

test('a lock seals the text, and nothing that was typed before it', () => {
	const filter = after(emptyLine, ...'secret', '<ctrl+u>', ...'public');
	const frozen = freeze({
		screen: {kind: 'list', filtering: true},
		undoable: [],
		redoable: [],
		filter,
		marks: new Set(),
		visits: new Map(),
	});
	assert.doesNotMatch(frozen.reveal(), /secret/);
	assert.deepEqual(stepsOf(thaw(frozen).filter), {undo: false, redo: false});
});
