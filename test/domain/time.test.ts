import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	age,
	daysUntil,
	isTimestamp,
	parseDate,
	parseTimestamp,
	roughTime,
	shortAge,
	shortAgo,
	timestamp,
} from '../../source/domain/time.js';

test('a moment is written in UTC, to the second, and read back', () => {
	assert.equal(timestamp(new Date('2019-04-04T09:33:32.999Z')), '2019-04-04T09:33:32Z');
	const years = {min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true};
	fc.assert(
		fc.property(fc.date(years), moment => parseTimestamp(timestamp(moment)) === timestamp(moment)),
		{numRuns: 100},
	);
});

test('every form of RFC 3339 with a zone is understood', () => {
	for (const text of [
		'2019-04-04T09:33:32Z',
		'2019-04-04t09:33:32z',
		'2019-04-04 09:33:32Z',
		'2019-04-04T09:33:32.5Z',
		'2019-04-04T11:33:32+02:00',
		'2019-04-03T23:33:32.123456789-10:00',
		'2019-04-04T09:33:32-00:00',
	]) {
		assert.equal(parseTimestamp(text), '2019-04-04T09:33:32Z', text);
	}
	for (const text of [
		...[
			'',
			'2019-04-04',
			'2019-04-04T09:33:32',
			'2019-04-04T09:33Z',
			'1554370412',
			'Thu Apr 4 2019',
			' 2019-04-04T09:33:32Z',
		],
		...[
			'2019-02-30T00:00:00Z',
			'2019-13-01T00:00:00Z',
			'2019-04-04T25:00:00Z',
			'2019-04-04T24:00:00Z',
			'2019-04-04T09:60:00Z',
		],
		...['0000-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00', '2019-04-04T09:33:32+2:00', '2019-04-04T09:33:32Z\n'],
	]) {
		assert.equal(parseTimestamp(text), undefined, text);
	}
});

test('a date has to exist', () => {
	for (const text of ['2027-01-31', '2028-02-29', '0001-01-01']) assert.equal(parseDate(text), text);
	for (const text of [
		'2027-02-29',
		'2027-04-31',
		'2027-00-01',
		'2027-1-1',
		'27-01-01',
		'2027/01/01',
		'',
		'2027-01-31\n',
	]) {
		assert.equal(parseDate(text), undefined, text);
	}
});

test('an age is given in the largest whole unit', () => {
	const since = '2026-01-01T00:00:00Z';
	const after = (seconds: number): string => age(since, new Date(Date.parse(since) + seconds * 1000));
	const cases: readonly (readonly [seconds: number, words: string])[] = [
		[0, 'just now'],
		[-500, 'just now'],
		[59, 'just now'],
		[60, '1 minute'],
		[3599, '59 minutes'],
		[3600, '1 hour'],
		[86_399, '23 hours'],
		[86_400, '1 day'],
		[6 * 86_400, '6 days'],
		[21 * 86_400, '3 weeks'],
		[30 * 86_400, '1 month'],
		[364 * 86_400, '12 months'],
		[365 * 86_400, '1 year'],
		[800 * 86_400, '2 years'],
	];
	for (const [seconds, words] of cases) assert.equal(after(seconds), words);
});

test('a short age has the same unit in a letter or two', () => {
	const since = '2026-01-01T00:00:00Z';
	const cases: readonly (readonly [seconds: number, words: string])[] = [
		[59, 'now'],
		[1200, '20m'],
		[23 * 3600, '23h'],
		[6 * 86_400, '6d'],
		[29 * 86_400, '4w'],
		[364 * 86_400, '12mo'],
		[800 * 86_400, '2y'],
	];
	for (const [seconds, words] of cases) {
		const now = new Date(Date.parse(since) + seconds * 1000);
		assert.equal(shortAge(since, now), words);
		assert.equal(shortAgo(since, now), words === 'now' ? 'now' : `${words} ago`);
	}
});

test('a length of time is told roughly, in the largest unit that it fills', () => {
	const cases: readonly (readonly [seconds: number, words: string])[] = [
		[0, 'less than a second'],
		[1.4, 'about 1 second'],
		[59, 'about 59 seconds'],
		[89, 'about 1 minute'],
		[6700, 'about 2 hours'],
		[5 * 86_400, 'about 5 days'],
		[800 * 86_400, 'about 2 years'],
	];
	for (const [seconds, words] of cases) assert.equal(roughTime(seconds), words);
});

test('days until a date are counted in whole UTC days', () => {
	const now = new Date('2026-12-31T23:59:59Z');
	assert.equal(daysUntil('2026-12-31', now), 0);
	assert.equal(daysUntil('2027-01-01', now), 1);
	assert.equal(daysUntil('2027-12-31', now), 365);
	assert.equal(daysUntil('2026-12-01', now), -30);
});

test('isTimestamp() accepts exactly what timestamp() writes', () => {
	const digits = fc.integer({min: 0, max: 99}).map(value => String(value).padStart(2, '0'));
	const like = fc
		.tuple(
			fc.constantFrom('0000', '0400', '1900', '2000', '2023', '2024', '9999'),
			digits,
			digits,
			digits,
			digits,
			digits,
		)
		.map(([year, month, day, hour, minute, second]) => `${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
	const near = fc
		.tuple(
			fc.constantFrom('1900', '2000', '2023', '2024'),
			fc.integer({min: 1, max: 12}),
			fc.integer({min: 27, max: 32}),
		)
		.map(([year, month, day]) => `${year}-${String(month).padStart(2, '0')}-${day}T23:59:59Z`);
	fc.assert(
		fc.property(fc.oneof(like, near), text => {
			const moment = new Date(text);
			assert.equal(isTimestamp(text), !Number.isNaN(moment.getTime()) && timestamp(moment) === text, text);
		}),
		{numRuns: 2000},
	);
	for (const text of [
		'',
		'2024-01-01',
		'2024-01-01T00:00:00',
		'2024-01-01t00:00:00z',
		'2024-01-01T00:00:00.0Z',
		'+010000-01-01T00:00:00Z',
	])
		assert.equal(isTimestamp(text), false, text);
});
