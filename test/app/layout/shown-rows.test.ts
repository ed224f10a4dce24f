import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {pressOf} from '../../../source/app/input/keys.js';
import {type Line, lineOf} from '../../../source/app/input/line-editor.js';
import {editShown, shownCount, shownRows} from '../../../source/app/layout/shown-rows.js';
import {cellOf} from '../../../source/app/layout/text.js';
import {fieldLimit} from '../../../source/domain/field-limit.js';
import {growth, mostGrowth} from '../../helpers/cost.js';

/** The rows of a text in that many cells. */
function rows(text: string, width: number): readonly string[] {
	const line = lineOf(text);
	return shownRows(line, width, 1000).rows.map(({start, end}) => line.text.slice(start, end).join(''));
}

/** The text with a bar where the caret stands, after those keys. */
function after(line: Line, width: number, ...keys: readonly string[]): string {
	let now = line;
	for (const key of keys) {
		const next = editShown(now, pressOf(key), width);
		if (next === 'above' || next === 'below') return next;
		now = next ?? now;
	}
	return `${now.text.slice(0, now.at).join('')}|${now.text.slice(now.at).join('')}`;
}

test('a long line is broken behind a blank, and in a long word where the row is full', () => {
	assert.deepEqual(rows('one two three four', 10), ['one two ', 'three ', 'four']);
	assert.deepEqual(rows('k: abcdefghijklmnop', 10), ['k: abcdef', 'ghijklmno', 'p']);
	assert.deepEqual(rows('123456789 x', 10), ['123456789 ', 'x']);
	assert.deepEqual(rows('東京東京東京', 10), ['東京東京', '東京']);
	assert.deepEqual(rows('a\n\nb', 10), ['a', '', 'b']);
});

test('the rest of a line begins as far in as the line does, up to half of the window', () => {
	const {rows} = shownRows(lineOf('  one two three'), 12, 9);
	assert.deepEqual(
		rows.map(({start, indent}) => [start, indent]),
		[
			[0, 0],
			[10, 2],
		],
	);
	assert.equal(shownRows(lineOf(`${' '.repeat(9)}one two three`), 16, 9).rows.at(-1)?.indent, 8);
	assert.equal(after(lineOf('  one two three'), 12, 'up'), '  one t|wo three');
});

test('the caret never leaves the window, also behind a blank that ends a full row', () => {
	assert.deepEqual(shownRows(lineOf('123456789 '), 10, 3).caret, {row: 0, column: 9});
	assert.deepEqual(shownRows(lineOf('123456789 x'), 10, 3).caret, {row: 1, column: 1});
});

test('an escaped character that does not fit behind the rest of a row has a row of its own', () => {
	const rows = shownRows(lineOf('東a 東a\u001b'), 8, 9).rows.map(({start, end}) => [start, end]);
	assert.deepEqual(rows, [
		[0, 3],
		[3, 5],
		[5, 6],
	]);
});

test('up and down move by rows, and keep to the column that they began in', () => {
	const line = lineOf('one two three\nx\nfour five six');
	assert.equal(after(line, 10, 'up'), 'one two three\nx\nfou|r five six');
	assert.equal(after(line, 10, 'up', 'up', 'up'), 'one two thr|ee\nx\nfour five six');
	assert.equal(after(line, 10, 'up', 'up', 'up', 'down', 'down'), 'one two three\nx\nfou|r five six');
	assert.equal(after(line, 10, 'up', 'left', 'down'), 'one two three\nx\nfour five si|x');
	assert.equal(after({...line, at: 3}, 10, 'up'), 'above');
	assert.equal(after({...line, at: 3}, 10, 'down'), 'one two thr|ee\nx\nfour five six');
	assert.equal(after(line, 10, 'down'), 'below');
	assert.equal(after(line, 10, 'pageup'), 'one| two three\nx\nfour five six');
	assert.equal(after(lineOf('東京東京東京x'), 10, 'up'), '東京|東京東京x');
});

const letters = fc.constantFrom('a', 'b', ' ', ' ', '\n', '東', 'e\u0301', '👩‍👩‍👧', '\u001b');

test('rows have all of the text, are no wider than the window, and show the caret', () => {
	fc.assert(
		fc.property(fc.array(letters, {maxLength: 80}), fc.integer({min: 8, max: 20}), fc.nat(), (parts, width, place) => {
			const {text} = lineOf(parts.join(''));
			const line = {text, at: place % (text.length + 1)};
			const {rows} = shownRows(line, width, 1000);
			const cells = (from: number, to: number): number =>
				text.slice(from, to).reduce((sum, grapheme) => sum + cellOf(grapheme).width, 0);
			for (const [index, {start, end, indent, broken}] of rows.entries()) {
				assert.ok(indent + cells(start, end) <= width);
				assert.equal(start, index === 0 ? 0 : (rows[index - 1]?.end ?? 0) + (rows[index - 1]?.broken ? 0 : 1));
				assert.equal(text[end], broken ? text[end] : end === text.length ? undefined : '\n');
			}
			assert.equal(rows.at(-1)?.end, text.length);
			assert.equal(shownCount(line, width, 1000), rows.length);
			const small = shownRows(line, width, 3);
			const row = small.rows[small.caret.row];
			assert.ok(row !== undefined && row.start <= line.at && line.at <= row.end && small.rows.length <= 3);
			assert.equal(small.caret.column, Math.min(row.indent + cells(row.start, line.at), width - 1));
		}),
	);
});

test('down from the first row reaches every row, and up leads back', () => {
	fc.assert(
		fc.property(fc.array(letters, {maxLength: 60}), fc.integer({min: 8, max: 20}), (parts, width) => {
			let line: Line = {text: lineOf(parts.join('')).text, at: 0};
			const count = shownCount(line, width, 1000);
			for (const [key, end] of [
				['down', 'below'],
				['up', 'above'],
			] as const) {
				for (let row = 1; row < count; row++) {
					const next = editShown(line, pressOf(key), width);
					assert.ok(next !== undefined && typeof next !== 'string', `${key} ${row} of ${count}`);
					line = next;
				}
				assert.equal(editShown(line, pressOf(key), width), end);
			}
			assert.equal(line.at, 0);
		}),
	);
});

for (const unit of ['x', 'word ', '東京', 'line\n']) {
	test(`the time of a key grows linearly with a text of ${JSON.stringify(unit)}`, () => {
		const factor = growth(bytes => {
			const line = lineOf(unit.repeat(Math.floor(bytes / Buffer.byteLength(unit))));
			for (const key of ['up', 'pageup', 'down']) editShown(line, pressOf(key), 60);
			shownRows(line, 60, 40);
			shownCount(line, 60, 40);
		}, fieldLimit / 16);
		assert.ok(factor < mostGrowth, `${factor.toFixed(0)} times`);
	});
}
