import assert from 'node:assert/strict';
import {test} from 'node:test';
import {repeated} from '../../source/text/repeated.js';

test('of many texts, those are found that are there more than once', () => {
	const texts = Array.from({length: 9000}, (_, at) => `text-${at}`);
	const long = 'x'.repeat(1000);
	const all = [...texts, 'text-17', '', `${long}a`, '', `${long}b`, 'text-17', `${long}a`];
	assert.deepEqual(repeated(all), [17, 9000, 9001, 9002, 9003, 9005, 9006]);
});

test('texts that are alike where a print looks are told apart', () => {
	const alike = Array.from({length: 500}, (_, at) => `${'x'.repeat(50)}${at}${'x'.repeat(5000)}`);
	assert.deepEqual(repeated(alike), []);
	assert.deepEqual(repeated([...alike, alike[3] ?? '']), [3, 500]);
});

test('of no texts and of one, none is found', () => {
	assert.deepEqual([repeated([]), repeated(['one'])], [[], []]);
});
