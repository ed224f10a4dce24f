import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {cut, width} from '../../source/app/layout/text.js';
import {escapeInQuotes, isUnsafe, visible, visibleLines} from '../../source/text/visible.js';
import {assertLinear} from '../helpers/linear.js';

const anything = fc.oneof(
	fc.string({unit: 'binary'}),
	fc.string({unit: 'grapheme'}),
	fc.array(fc.integer({min: 0, max: 0xffff})).map(codes => String.fromCharCode(...codes)),
	fc.string({
		unit: fc.constantFrom(
			'\u001b',
			'[',
			'31m',
			'\u009b',
			'\u202e',
			'\u200d',
			'\ufe0f',
			'\u20e3',
			'1',
			'👩',
			'\u{e0067}',
			'\u{e007f}',
			'🏴',
			'\u0301',
			'🏽',
			'\\',
			'\n',
		),
	}),
);
const dangerous = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;

test('characters that a terminal obeys, hides or reorders are escaped', () => {
	const cases: readonly (readonly [text: string, shown: string])[] = [
		['plain text, ünïcödé, 日本語, עברית', 'plain text, ünïcödé, 日本語, עברית'],
		['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
		['\u001b]52;c;ZWNobw==\u0007', '\\u001b]52;c;ZWNobw==\\u0007'],
		['\u009b31m', '\\u009b31m'],
		['a\r\nb\tc', 'a\\r\\nb\\tc'],
		['user\u202etxt.exe', 'user\\u202etxt.exe'],
		['a\u200bb\u200dc\ufeffd\u00ade', 'a\\u200bb\\u200dc\\ufeffd\\u00ade'],
		['a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'],
		['\u{e0041}', '\\udb40\\udc41'],
		['\ud800', '\\ud800'],
		['\u3164\u115f', '\\u3164\\u115f'],
		['a\ufff9b\ufffb', 'a\\ufff9b\\ufffb'],
		['\u0000\u007f', '\\u0000\\u007f'],
	];
	for (const [text, shown] of cases) {
		assert.equal(visible(text), shown);
		assert.equal(isUnsafe(text), text !== shown);
	}
});

test('whole emoji are kept, their joiners on their own are escaped', () => {
	for (const text of ['👩‍👩‍👧', '❤️', '🇪🇺', '1️⃣', '👍🏽', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}']) {
		assert.equal(visible(text), text);
		assert.equal(isUnsafe(`a${text}b`), false);
	}
	assert.equal(visible('👩\u200d'), '👩\\u200d');
	assert.equal(visible('a\ufe0f'), 'a\\ufe0f');
});

test('marks after the fourth in a row are escaped, so that a text takes cells as it gets longer', () => {
	const acute = '\u0301';
	assert.equal(visible(`e${acute.repeat(4)}x`), `e${acute.repeat(4)}x`);
	assert.equal(visible(`e${acute.repeat(6)}x`), `e${acute.repeat(4)}\\u0301\\u0301x`);
	for (const text of ['tiếng Việt', 'שָׁלוֹם', 'पार्त्स्न्य', 'ཧཱུྃ', 'น้ำ', 'กำ', '한글', '1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣', '👍🏽👍🏽👍🏽']) {
		assert.equal(visible(text), text);
	}
	for (const mark of [acute, '\u0e33', '\u20dd', '🏽', '\u093e', '\u{1d165}']) {
		const shown = visible(`a${mark.repeat(20_000)}`);
		assert.ok(width(shown) > 100_000, JSON.stringify(mark));
		assert.equal(width(cut(shown, 20)), 20);
		assert.ok(cut(shown, 20).length < 100);
	}
	assert.deepEqual(JSON.parse(escapeInQuotes(JSON.stringify(acute.repeat(9)))), acute.repeat(9));
	assertLinear('marks', visible, length => acute.repeat(length));
});

test('no dangerous character is left in any text, and a second pass changes nothing', () => {
	fc.assert(
		fc.property(anything, text => {
			const shown = visible(text);
			assert.doesNotMatch(shown.replaceAll(/\p{RGI_Emoji}/gv, ''), dangerous);
			assert.equal(visible(shown), shown);
			assert.equal(isUnsafe(shown), false);
			assert.ok(isUnsafe(text) || shown === text);
		}),
		{numRuns: 300},
	);
});

test('lines are split at every kind of line break', () => {
	assert.deepEqual(visibleLines('a\nb\r\nc\rd\u001b'), ['a', 'b', 'c', 'd\\u001b']);
	assert.deepEqual(visibleLines(''), ['']);
});

test('JSON with its unsafe characters escaped reads back the same', () => {
	fc.assert(
		fc.property(fc.array(anything), texts => {
			const json = escapeInQuotes(JSON.stringify(texts, undefined, 2));
			assert.deepEqual(JSON.parse(json), texts);
			assert.doesNotMatch(json.replaceAll(/\p{RGI_Emoji}/gv, '').replaceAll('\n', ''), dangerous);
		}),
		{numRuns: 200},
	);
});
