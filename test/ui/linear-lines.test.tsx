import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Linear} from '../../source/ui/linear.js';
import {linesOf} from '../helpers/frame.js';

const transcript = (...lines: readonly string[]) => ({
	getLines: () => lines,
	subscribe: () => () => {},
	repeat: () => {},
});

const prompt = (label: string, text: string, shown: readonly string[] = [], caret = text.length) => ({
	label,
	cells: [...text],
	caret,
	shown,
});

type Prompt = ReturnType<typeof prompt> | undefined;

const linear = (said: readonly string[], asked: Prompt, {columns = 40, rows = 12, ascii = false} = {}): string =>
	linesOf(<Linear transcript={transcript(...said)} prompt={asked} columns={columns} rows={rows} />, {
		columns,
		rows: 40,
		ascii,
	}).join('\n');

test('spoken lines stand one after the other, and the prompt below them', () => {
	assert.equal(linear(['one', 'two'], prompt('filter', 'prod')), 'one\ntwo\nfilter: prod');
});

test('there is no prompt after the app has ended', () => {
	assert.equal(linear(['bye'], undefined).trimEnd(), 'bye');
});

test('a prompt that is too long keeps its label and shows the text around the caret', () => {
	assert.equal(
		linear([], prompt('passphrase', 'abcdefghijklmnopqrstuvwxyz'), {columns: 30}).trimStart(),
		'passphrase: klmnopqrstuvwxyz',
	);
	const start = prompt('passphrase', 'abcdefghijklmnopqrstuvwxyz', [], 0);
	assert.equal(linear([], start, {columns: 30}).trimStart(), 'passphrase: abcdefghijklmnop');
});

test('a label that is too long keeps its first words', () => {
	assert.equal(
		linear([], prompt('a label that is longer than the row', 'x'), {columns: 30}).trimStart(),
		'a label that is: x',
	);
});

test('shown secrets replace the prompt, wrapped into rows', () => {
	const secret = prompt('prod', '', ['secret: wJalrXUtnFEMI/K7MDENG', '', 'other: x']);
	assert.equal(
		linear(['prod'], secret, {columns: 21}).split('\n').slice(1).join('\n'),
		'secret:\nwJalrXUtnFEMI/K7MDEN\nG\n\nother: x',
	);
});

test('shown secrets fill at most half of the window, and the key that copies the rest is named', () => {
	const secret = prompt('prod', '', ['one', 'two', 'three', 'four', 'five', 'six']);
	assert.equal(
		linear([], secret, {rows: 10}).trimStart(),
		'one\ntwo\nthree\nfour\nthe rest has no room here: y copies it',
	);
});

test('lines are drawn in ASCII on an ASCII terminal', () => {
	assert.equal(linear(['“a” …'], prompt('filter', '…'), {ascii: true}), '"a" ~\nfilter: ~');
});
