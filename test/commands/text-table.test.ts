import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {type Column, renderTable, tableText} from '../../source/commands/text-table.js';
import {assertLinear} from '../helpers/linear.js';

test('aligns columns by their width on a terminal', () => {
	assert.equal(
		renderTable(
			['A', 'B'],
			[
				['日本', 'x'],
				['e\u0301', ''],
				['👩‍👩‍👧', 'y'],
			],
			false,
		),
		'A     B\n日本  x\ne\u0301     -\n👩‍👩‍👧    y\n',
	);
});

test('a row is one line, and its columns start at the header, whatever the cells hold', () => {
	const cell = fc.string({unit: 'binary', maxLength: 12});
	fc.assert(
		fc.property(fc.array(fc.tuple(cell, cell), {minLength: 1, maxLength: 5}), rows => {
			const lines = renderTable(['FIRST', 'SECOND'], rows, false).split('\n');
			assert.equal(lines.length, rows.length + 2);
			assert.doesNotMatch(lines.join(''), /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/);
			const start = lines[0]?.indexOf('SECOND') ?? -1;
			// A cell may hold only marks that take up no column.
			for (const line of lines.slice(1, -1)) assert.ok(stringWidth(line) >= start, line);
		}),
		{numRuns: 100},
	);
});

test('only the header is bold, and only with colour', () => {
	assert.equal(renderTable(['A'], [['x']], true), '\u001b[1mA\u001b[22m\nx\n');
});

const page = {isTerminal: true, color: false, unicode: true, now: new Date(0)};

test('a table fits every width, whatever its cells hold; cells are cut before columns are left out', () => {
	const cell = fc.string({unit: 'binary', maxLength: 30});
	const column = fc.record({title: fc.string({unit: 'grapheme-ascii', minLength: 1, maxLength: 9}), rank: fc.nat(5)});
	fc.assert(
		fc.property(
			fc.array(column, {minLength: 1, maxLength: 5}),
			fc.array(fc.array(cell, {minLength: 5, maxLength: 5}), {minLength: 1, maxLength: 4}),
			fc.integer({min: 1, max: 120}),
			(columns, rows, width) => {
				const made = columns.map((each, at): Column<readonly string[]> => ({...each, cell: row => row[at] ?? ''}));
				const left: (readonly string[])[] = [];
				const text = tableText(made, rows, {...page, width, onLeftOut: titles => left.push(titles)});
				const lines = text.split('\n').slice(0, -1);
				assert.equal(lines.length, rows.length + 1);
				for (const line of lines) assert.ok(stringWidth(line) <= width, line);
				const titles = columns.reduce((sum, {title}) => sum + Math.max(1, title.length) + 2, -2);
				if (titles <= width) assert.deepEqual(left, [], 'there is room for every title');
			},
		),
		{numRuns: 300},
	);
});

test('a cell that would be cut says it in brief, where it can', () => {
	const columns: readonly Column<string>[] = [
		{title: 'NAME', cell: name => name, rank: 0, least: 4},
		{title: 'DAY', cell: () => '2026-12-11 (in 12d)', brief: () => '2026-12-11', rank: 1, least: 10},
	];
	const shown = (width: number) => tableText(columns, ['prod'], {...page, width, onLeftOut: () => {}}).split('\n')[1];
	assert.deepEqual([25, 24, 16].map(shown), ['prod  2026-12-11 (in 12d)', 'prod  2026-12-11', 'prod  2026-12-11']);
});

test('columns of a higher rank are cut first, to what they keep at least, and left out first', () => {
	const columns: readonly Column<readonly string[]>[] = [
		{title: 'NAME', cell: ([name = '']) => name, rank: 0, least: 6},
		{title: 'STATE', cell: ([, state = '']) => state, rank: 1, tone: () => 'bad'},
		{title: 'NOTE', cell: ([, , note = '']) => note, rank: 2},
	];
	const shown = (width: number) =>
		tableText(columns, [['a-long-name', 'expired', 'some words']], {...page, width, onLeftOut: () => {}}).split(
			'\n',
		)[1];
	assert.equal(shown(32), 'a-long-name  expired  some words');
	assert.equal(shown(31), 'a-long-name  expired  some wor…');
	assert.equal(shown(26), 'a-long-name  expired  som…');
	assert.equal(shown(24), 'a-long-name  expi…  som…');
	assert.equal(shown(19), 'a-lon…  expi…  som…');
	assert.equal(shown(18), 'a-long-name  expi…');
	assert.equal(shown(16), 'a-long-n…  expi…');
	assert.equal(shown(13), 'a-lon…  expi…');
	assert.equal(shown(12), 'a-long-name');
	assert.equal(shown(4), 'a-l…');
	const colored = tableText(columns, [['a', 'expired', '']], {...page, width: 80, color: true, onLeftOut: () => {}});
	assert.equal(colored.split('\n')[1], 'a     \u001b[31mexpired\u001b[39m  -');
});

test('a table of long cells that are spelled out takes linear time', () => {
	const table = (cell: string): string => renderTable(['FIRST', 'SECOND'], [[cell, 'x']], false);
	assertLinear('marks', table, length => `e${'\u0301'.repeat(length)}`, [64, 1024]);
});
