import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Reply} from '../../helpers/fake-cloud.js';
import {paths} from '../../helpers/paths.js';

const token = '1043c72081856d48850ecfc614f88aec'.repeat(2);
const headers = {authorization: `Bearer ${token}`};
const profile = {uid: 1, username: 'me', email: 'me@example.com', restricted: false};
const tokens = {
	data: [
		{id: 1, label: 'other', token: '9853aa8891ad9fe2', scopes: '*', expiry: '2030-01-01T00:00:00'},
		{id: 2, label: 'pharmer', token: token.slice(0, 16), scopes: '*', expiry: '2027-01-02T03:04:05'},
	],
	page: 1,
	pages: 1,
};
const ofProfile = (scopes: string): Reply => ({
	status: 200,
	headers: {'x-oauth-scopes': scopes},
	body: profile,
});
const refused = (status: number, reason: string): Reply => ({status, body: {errors: [{reason}]}});
const notInScope = refused(401, 'Your OAuth token is not authorized to use this endpoint.');
const host = (one: Reply, two: Reply = {status: 200, body: tokens}) => ({
	'api.linode.com': paths(headers, {'/v4/profile': one, '/v4/profile/tokens?page_size=500': two}),
});

test('a token of Linode that works says whose it is, and finds itself in the list of tokens', async context => {
	const {said} = await askOne(context, credentialOf('linode', {token}), host(ofProfile('*')));
	assert.deepEqual(
		[said.is, said.who, said.expires],
		['valid', {account: 'me@example.com', user: 'me', scopes: ['*'], key: 'pharmer'}, '2027-01-02T03:04:05Z'],
	);
});

test('a token of Linode without the scope for it does not ask for the list of tokens', async context => {
	const scopes = 'linodes:read_write domains:read_only';
	const {said, received} = await askOne(context, credentialOf('linode', {token}), host(ofProfile(scopes)));
	assert.deepEqual(
		[said.is, said.who, received.length],
		['valid', {account: 'me@example.com', user: 'me', scopes: ['linodes:read_write', 'domains:read_only']}, 1],
	);
});

test('a list of tokens that Linode does not give takes nothing from the verdict', async context => {
	const lists: readonly Reply[] = [
		{status: 200, body: {data: []}},
		{status: 200, body: '<html></html>'},
		notInScope,
		{status: 500},
	];
	for (const list of lists) {
		const {said} = await askOne(context, credentialOf('linode', {token}), host(ofProfile('account:read_only'), list));
		assert.deepEqual(
			[said.is, said.who],
			['valid', {account: 'me@example.com', user: 'me', scopes: ['account:read_only']}],
		);
	}
});

test('what Linode answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[ofProfile('unknown'), 'valid'],
		[refused(401, 'Invalid Token'), 'invalid'],
		[notInScope, 'limited'],
		[refused(403, 'Unauthorized'), 'limited'],
		[refused(401, 'Something new'), 'unknown'],
		[refused(429, 'Too many requests'), 'unreachable'],
		[{status: 503, headers: {'x-maintenance-mode': 'write'}}, 'unreachable'],
		[{status: 401, body: '<html>Sign in</html>'}, 'unreachable'],
		[{status: 200, body: '<html>Sign in</html>'}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('linode', {token}), host(reply));
		assert.equal(said.is, is, JSON.stringify(reply));
	}
});

test('a token of Linode that may not read its user still says its scopes', async context => {
	const scoped = {...notInScope, headers: {'x-oauth-scopes': 'linodes:read_only'}};
	const {said} = await askOne(context, credentialOf('linode', {token}), host(scoped));
	assert.deepEqual([said.is, said.who], ['limited', {scopes: ['linodes:read_only']}]);
});

test('no damaged answer of Linode is taken for a verdict', () =>
	assertDistrusts({
		provider: 'linode',
		data: {token},
		answer: () => ({status: 200, headers: {'x-oauth-scopes': '*'}, body: JSON.stringify(profile)}),
		proves: body => /"username":"?[^",]/.test(body),
		refusals: [{status: 401, body: '{"errors": [{"reason": "Invalid Token"}]}', reason: '"Invalid Token"'}],
		listed: [200, 401, 403],
	}));
