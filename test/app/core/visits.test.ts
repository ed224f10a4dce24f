import assert from 'node:assert/strict';
import {test} from 'node:test';
import {frecency, noVisits, type Visits, visited} from '../../../source/app/core/visits.js';

const now = Date.parse('2026-11-24T12:00:00Z');
const day = 86_400_000;

const order = (visits: Visits): readonly string[] =>
	[...visits].sort(([, a], [, b]) => frecency(b, now) - frecency(a, now)).map(([place]) => place);

test('what somebody goes to often comes before what they go to rarely', () => {
	const visits = ['a', 'b', 'b', 'c', 'b', 'c'].reduce((before, place) => visited(before, place, now), noVisits);
	assert.deepEqual(order(visits), ['b', 'c', 'a']);
});

test('a visit of today counts more than several of last month', () => {
	const old = [1, 2, 3].reduce(before => visited(before, 'old', now - 20 * day), noVisits);
	assert.deepEqual(order(visited(old, 'new', now)), ['new', 'old']);
});

test('the oldest visits are forgotten', () => {
	let visits = noVisits;
	for (let place = 0; place < 500; place++) visits = visited(visits, `${place}`, now + place);
	assert.equal(visits.size, 200);
	assert.ok(visits.has('499') && visits.has('300') && !visits.has('299'));
});
