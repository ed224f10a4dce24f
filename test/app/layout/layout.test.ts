import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {layout, scrollTo} from '../../../source/app/layout/layout.js';

const table = [
	{columns: 40, rows: 12, tooSmall: false, bodyHeight: 9, paneHeight: 7},
	{
		columns: 60,
		rows: 20,
		tooSmall: false,
		bodyHeight: 17,
		paneHeight: 15,
	},
	{
		columns: 80,
		rows: 24,
		tooSmall: false,
		bodyHeight: 21,
		paneHeight: 19,
	},
	{
		columns: 120,
		rows: 40,
		tooSmall: false,
		bodyHeight: 37,
		paneHeight: 35,
	},
	{
		columns: 200,
		rows: 60,
		tooSmall: false,
		bodyHeight: 57,
		paneHeight: 55,
	},
	{columns: 39, rows: 30, tooSmall: true, bodyHeight: 27, paneHeight: 25},
];

for (const expected of table) {
	test(`layout() divides ${expected.columns}×${expected.rows}`, () => assert.deepEqual(layout(expected), expected));
}

test('scrollTo() keeps the selected row visible and leaves no empty rows below the last', () => {
	fc.assert(
		fc.property(
			fc.nat(200),
			fc.nat(300),
			fc.integer({min: 1, max: 60}),
			fc.integer({min: 1, max: 200}),
			(at, top, height, count) => {
				const selected = Math.min(at, count - 1);
				const first = scrollTo(selected, top, height, count);
				assert.ok(first >= 0 && first <= Math.max(0, count - height));
				assert.ok(selected >= first && selected < first + height);
			},
		),
	);
});

test('the list scrolls only when the selection leaves it', () => {
	assert.equal(scrollTo(5, 2, 10, 100), 2);
	assert.equal(scrollTo(12, 2, 10, 100), 4);
});
