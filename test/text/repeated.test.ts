import assert from 'node:assert/strict';
import {test} from 'node:test';
import {likelyRepeated} from '../../source/text/repeated.js';

test('of many texts, all that are there more than once are found, and few others', () => {
	const texts = Array.from({length: 9000}, (_, at) => `text-${at}`);
	const long = 'x'.repeat(1000);
	const all = [...texts, 'text-17', '', `${long}a`, '', `${long}b`, 'text-17', `${long}a`];
	const found = likelyRepeated(all);
	for (const place of [17, 9000, 9001, 9002, 9003, 9005, 9006]) assert.ok(found.includes(place), String(place));
	assert.deepEqual(
		found,
		found.toSorted((one, other) => one - other),
	);
	assert.ok(found.length < 700, String(found.length));
});

test('of no texts and of one, none is found', () => {
	assert.deepEqual([likelyRepeated([]), likelyRepeated(['one'])], [[], []]);
});
