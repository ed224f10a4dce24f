import assert from 'node:assert/strict';
import {test} from 'node:test';
import {outputWith} from '../../../source/ui/drawing/output.js';

/** Texts without styles, and which of them were taken apart, and which rows put together. */
function counted() {
	const apart: string[] = [];
	const together: string[] = [];
	const Output = outputWith({
		charactersOf(text) {
			apart.push(text);
			return [...text].map(value => ({value, fullWidth: false, styles: []}));
		},
		textOf(characters) {
			const text = characters.map(({value}) => value).join('');
			together.push(text);
			return text;
		},
		widthOf: text => text.length,
	});
	const draw = (...lines: readonly string[]): string => {
		const output = new Output({width: 12, height: lines.length});
		for (const [y, line] of lines.entries()) output.write(1, y, line, {transformers: []});
		return output.get().output;
	};
	return {apart, together, draw};
}

test('a row is drawn again only when something else is on it', () => {
	const {apart, together, draw} = counted();
	assert.equal(draw('one', 'two'), ' one\n two');
	apart.length = 0;
	together.length = 0;
	assert.equal(draw('one', 'three'), ' one\n three');
	assert.deepEqual(new Set(apart), new Set(['three']));
	assert.ok(together.every(text => text.trim() === 'three'));
});

test('a line that moves is not taken apart again', () => {
	const {apart, draw} = counted();
	draw('one', 'two', 'three');
	apart.length = 0;
	assert.equal(draw('two', 'three', 'four'), ' two\n three\n four');
	assert.deepEqual(new Set(apart), new Set(['four']));
});

test('nothing of a frame before the latest is remembered', () => {
	const {apart, draw} = counted();
	draw('a secret');
	draw('hidden');
	apart.length = 0;
	draw('a secret');
	assert.ok(apart.includes('a secret'));
});
