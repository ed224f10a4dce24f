import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dayOf, parseExpiry} from '../../source/credentials/expiry.js';
import {PharmerError} from '../../source/domain/errors.js';

const invalid = (pattern: RegExp) => (error: unknown) =>
	error instanceof PharmerError && error.code === 'invalid' && pattern.test(`${error.message}\n${error.hint ?? ''}`);

test('parses an expiry day', () => {
	assert.deepEqual(parseExpiry('2028-02-29'), {day: '2028-02-29'});
	for (const text of ['2027-02-29', '2027-1-31', '31.01.2027', 'tomorrow', '2027-01-31T00:00:00Z', '']) {
		assert.throws(() => parseExpiry(text), invalid(/is not a date\nwrite it as 2027-01-31/));
	}
});

test('an expiry is a day, or a number of days from now, or none', () => {
	const now = new Date('2026-11-24T23:30:00Z');
	const dayFor = (text: string) => dayOf(parseExpiry(text), now);
	assert.equal(dayFor('2027-01-31'), '2027-01-31');
	assert.equal(dayFor(' +90 '), '2027-02-22');
	assert.equal(dayFor('30d'), '2026-12-24');
	assert.equal(dayFor('+1 day'), '2026-11-25');
	assert.equal(dayFor('none'), undefined);
	for (const text of ['90', 'tomorrow', '2027-02-30', '+99999']) {
		assert.throws(() => parseExpiry(text), {code: 'invalid'}, text);
	}
});
