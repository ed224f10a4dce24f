import assert from 'node:assert/strict';
import {test} from 'node:test';
import {TextArea} from '../../../source/ui/components/text-area.js';
import {frameOf} from '../../helpers/frame.js';
import {lineOf} from '../../helpers/line.js';

const area = (text: string, at: number | undefined, width: number, height: number): string =>
	frameOf(<TextArea line={lineOf(text, at)} width={width} height={height} />, {columns: width, rows: height});

test('a text of several lines is shown in lines', () => {
	assert.equal(area('one\ntwo\n\nfour', undefined, 20, 6), 'one\ntwo\n\nfour');
});

test('of more lines than fit those around the caret are shown', () => {
	const text = Array.from({length: 20}, (_, row) => `row ${row}`).join('\n');
	assert.equal(area(text, 0, 20, 3), 'row 0\nrow 1\nrow 2');
	assert.equal(area(text, undefined, 20, 3), 'row 17\nrow 18\nrow 19');
});

test('all lines go aside with the caret, each with a sign that there is more before it', () => {
	assert.equal(area('abcdefghijklmnop\nabc\nabcdefghijklmn', 16, 10, 3), '…ijklmnop\n\n…ijklmn');
});

test('a line that is too long to the right is cut', () => {
	assert.equal(area('abcdefghijklmnop\nshort', 0, 10, 3), 'abcdefghi…\nshort');
});

test('wide characters never make a line wider than the text', () => {
	for (let width = 4; width < 16; width++) area('a東京b東京c🗼d東京\n東京', undefined, width, 3);
	for (let at = 0; at < 11; at++) area('a東京b東京c🗼d東京', at, 7, 1);
});

test('what a terminal would obey is spelled out', () => {
	assert.equal(area('a\u001b[2J\nb', 0, 20, 3), 'a\\u001b[2J\nb');
});
