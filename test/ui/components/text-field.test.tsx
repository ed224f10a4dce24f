import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cutBefore, TextField, windowAround} from '../../../source/ui/components/text-field.js';
import {frameOf} from '../../helpers/frame.js';
import {lineOf} from '../../helpers/line.js';

type Options = {
	readonly at?: number;
	readonly width?: number;
	readonly masked?: boolean;
	readonly placeholder?: string;
	readonly ascii?: boolean;
};

const field = (text: string, {at, width = 12, masked = false, placeholder = '', ascii = false}: Options = {}): string =>
	frameOf(<TextField line={lineOf(text, at)} width={width} masked={masked} placeholder={placeholder} />, {
		columns: width,
		ascii,
	});

test('a field shows its text, or its placeholder when it is empty', () => {
	assert.equal(field('prod', {placeholder: 'a name'}), 'prod');
	assert.equal(field('', {placeholder: 'a name'}), 'a name');
	assert.equal(field(''), '');
});

test('a placeholder that does not fit is cut', () => {
	assert.equal(field('', {placeholder: 'an example of a name'}), 'an example …');
});

test('a masked field shows one sign for each grapheme', () => {
	assert.equal(field('wJalr', {masked: true}), '•••••');
	assert.equal(field('a👩‍👩‍👧é', {masked: true}), '•••');
	assert.equal(field('wJalr', {masked: true, ascii: true}), '*****');
});

test('a text that is too long shows its end after an ellipsis', () => {
	assert.equal(field('abcdefghijklmnop'), '…ghijklmnop');
	assert.equal(field('abcdefghijklmnop', {masked: true}), '•••••••••••');
	assert.equal(field('abcdefghijklmnop', {ascii: true}), '~ghijklmnop');
});

test('a text that is too long shows the part around the caret', () => {
	assert.equal(field('abcdefghijklmnop', {at: 0}), 'abcdefghijk');
	assert.equal(field('abcdefghijklmnop', {at: 12}), '…cdefghijkl');
});

test('wide characters never make a field too wide', () => {
	assert.equal(field('東京東京東京東京', {width: 8}), '… 東京');
	for (let width = 4; width < 20; width++) field('a東京b東京c🗼d東京', {width});
});

test('unsafe characters are escaped, and a line break has a sign', () => {
	assert.equal(field('a\u001b[2J', {width: 20}), 'a\\u001b[2J');
	assert.equal(field('a\nb'), 'a⏎b');
	assert.equal(field('a\nb', {ascii: true}), 'a\\nb');
});

test('windowAround() leaves room for the caret after the last cell', () => {
	const cells = [...'abcdef'];
	assert.deepEqual(windowAround(cells, 6, 4), {text: 'def', caret: 3, cut: true});
	assert.deepEqual(windowAround(cells, 0, 4), {text: 'abc', caret: 0, cut: false});
	assert.deepEqual(windowAround(cells, 6, 7), {text: 'abcdef', caret: 6, cut: false});
	assert.deepEqual(windowAround([], 0, 4), {text: '', caret: 0, cut: false});
});

test('the ellipsis on the left is as wide as the character that it replaces', () => {
	assert.equal(cutBefore('abc'), '…bc');
	assert.equal(cutBefore('東bc'), '… bc');
});
