import assert from 'node:assert/strict';
import {test} from 'node:test';
import {outputWith} from '../../../source/ui/drawing/output.js';

/** A letter whose cells terminals disagree about. */
const odd = 'ß';

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
	assert.equal(draw(`one${odd}`, `two${odd}`), ` one${odd}\n two${odd}`);
	apart.length = 0;
	together.length = 0;
	assert.equal(draw(`one${odd}`, `three${odd}`), ` one${odd}\n three${odd}`);
	assert.deepEqual(new Set(apart), new Set([`three${odd}`]));
	assert.ok(together.every(text => text.trim() === `three${odd}`));
});

test('a line that moves is not taken apart again', () => {
	const {apart, draw} = counted();
	draw(`one${odd}`, `two${odd}`, `three${odd}`);
	apart.length = 0;
	assert.equal(draw(`two${odd}`, `three${odd}`, `four${odd}`), ` two${odd}\n three${odd}\n four${odd}`);
	assert.deepEqual(new Set(apart), new Set([`four${odd}`]));
});

test('nothing of a frame before the latest is remembered', () => {
	const {apart, draw} = counted();
	draw(`a secret${odd}`);
	draw(`hidden${odd}`);
	apart.length = 0;
	draw(`a secret${odd}`);
	assert.ok(apart.includes(`a secret${odd}`));
});

test('letters, borders and styles that end are put side by side without being taken apart', () => {
	const {apart, together, draw} = counted();
	const styled = '\u001b[1m│ ❯ \u001b[36mone\u001b[39m\u001b[22m';
	assert.equal(draw(styled, 'two'), ` ${styled}\n two`);
	assert.deepEqual([apart, together], [[], []]);
	const open = '\u001b[1mone';
	draw(open);
	assert.deepEqual(new Set(apart), new Set([open]));
});
