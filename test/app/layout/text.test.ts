import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {fit, fitEnds, marksInEnds, width, wrap} from '../../../source/app/layout/text.js';

test('fit() fills its cells exactly, even with wide characters', () => {
	assert.equal(fit('abc', 5), 'abc  ');
	assert.equal(fit('abcdef', 5), 'abcd…');
	assert.equal(fit('漢字漢字', 5), '漢字…');
	assert.equal(fit('漢字漢字', 4), '漢… ');
	fc.assert(
		fc.property(fc.string({unit: 'grapheme-ascii', maxLength: 200}), fc.integer({min: 1, max: 60}), (text, cells) => {
			assert.equal(width(fit(text, cells)), cells);
		}),
	);
});

test('fitEnds() keeps both ends of a text that is too long, and tells where its marks are then', () => {
	assert.equal(fitEnds('aws-prod', 10), 'aws-prod  ');
	assert.equal(fitEnds('aws-infra-billing-prod-17', 12), 'aws-in…od-17');
	assert.deepEqual(
		marksInEnds('aws-infra-billing-prod-17', 12, new Set([0, 5, 6, 12, 23, 24])),
		new Set([0, 5, 10, 11]),
	);
	assert.deepEqual(marksInEnds('aws', 12, new Set([1])), new Set([1]));
	assert.equal(fitEnds('漢字漢字', 5), '漢字…');
	fc.assert(
		fc.property(fc.string({unit: 'grapheme-ascii', maxLength: 200}), fc.integer({min: 1, max: 60}), (text, cells) => {
			assert.equal(width(fitEnds(text, cells)), cells);
		}),
	);
});

test('wrap() loses nothing but spaces, and no row is too wide', () => {
	assert.deepEqual(wrap('one two three', 8), ['one two', 'three']);
	assert.deepEqual(wrap('abcdefgh', 3), ['abc', 'def', 'gh']);
	assert.deepEqual(wrap('', 3), ['']);
	fc.assert(
		fc.property(fc.string({unit: 'grapheme-ascii', maxLength: 300}), fc.integer({min: 2, max: 40}), (text, cells) => {
			const rows = wrap(text, cells);
			for (const row of rows) assert.ok(width(row) <= cells, JSON.stringify(row));
			assert.equal(rows.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
		}),
	);
});
