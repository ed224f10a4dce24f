import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {fitColumns} from '../../source/text/fit-columns.js';

const columns = [
	{rank: 0, least: 6},
	{rank: 1, least: 3},
	{rank: 2, least: 4},
];

test('columns are cut by rank, then left out by rank, and the first one stays', () => {
	assert.deepEqual(fitColumns(columns, [10, 8, 8], 28, 1), [10, 8, 8]);
	assert.deepEqual(fitColumns(columns, [10, 8, 8], 25, 1), [10, 8, 5]);
	assert.deepEqual(fitColumns(columns, [10, 8, 8], 20, 1), [10, 4, 4]);
	assert.deepEqual(fitColumns(columns, [10, 8, 8], 15, 1), [6, 3, 4]);
	assert.deepEqual(fitColumns(columns, [10, 8, 8], 14, 1), [10, 3, 0]);
	assert.deepEqual(fitColumns(columns, [10, 8, 8], 9, 1), [9, 0, 0]);
	assert.deepEqual(fitColumns(columns, [10, 8, 8], 2, 1), [2, 0, 0]);
});

test('what is shown fits whatever the room is', () => {
	const column = fc.record({
		rank: fc.nat(9),
		least: fc.integer({min: 1, max: 30}),
		whole: fc.integer({min: 1, max: 60}),
	});
	fc.assert(
		fc.property(fc.array(column, {minLength: 1, maxLength: 8}), fc.integer({min: 1, max: 200}), (given, room) => {
			const widths = fitColumns(
				given,
				given.map(({whole}) => whole),
				room,
				2,
			);
			const shown = widths.filter(width => width > 0);
			assert.ok(shown.length > 0);
			assert.ok(shown.reduce((sum, width) => sum + width, 2 * (shown.length - 1)) <= room);
		}),
	);
});
