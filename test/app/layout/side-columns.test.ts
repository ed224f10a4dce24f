import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sideColumns} from '../../../source/app/layout/side-columns.js';

const cells = (count: number): readonly string[] => ['x'.repeat(count)];

test('sides that fit are of one width, and the label is whole', () => {
	assert.deepEqual(sideColumns(cells(17), cells(20), cells(20), 76), {label: 17, left: 27, right: 28});
});

test('a side gets the room that the other does not need', () => {
	assert.deepEqual(sideColumns(cells(10), cells(8), cells(30), 56), {label: 10, left: 12, right: 30});
	assert.deepEqual(sideColumns(cells(10), cells(30), cells(8), 56), {label: 10, left: 30, right: 12});
	assert.deepEqual(sideColumns(cells(10), cells(8), cells(90), 56), {label: 10, left: 8, right: 34});
});

test('a label is cut before a side is, down to a quarter of the row, and sides that are both too wide share the rest', () => {
	assert.deepEqual(sideColumns(cells(17), cells(18), cells(19), 56), {label: 15, left: 18, right: 19});
	assert.deepEqual(sideColumns(cells(17), cells(40), cells(40), 56), {label: 14, left: 19, right: 19});
	assert.deepEqual(sideColumns(cells(17), cells(40), cells(40), 36), {label: 9, left: 11, right: 12});
});

test('the columns of a row with their gaps are never wider than the row', () => {
	for (let room = 16; room < 200; room += 7) {
		for (const [label, left, right] of [
			[3, 3, 3],
			[30, 5, 90],
			[17, 90, 5],
			[60, 60, 60],
		] as const) {
			const columns = sideColumns(cells(label), cells(left), cells(right), room);
			assert.ok(columns.label + columns.left + columns.right + 4 <= room, `${room}: ${JSON.stringify(columns)}`);
			assert.ok(columns.left > 0 && columns.right > 0);
		}
	}
});
