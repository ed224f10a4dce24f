import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {panes} from '../../../source/app/layout/panes.js';

test('the list has the window below 100 columns', () => {
	assert.deepEqual(panes(99, {least: 50, useful: 60, most: 60}), {split: false, listWidth: 99, detailWidth: 99});
	assert.deepEqual(panes(100, {least: 90, useful: 90, most: 90}), {split: true, listWidth: 60, detailWidth: 40});
	assert.deepEqual(panes(100, {least: 60, useful: 90, most: 90}), {split: true, listWidth: 60, detailWidth: 40});
});

test('a list that needs more than 80 columns is still divided from 120 on', () => {
	assert.deepEqual(panes(120, {least: 90, useful: 130, most: 130}), {split: true, listWidth: 80, detailWidth: 40});
});

test('the list has what it wants while the detail keeps its rows, and the detail at most 80', () => {
	assert.deepEqual(panes(140, {least: 60, useful: 84, most: 84}), {split: true, listWidth: 84, detailWidth: 56});
	assert.deepEqual(panes(140, {least: 60, useful: 110, most: 110}), {split: true, listWidth: 88, detailWidth: 52});
	assert.deepEqual(panes(160, {least: 60, useful: 90, most: 140}), {split: true, listWidth: 94, detailWidth: 66});
	assert.deepEqual(panes(200, {least: 60, useful: 84, most: 84}), {split: true, listWidth: 120, detailWidth: 80});
});

test('what somebody asks for decides, as far as the window has the columns', () => {
	assert.deepEqual(panes(140, {least: 60, useful: 84, most: 84}, false), {
		split: false,
		listWidth: 140,
		detailWidth: 140,
	});
	assert.deepEqual(panes(100, {least: 90, useful: 110, most: 110}, true), {
		split: true,
		listWidth: 60,
		detailWidth: 40,
	});
	assert.deepEqual(panes(80, {least: 20, useful: 20, most: 20}, true).split, false);
});

test('the panes fill the window, and neither is narrower than 40', () => {
	fc.assert(
		fc.property(fc.integer({min: 100, max: 500}), fc.nat(200), fc.nat(200), (columns, least, more) => {
			const {split, listWidth, detailWidth} = panes(columns, {least, useful: least + more, most: least + 2 * more});
			if (!split) return;
			assert.equal(listWidth + detailWidth, columns);
			assert.ok(listWidth >= 40 && detailWidth >= 40 && detailWidth <= 80);
		}),
	);
});
