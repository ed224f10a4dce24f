import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Reply} from '../../helpers/fake-cloud.js';
import {paths} from '../../helpers/paths.js';

const token = 'CivoKeyCivoKeyCivoKey0123456789';
const organisation = {id: 'org-1', name: 'My Firm', token: 'CANARY-organisation-token'};
const account = (email: string, key: string) => ({
	id: email,
	email_address: email,
	api_key: key,
	token: `CANARY-token-${email}`,
});
const mine = account('me@example.com', token);
const other = account('other@example.com', 'CANARY-key');
const list = (...items: readonly object[]): Reply => ({status: 200, body: {page: 1, items}});
const host = (one: Reply, two: Reply = list(other, mine)) => ({
	'api.civo.com': paths({authorization: `bearer ${token}`}, {'/v2/organisation': one, '/v2/accounts': two}),
});
const works: Reply = {status: 200, body: organisation};

test('a key of Civo that works says whose it is, and nothing else of what it may read is kept', async context => {
	const {said} = await askOne(context, credentialOf('civo', {token, region: 'LON1'}), host(works));
	assert.deepEqual([said.is, said.who], ['valid', {account: 'My Firm', user: 'me@example.com'}]);
	assert.ok(!/CANARY|CivoKey/.test(JSON.stringify({...said, credential: undefined})));
});

test('of the accounts that Civo lists, only the own one or the only one is named', async context => {
	const rows: readonly (readonly [accounts: Reply, user: string | undefined])[] = [
		[list(other), 'other@example.com'],
		[list(other, account('third@example.com', 'CANARY')), undefined],
		[list(), undefined],
		[{status: 403, body: {code: 'authentication_access_denied'}}, undefined],
		[{status: 200, body: '<html></html>'}, undefined],
	];
	for (const [accounts, user] of rows) {
		const {said} = await askOne(context, credentialOf('civo', {token}), host(works, accounts));
		assert.deepEqual([said.is, said.who.account, said.who.user], ['valid', 'My Firm', user]);
	}
});

test('what Civo answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[{status: 401, body: {result: 'requires_authentication', status: 401}}, 'invalid'],
		[{status: 404, body: {code: 'database_account_not_found', reason: 'x'}}, 'invalid'],
		[{status: 401, body: {code: 'authentication_invalid_key'}}, 'invalid'],
		[{status: 403, body: {code: 'authentication_access_denied'}}, 'limited'],
		[{status: 401, body: {code: 'authentication_failed'}}, 'unknown'],
		[{status: 500, body: {code: 'database_account_not_found'}}, 'unreachable'],
		[{status: 401, body: '<html>Sign in</html>'}, 'unreachable'],
		[{status: 200, body: {id: 'org-1'}}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('civo', {token}), host(reply));
		assert.equal(said.is, is, JSON.stringify(reply));
	}
});

test('no damaged answer of Civo is taken for a verdict', () =>
	assertDistrusts({
		provider: 'civo',
		data: {token},
		answer: ({url}) => ({
			status: 200,
			body: JSON.stringify(url.endsWith('/organisation') ? organisation : {items: [mine]}),
		}),
		proves: body => /"id":"?[^",]/.test(body) && /"name":"?[^",]/.test(body),
		refusals: [
			{
				status: 401,
				body: '{"result":"requires_authentication","status":401}',
				reason: '"requires_authentication"',
			},
			{status: 404, body: '{"code":"database_account_not_found"}', reason: '"database_account_not_found"'},
		],
		listed: [200, 400, 401, 403, 404],
	}));
