import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Reply} from '../../helpers/fake-cloud.js';
import {paths} from '../../helpers/paths.js';

const token = 'VULTRKEYVULTRKEYVULTRKEYVULTRKEY0123';
const account = {name: 'My Firm', email: 'me@example.com', acls: ['manage_users', 'subscriptions'], balance: -100.5};
const refused = (status: number, error: string): Reply => ({status, body: {error, status}});
const host = (reply: Reply) => ({
	'api.vultr.com': paths({authorization: `Bearer ${token}`}, {'/v2/account': reply}),
});

test('a key of Vultr that works says whose it is and what it may do', async context => {
	const {said, received} = await askOne(context, credentialOf('vultr', {token}), host({status: 200, body: {account}}));
	assert.deepEqual(
		[said.is, said.who, received.length],
		['valid', {account: 'My Firm', user: 'me@example.com', scopes: account.acls}, 1],
	);
});

test('what Vultr answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[refused(401, 'Invalid API token.'), 'invalid'],
		[refused(401, 'Unauthorized IP address: 203.0.113.9'), 'limited'],
		[refused(403, 'Unauthorized IP address: 203.0.113.9'), 'limited'],
		[refused(401, 'Something new'), 'unknown'],
		[refused(429, 'Rate limit reached'), 'unreachable'],
		[{status: 403, body: 'Your IP (203.0.113.9) is not authorized to use this API key'}, 'unreachable'],
		[{status: 200, body: {account: {name: 'My Firm'}}}, 'unreachable'],
		[{status: 503, body: '<html>Maintenance</html>'}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('vultr', {token}), host(reply));
		assert.equal(said.is, is, JSON.stringify(reply));
		assert.ok(!said.why.includes('203.0.113.9'));
	}
});

test('no damaged answer of Vultr is taken for a verdict', () =>
	assertDistrusts({
		provider: 'vultr',
		data: {token},
		answer: () => ({status: 200, body: JSON.stringify({account})}),
		proves: body => /"email":"?[^",]/.test(body),
		refusals: [{status: 401, body: '{"error":"Invalid API token.","status":401}', reason: '"Invalid API token."'}],
		listed: [200, 401, 403],
	}));
