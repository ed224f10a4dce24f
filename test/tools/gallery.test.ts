import assert from 'node:assert/strict';
import {test} from 'node:test';
import {galleryArguments} from '../../tools/gallery-arguments.js';
import {scenes} from '../helpers/scenes.js';

test('the gallery shows all scenes unless some are named', () => {
	assert.deepEqual(galleryArguments([]), {print: false, color: false, size: undefined, mode: 'colour', scenes});
	const some = galleryArguments(['--print', '--size', '40x12', '--mode', 'ascii', 'first-run', 'gone']);
	assert.deepEqual(some.size, {columns: 40, rows: 12});
	assert.equal(some.mode, 'ASCII');
	assert.deepEqual(
		some.scenes.map(({id}) => id),
		['first-run', 'first-run-strength', 'first-run-mismatch', 'first-run-weak', 'gone'],
	);
});

test('the gallery refuses an unknown scene, size or mode', () => {
	assert.throws(() => galleryArguments(['nowhere']), /there is no scene nowhere/);
	assert.throws(() => galleryArguments(['--size', 'big']), /big is no size/);
	assert.throws(() => galleryArguments(['--mode', 'sepia']), /sepia is none of colour, NO_COLOR, ASCII/);
});
