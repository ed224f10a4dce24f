import assert from 'node:assert/strict';
import {test} from 'node:test';
import {TextArea} from '../../../source/ui/components/text-area.js';
import {frameOf} from '../../helpers/frame.js';
import {lineOf} from '../../helpers/line.js';

const area = (text: string, at: number | undefined, width: number, height: number): string =>
	frameOf(<TextArea line={lineOf(text, at)} width={width} height={height} />, {columns: width, rows: height});

test('a text of several lines is shown line by line', () => {
	assert.equal(area('one\ntwo\n\nfour', undefined, 20, 6), 'one\ntwo\n\nfour');
});

test('the lines around the caret are shown when not all fit', () => {
	const text = Array.from({length: 20}, (_, row) => `row ${row}`).join('\n');
	assert.equal(area(text, 0, 20, 3), 'row 0\nrow 1\nrow 2');
	assert.equal(area(text, undefined, 20, 3), 'row 17\nrow 18\nrow 19');
});

test('a line that is too long goes on in the next row, behind a blank where there is one', () => {
	assert.equal(area('abcdefghijklmnop\nshort', 0, 10, 3), 'abcdefghi\njklmnop\nshort');
	assert.equal(area('one two three', 0, 10, 3), 'one two\nthree');
});

test('a text in tones has them up to their ends, also where a line is broken', () => {
	const tonesTo = () => [[{tone: 'key' as const, end: 4}]];
	const lines = frameOf(<TextArea line={lineOf('key: wert, more')} width={11} height={3} tonesTo={tonesTo} />, {
		columns: 11,
		rows: 3,
	});
	assert.equal(lines, 'key: wert,\nmore');
});

test('wide characters never make a line wider than the text area', () => {
	for (let width = 4; width < 16; width++) area('a東京b東京c🗼d東京\n東京', undefined, width, 3);
	for (let at = 0; at < 11; at++) area('a東京b東京c🗼d東京', at, 7, 1);
});

test('unsafe characters are escaped', () => {
	assert.equal(area('a\u001b[2J\nb', 0, 20, 3), 'a\\u001b[2J\nb');
});
