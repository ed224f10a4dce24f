import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {padded, paddedLength} from '../../../source/vault/format/padding.js';

test('everything small has the same length', () => {
	for (const length of [0, 1, 100, 4095, 4096]) assert.equal(paddedLength(length), 4096);
});

test('lengths are those of the Padmé paper', () => {
	// L, and the padded length that E = ⌊log2 L⌋, S = ⌊log2 E⌋ + 1 and rounding up to 2^(E-S) give, worked out by
	// hand.
	for (const [length, expected] of [
		[4097, 4352],
		[8192, 8192],
		[8193, 8704],
		[9000, 9216],
		[100_000, 100_352],
		[1_000_000, 1_015_808],
	] as const) {
		assert.equal(paddedLength(length), expected);
	}
});

test('a padded length is never shorter, at most 12% longer above the minimum, monotonic and idempotent', () => {
	fc.assert(
		fc.property(fc.integer({min: 4096, max: 2 ** 30}), fc.nat({max: 2 ** 20}), (length, more) => {
			const result = paddedLength(length);
			assert.ok(result >= length && result <= length * 1.12);
			assert.equal(paddedLength(result), result);
			assert.ok(paddedLength(length + more) >= result);
		}),
	);
});

test('a text is padded with spaces by bytes, not by characters', () => {
	const bytes = padded('ü'.repeat(4000));
	assert.equal(bytes.length, paddedLength(8000));
	assert.equal(bytes.toString('utf8').trimEnd(), 'ü'.repeat(4000));
});
