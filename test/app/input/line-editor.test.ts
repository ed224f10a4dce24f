import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {KeyPress} from '../../../source/app/input/keys.js';
import {
	edit,
	emptyLine,
	insert,
	type Line,
	lineOf,
	lineText,
	pastedText,
} from '../../../source/app/input/line-editor.js';

const plain = {ctrl: false, alt: false, shift: false};

/** `'ab'` types; `'<left>'`, `'<ctrl+w>'`, `'<alt+b>'` are keys. */
function typed(...keys: readonly string[]): Line {
	let line: Line = emptyLine;
	for (const key of keys) {
		const match = /^<(?:(ctrl|alt)\+)?(.+)>$/.exec(key);
		if (match === null) line = insert(line, key);
		else {
			const [, modifier, name = ''] = match;
			const base = {...plain, ctrl: modifier === 'ctrl', alt: modifier === 'alt'};
			const press = (name.length === 1 ? {...base, text: name} : {...base, name}) as KeyPress;
			line = edit(line, press) ?? line;
		}
	}
	return line;
}

const cases: readonly (readonly [keys: readonly string[], text: string, at: number])[] = [
	[['abc', '<left>', '<left>', '<left>', '<left>', 'X'], 'Xabc', 1],
	[['abc', '<right>', '<right>', '<backspace>'], 'ab', 2],
	[['abc', '<home>', 'X'], 'Xabc', 1],
	[['abc', '<left>', '<left>', '<delete>'], 'ac', 1],
	[['a😀', '<backspace>'], 'a', 1],
	[['a👩‍👩‍👧', '<backspace>'], 'a', 1],
	[['one two', '<ctrl+w>'], 'one ', 4],
	[['one two', '<ctrl+a>', '<alt+d>'], ' two', 0],
	[['one two', '<alt+b>', '<ctrl+k>'], 'one ', 4],
	[['one two', '<ctrl+u>'], '', 0],
	[['one two', '<ctrl+a>', '<alt+f>', '!'], 'one! two', 4],
	[['abc', '<ctrl+a>', '<ctrl+e>', 'd'], 'abcd', 4],
	[['e', '\u0301'], 'e\u0301', 1],
];

for (const [keys, text, at] of cases) {
	test(`${keys.join(' ')} gives ${JSON.stringify(text)}`, () => {
		const line = typed(...keys);
		assert.equal(lineText(line), text);
		assert.equal(line.at, at);
	});
}

test('edit() returns undefined for keys that edit nothing', () => {
	assert.equal(edit(lineOf('a'), {...plain, name: 'enter'}), undefined);
	assert.equal(edit(lineOf('a'), {...plain, ctrl: true, text: 's'}), undefined);
});

test('inserted text reads back unchanged', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme'}), fc.string({unit: 'grapheme'}), (first, second) => {
			assert.equal(lineText(insert(lineOf(first), second)), first + second);
		}),
	);
});

test('a paste of several lines is kept in a multi-line field and refused in a one-line field', () => {
	assert.equal(pastedText('{\r "a": 1\r}\r', true), '{\n "a": 1\n}\n');
	assert.equal(pastedText('one\rtwo', false), undefined);
	assert.equal(pastedText('secret\r', false), 'secret');
	assert.equal(pastedText('a\u001b[31mb', false), 'a[31mb');
});
