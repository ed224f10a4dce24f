import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {graphemes, pressOf} from '../../../source/app/input/keys.js';
import {
	edit,
	holds,
	insert,
	type Line,
	lineOf,
	lineSize,
	lineText,
	pastedText,
} from '../../../source/app/input/line-editor.js';
import {pasteReport} from '../../../source/app/input/paste-report.js';
import {caretOf, editLines, rowAt, rowCount} from '../../../source/app/input/text-area.js';
import {cut, fit, width, wrap} from '../../../source/app/layout/text.js';
import {freeze, thaw} from '../../../source/app/session/frozen.js';
import {checkData} from '../../../source/credentials/check.js';
import {fieldLimit} from '../../../source/domain/field-limit.js';
import {Secret} from '../../../source/domain/secret.js';
import {providers} from '../../../source/providers/catalog.js';
import {completeData} from '../../../source/providers/data.js';
import {visible} from '../../../source/text/visible.js';
import {countSegmented, growth, mostGrowth} from '../../helpers/cost.js';

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** What tells how graphemes join: marks, joiners, flags, halves of characters, a line break of two. */
const joining = ['a', '\r', '\n', 'é', '\u0301', '👩', '\u200d', '🇩', '🇪', '\u0600', 'क', '्', 'ष', '\ud83d', 'ᄀ', 'ᅡ'];

test('graphemes() splits a text of any length as Intl.Segmenter splits it whole', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...joining), {maxLength: 2000, size: 'max'}), parts => {
			const text = parts.join('');
			assert.deepEqual(
				graphemes(text),
				Array.from(segmenter.segment(text), ({segment}) => segment),
			);
		}),
		{numRuns: 60},
	);
});

const texts: Readonly<Record<string, string>> = {
	'plain text': 'wJalrXUtnFEMI/K7MDENG bPxRfiCY=',
	'text of another alphabet': 'пароль от облака ',
	emoji: '👩‍👩‍👧🇩🇪',
	'line breaks': '\n',
	blanks: ' ',
	'a letter with an accent of its own': 'e\u0301',
};

/** As much of it as a field takes. */
function full(unit: string, bytes = fieldLimit): string {
	return unit.repeat(Math.floor(bytes / Buffer.byteLength(unit)));
}

for (const [name, unit] of Object.entries(texts)) {
	test(`a key in a full field of ${name} segments only the text near the caret`, () => {
		const line = lineOf(full(unit));
		assert.ok(lineSize(line) <= fieldLimit);
		for (const at of [line.text.length, line.text.length >> 1]) {
			const told = countSegmented();
			const typed = insert({text: line.text, at}, 'é');
			const after = edit(edit(typed, pressOf('left')) ?? typed, pressOf('backspace'));
			const {units} = told();
			assert.ok(units < 512, `${units} units segmented`);
			assert.equal(lineSize(typed), Buffer.byteLength(typed.text.join('')));
			assert.equal(lineSize(after ?? line), Buffer.byteLength((after ?? line).text.join('')));
		}
	});

	test(`a paste of ${name} is segmented once, in short pieces`, () => {
		const told = countSegmented();
		const text = full(unit);
		insert(lineOf('before'), text);
		const {units, longest} = told();
		assert.ok(units <= text.length * 1.5 + 100, `${units} units segmented of ${text.length}`);
		assert.ok(longest <= 512, `${longest} units at once`);
	});
}

test('text inserted at the end joins graphemes as in the whole text', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...joining)), fc.constantFrom(...joining), (parts, text) => {
			const line = lineOf(parts.join(''));
			assert.deepEqual(insert(line, text), lineOf(lineText(line) + text));
		}),
	);
});

const costs: Readonly<Record<string, (text: string) => unknown>> = {
	'its graphemes': text => lineOf(text),
	'what of a paste a field of one line takes': text => pastedText(text, false),
	'what of a paste a text takes': text => pastedText(text, true),
	'the report of a paste': text => pasteReport({multiline: true}, text),
	'its width': text => width(visible(text)),
	'its rows in a window': text => wrap(visible(text), 60),
	'a row of it': text => [fit(visible(text), 60), cut(visible(text), 60)],
	'the checks of every provider': text => {
		for (const provider of providers) {
			const keys = provider.open ? ['token'] : provider.fields.map(({key}) => key);
			const data = new Map(keys.map(key => [key, new Secret(text)]));
			checkData(provider, data);
			completeData(provider, data);
			for (const field of provider.fields) field.tells?.(text);
		}
	},
	'the draft that is sealed when the vault locks': text => {
		const filter = lineOf(text);
		const frozen = {
			screen: {kind: 'list', filtering: true},
			undoable: [],
			redoable: [],
			filter,
			marks: new Set<string>(),
			visits: new Map(),
		} as const;
		assert.deepEqual(thaw(freeze(frozen)).filter, filter);
	},
};

for (const [name, cost] of Object.entries(costs)) {
	test(`the time grows linearly with the length of the text: ${name}`, () => {
		for (const unit of [...Object.values(texts), 'x\n']) {
			const factor = growth(bytes => cost(`${full(unit, bytes)}x`), fieldLimit / 16);
			assert.ok(factor < mostGrowth, `${JSON.stringify(unit)}: ${factor.toFixed(0)} times`);
		}
	});
}

test('keys in a text of 1 MiB segment fewer than 512 units and keep its rows correct', () => {
	const line = lineOf(full('key: "wert"\n', 1024 * 1024));
	const middle: Line = {text: line.text, at: line.text.length >> 1};
	const told = countSegmented();
	let after = middle;
	for (const key of ['ü', 'up', 'end', 'enter', 'home', 'ctrl+k', 'backspace', 'pagedown']) {
		const next = editLines(after, pressOf(key));
		assert.ok(next !== undefined && typeof next !== 'string', key);
		after = next;
	}
	assert.ok(told().units < 512);
	assert.equal(rowAt(after, caretOf(after).row).join(''), 'key: "wert"');
	assert.equal(rowCount(after), lineText(after).split('\n').length);
	assert.ok(holds(after, lineText(after)) && !holds(after, lineText(middle)));
});
