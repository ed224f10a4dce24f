import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askFake, askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Reply} from '../../helpers/fake-cloud.js';
import {paths} from '../../helpers/paths.js';

const token = 'ucat_01JH5UPCLOUDTOKEN';
const pair = {username: 'pharmer', password: 'pass:wörd'};
const bearer = {authorization: `Bearer ${token}`};
const basic = {authorization: `Basic ${Buffer.from('pharmer:pass:wörd').toString('base64')}`};
const account = {account: {credits: 1000.5, username: 'pharmer', resource_limits: {cores: 100}}};
const works: Reply = {status: 200, body: account};
const listed = (name: string) => ({id: name, name, type: 'workspace', expires_at: '2027-01-02T03:04:05.00001Z'});
const tokens = (...names: readonly string[]): Reply => ({status: 200, body: names.map(listed)});
const error = (status: number, code: string): Reply => ({
	status,
	body: {error: {error_code: code, error_message: 'No.'}},
});
const problem = (status: number, code: string): Reply => ({
	status,
	headers: {'content-type': 'application/problem+json'},
	body: {type: `https://developers.upcloud.com/1.3/errors#ERROR_${code}`, title: 'No.', status},
});
const host = (headers: Readonly<Record<string, string>>, one: Reply, two: Reply = tokens('pharmer')) => ({
	'api.upcloud.com': paths(headers, {'/1.3/account': one, '/1.3/account/tokens': two}),
});

test('a token of UpCloud that works says whose it is, and when it ends where it is the only one', async context => {
	const rows: readonly (readonly [list: Reply, key: string | undefined, expires: string | undefined])[] = [
		[tokens('pharmer'), 'pharmer', '2027-01-02T03:04:05Z'],
		[tokens('one', 'two'), undefined, undefined],
		[tokens(), undefined, undefined],
		[error(403, 'ACTION_FORBIDDEN'), undefined, undefined],
	];
	for (const [list, key, expires] of rows) {
		const {said} = await askOne(context, credentialOf('upcloud', {token}), host(bearer, works, list));
		assert.deepEqual([said.is, said.who.user, said.who.key, said.expires], ['valid', 'pharmer', key, expires]);
	}
});

test('a user name and password of UpCloud that work ask for no tokens', async context => {
	const {said, received} = await askOne(context, credentialOf('upcloud', pair), host(basic, works));
	assert.deepEqual([said.is, said.who, received.length], ['valid', {user: 'pharmer'}, 1]);
});

test('what UpCloud answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[error(401, 'AUTHENTICATION_FAILED'), 'invalid'],
		[problem(401, 'AUTHENTICATION_FAILED'), 'invalid'],
		[error(403, 'ACTION_FORBIDDEN'), 'limited'],
		[problem(403, 'ACCOUNT_FORBIDDEN'), 'limited'],
		[error(401, 'SOMETHING_NEW'), 'unknown'],
		[problem(403, 'SOMETHING_NEW'), 'unknown'],
		[{status: 401, body: '<html>Sign in</html>'}, 'unreachable'],
		[{status: 200, body: {account: {}}}, 'unreachable'],
		[error(503, 'SERVICE_UNAVAILABLE'), 'unreachable'],
	];
	for (const [reply, is] of rows) {
		for (const [data, headers] of [
			[{token}, bearer],
			[pair, basic],
		] as const) {
			const {said} = await askOne(context, credentialOf('upcloud', data), host(headers, reply));
			assert.equal(said.is, is, JSON.stringify(reply));
		}
	}
});

test('a wrong password of UpCloud is tried once, whatever else the credentials hold', async context => {
	const credentials = ['one', 'two'].map(name => credentialOf('upcloud', {...pair, note: name}, name));
	const {asked, received} = await askFake(context, credentials, host(basic, error(401, 'AUTHENTICATION_FAILED')));
	assert.deepEqual([asked.map(each => each.is), received.length], [['invalid', 'invalid'], 1]);
});

test('half a pair of UpCloud is not sent anywhere', async context => {
	const {said, received} = await askOne(context, credentialOf('upcloud', {username: 'pharmer'}), host(basic, works));
	assert.deepEqual([said.is, received.length], ['unsupported', 0]);
});

test('no damaged answer of UpCloud is taken for a verdict', () =>
	assertDistrusts({
		provider: 'upcloud',
		data: {token},
		answer: ({url}) => ({status: 200, body: JSON.stringify(url.endsWith('/tokens') ? [listed('a')] : account)}),
		proves: body => /"username":"?[^",]/.test(body),
		refusals: [error, problem].map(form => ({
			status: 401,
			body: JSON.stringify(form(401, 'AUTHENTICATION_FAILED').body),
			reason: 'AUTHENTICATION_FAILED',
		})),
		listed: [200, 401, 403],
	}));
