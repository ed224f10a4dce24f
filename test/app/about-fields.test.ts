import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {labelsText, parseExpiry, parseLabels} from '../../source/app/about-fields.js';

test('labels on a line read back, whatever their values hold', () => {
	const key = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,20}$/);
	const value = fc
		.string({maxLength: 30})
		.map(text => text.replace(/[\r\n]/g, '').trim())
		.filter(text => text.length <= 253);
	fc.assert(
		fc.property(fc.uniqueArray(fc.tuple(key, value), {selector: ([name]) => name}), labels => {
			assert.deepEqual([...parseLabels(labelsText(new Map(labels)))], labels);
		}),
		{numRuns: 2000},
	);
});

test('what is no label is refused', () => {
	for (const text of ['env', 'env=a, b', '=x', 'env=a, env=b', 'a b=c']) {
		assert.throws(() => parseLabels(text), {code: 'invalid'}, text);
	}
	assert.equal(parseLabels(' , ,').size, 0);
});

test('an expiry is a day, or so many days from now', () => {
	const now = new Date('2026-11-24T23:30:00Z');
	assert.equal(parseExpiry('2027-01-31', now), '2027-01-31');
	assert.equal(parseExpiry(' +90 ', now), '2027-02-22');
	assert.equal(parseExpiry('30d', now), '2026-12-24');
	assert.equal(parseExpiry('+1 day', now), '2026-11-25');
	for (const text of ['90', 'tomorrow', '2027-02-30', '+99999']) {
		assert.throws(() => parseExpiry(text, now), {code: 'invalid'}, text);
	}
});
