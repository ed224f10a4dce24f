import assert from 'node:assert/strict';
import {test} from 'node:test';
import {noMatchHint} from '../../source/credentials/no-match.js';
import {findCredentials} from '../../source/credentials/query.js';
import {storedCredential} from '../helpers/credentials.js';

const now = new Date('2026-11-24T12:00:00Z');
const credentials = [
	storedCredential('staging', {labels: new Map([['Team', 'web']])}),
	storedCredential('cluster', {
		provider: 'gce',
		labels: new Map([
			['env', 'prod'],
			['Team', 'infra'],
		]),
	}),
];
const hint = (query: string) => {
	assert.deepEqual(findCredentials(credentials, query, now), [], query);
	return noMatchHint(credentials, query, now);
};

test('a filter that finds nothing says what there is', () => {
	assert.equal(hint('tag:x'), 'No label is called x; there are Team, env.');
	assert.equal(hint('stagnig tag:x'), 'No label is called x; there are Team, env.');
	assert.equal(hint('tag:team=dns'), 'No label team is dns; there are infra, web.');
	assert.equal(hint('team:dns'), 'No label team is dns; there are infra, web.');
	assert.equal(hint('tag:env,x'), 'No label is called x; there are Team, env.');
	assert.equal(hint('tag:!team'), 'All of them have the label team.');
	assert.equal(hint('provider:azure'), 'None is for azure; there are aws, gce.');
	assert.equal(hint('cloud:aws'), '`cloud:` is not a filter; there are tag:, provider:, expires: and is:.');
	assert.equal(hint('-tag:team'), '`tag:team` is in all of them, and `-` leaves them out.');
	const bare = [storedCredential('x')];
	assert.equal(noMatchHint(bare, 'tag:x', now), 'No credential has a label.');
	const many = [storedCredential('x', {labels: new Map([...'abcdefghij'].map(key => [key, '']))})];
	assert.match(noMatchHint(many, 'tag:x', now) ?? '', /there are a, b, c, d, e, f, g, h and 2 more\.$/);
});

test('words that are looked for name the closest credential; filters are no part of it', () => {
	assert.equal(hint('stagnig'), 'The closest is staging.');
	assert.equal(hint('stagnig provider:aws'), 'The closest is staging.');
	assert.equal(hint('tag:web tag:env'), undefined, 'each finds one, together they find none');
	assert.equal(hint('expires:<30d'), undefined);
});
