import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {renderTable} from '../../source/commands/text-table.js';

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
