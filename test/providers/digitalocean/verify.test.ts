import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Reply} from '../../helpers/fake-cloud.js';
import {paths} from '../../helpers/paths.js';

const token = `dop_v1_${'0123456789abcdef'.repeat(4)}`;
const headers = {authorization: `Bearer ${token}`};
const account = {uuid: 'u-1', email: 'me@example.com', name: 'Me', status: 'active', team: {name: 'My Team'}};
const info = {
	resource_owner_id: 4711,
	scopes: ['droplet:read', 'account:read'],
	expires_in_seconds: 86_400,
	created_at: 1_790_000_000,
	application: {uid: 'x'},
};
const ofAccount = (more: object = {}): Reply => ({status: 200, body: {account: {...account, ...more}}});
const refused = (status: number, id: string): Reply => ({status, body: {id, message: 'No.'}});
const now = (): number => Date.parse('2026-11-29T12:00:00Z');

const hosts = (one: Reply, two: Reply = {status: 200, body: info}) => ({
	'api.digitalocean.com': paths(headers, {'/v2/account': one}),
	'cloud.digitalocean.com': paths(headers, {'/v1/oauth/token/info': two}),
});

test('a token of DigitalOcean that works says whose it is, what it may do and when it ends', async context => {
	const {said} = await askOne(context, credentialOf('digitalocean', {token}), hosts(ofAccount()), {now});
	assert.deepEqual(
		[said.is, said.who, said.expires],
		['valid', {user: 'me@example.com', scopes: info.scopes, account: 'My Team'}, '2026-11-30T12:00:00Z'],
	);
	assert.equal(said.host, 'api.digitalocean.com, cloud.digitalocean.com');
});

test('what DigitalOcean answers, row by row', async context => {
	const silent: Reply = {status: 503};
	const rows: readonly (readonly [one: Reply, two: Reply, is: string, count: number])[] = [
		[ofAccount(), silent, 'valid', 4],
		[ofAccount({status: 'warning', status_message: 'Pay.'}), silent, 'valid', 4],
		[ofAccount({status: 'locked', status_message: 'Fraud.'}), silent, 'disabled', 1],
		[ofAccount({status: 'new'}), silent, 'unknown', 1],
		[refused(403, 'forbidden'), {status: 200, body: info}, 'valid', 2],
		[refused(403, 'forbidden'), {status: 401, body: {id: 'unauthorized'}}, 'limited', 2],
		[refused(401, 'unauthorized'), silent, 'invalid', 1],
		[refused(401, 'new'), silent, 'unknown', 1],
		[refused(403, 'new'), silent, 'unknown', 1],
		[refused(429, 'too_many_requests'), silent, 'unreachable', 3],
		[refused(500, 'server_error'), silent, 'unreachable', 1],
		[{status: 401, body: '<html>Sign in to the network</html>'}, silent, 'unreachable', 1],
		[{status: 200, body: {}}, silent, 'unreachable', 1],
	];
	for (const [one, two, is, count] of rows) {
		const {said, received} = await askOne(context, credentialOf('digitalocean', {token}), hosts(one, two));
		assert.deepEqual([said.is, received.length], [is, count], JSON.stringify(one));
	}
});

test('a token of DigitalOcean that only renews others is not used up by asking', async context => {
	const refresh = credentialOf('digitalocean', {token: token.replace('dop', 'dor')});
	const {said, received} = await askOne(context, refresh, hosts(ofAccount()));
	assert.deepEqual([said.is, received.length], ['unsupported', 0]);
});

test('a token of DigitalOcean that never ends has no end', async context => {
	const endless = {status: 200, body: {...info, expires_in_seconds: null}};
	const {said} = await askOne(context, credentialOf('digitalocean', {token}), hosts(ofAccount(), endless));
	assert.deepEqual([said.is, said.expires], ['valid', undefined]);
});

test('no damaged answer of DigitalOcean is taken for a verdict', () =>
	assertDistrusts({
		provider: 'digitalocean',
		data: {token},
		answer: ({url}) => ({status: 200, body: JSON.stringify(url.endsWith('/account') ? {account} : {})}),
		proves: body => /"uuid":"?[^",]/.test(body) && /"status":"active"/.test(body),
		refusals: [
			{status: 401, body: '{"id":"unauthorized","message":"Unable to authenticate you."}', reason: '"unauthorized"'},
			{
				status: 200,
				body: JSON.stringify({account: {...account, status: 'locked'}}),
				reason: '"status":"locked"',
			},
		],
		listed: [200, 401, 403],
	}));
