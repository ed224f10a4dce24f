import assert from 'node:assert/strict';
import {test} from 'node:test';
import {capitalized, enumerated, grouped, listed, plural} from '../../source/domain/words.js';

test('a count of five digits or more is grouped', () => {
	assert.deepEqual([0, 999, 1000, 9999, 10_000, 1_234_567].map(grouped), [
		'0',
		'999',
		'1000',
		'9999',
		'10,000',
		'1,234,567',
	]);
	assert.equal(plural(10_000, 'credential'), '10,000 credentials');
	assert.equal(plural(1, 'day'), '1 day');
});

test('words and names are listed in a sentence', () => {
	assert.deepEqual(
		[[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(each => enumerated(each)),
		['', 'a', 'a and b', 'a, b and c'],
	);
	assert.equal(listed(['a', 'b', 'c'], 'or'), '`a`, `b` or `c`');
});

test('a text begins a sentence', () => {
	assert.deepEqual(['', 'a b', 'Ä', 'über', '`x` is'].map(capitalized), ['', 'A b', 'Ä', 'Über', '`x` is']);
});
