import assert from 'node:assert/strict';
import {test} from 'node:test';
import {SixWords, wordRows} from '../../../../source/ui/screens/team/six-words.js';
import {frameOf} from '../../../helpers/frame.js';

const words = 'soccer someone hello endless blast cube';
const shown = (columns: number, number?: number): string =>
	frameOf(<SixWords number={number} words={words} width={columns} />, {columns, rows: 4});

test('three words stand in a row, the number before the first', () => {
	assert.match(shown(66, 1234), /^1234 {2}soccer {5}someone {4}hello *\n {6}endless {4}blast {6}cube/);
	assert.equal(wordRows(1234, 66), 2);
});

test('two stand in a row where three have no room', () => {
	assert.match(shown(36, 43), /^43 {2}soccer {5}someone *\n {4}hello {6}endless *\n {4}blast {6}cube/);
	assert.equal(wordRows(43, 36), 3);
});
