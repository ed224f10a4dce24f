import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ovhEndpoints} from '../../../source/providers/ovh/schema.js';
import {ovhProbe} from '../../../source/providers/ovh/verify.js';
import {askedAt, askFake, askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Handler, Reply} from '../../helpers/fake-cloud.js';
import {scopedReply, tokenReply, unauthorized} from '../../helpers/keystone-answers.js';
import {checkOvh} from '../../helpers/ovh.js';

const host = 'eu.api.ovh.com';
const key = {application: 'TDPKJdwZwAQPwKX2', secret: '9ufkBmLaTQ9nz5yMUlg79taH0GNnzDjk', consumer: '5mBuy6SUQcRw2ZUx'};
const keys = {
	endpoint: 'ovh-eu',
	applicationKey: key.application,
	applicationSecret: key.secret,
	consumerKey: key.consumer,
};
const client = {endpoint: 'ovh-eu', clientID: 'EU.ad5a4d2d8166e832', clientSecret: 'a2ae0f8dafc59ac1'};
const user = {endpoint: 'ovh-eu', username: 'user-1', password: 'correct horse', tenantID: 'c7d799522ab24c14'};

const refusal = (status: number, errorCode: string): Reply => ({
	status,
	body: {class: 'Client::Forbidden', message: 'it is not so', errorCode, httpCode: `${status} X`},
});
const details = {
	account: 'xx1234-ovh',
	user: 'ops',
	description: 'pharmer',
	method: 'account',
	roles: [],
	identities: ['urn:v1:eu:identity:account:xx1234-ovh'],
	allowedRoutes: [{method: 'GET', path: '/cloud/*'}],
};
const credential = {
	credentialId: 1,
	applicationId: 2,
	status: 'validated',
	creation: '2026-01-01T10:00:00+01:00',
	expiration: '2027-01-01T10:00:00+01:00',
	lastUse: '2026-11-29T09:30:00+01:00',
	rules: [{method: 'GET', path: '/auth/*'}],
};
const both = {
	'/1.0/auth/details': {status: 200, body: details},
	'/1.0/auth/currentCredential': {status: 200, body: credential},
};

/** Answers by path to what is signed with the three keys now. */
const signed =
	(replies: Readonly<Record<string, Reply>>): Handler =>
	request => {
		assert.equal(request.method, 'GET');
		if (!checkOvh(request, key)) return refusal(400, 'INVALID_SIGNATURE');
		const sent = Number(request.headers['x-ovh-timestamp']) * 1000;
		if (Math.abs(askedAt - sent) > 30_000) return refusal(400, 'QUERY_TIME_OUT');
		return replies[request.target] ?? refusal(404, 'NOT_FOUND');
	};

const bearer =
	(token: string, reply: Reply): Handler =>
	({method, target, headers}) => {
		assert.deepEqual([method, target], ['GET', '/1.0/auth/details']);
		return headers.authorization === `Bearer ${token}` ? reply : refusal(403, 'INVALID_CREDENTIAL');
	};

/** Gives a token to the client with the right secret. */
const tokens: Handler = ({method, target, headers, body}) => {
	assert.deepEqual([method, target], ['POST', '/auth/oauth2/token']);
	assert.equal(headers['content-type'], 'application/x-www-form-urlencoded');
	const form = Object.fromEntries(new URLSearchParams(body));
	const right = {
		grant_type: 'client_credentials',
		client_id: client.clientID,
		client_secret: client.clientSecret,
		scope: 'all',
	};
	return JSON.stringify(form) === JSON.stringify(right)
		? {status: 200, body: {access_token: 'invented-token', token_type: 'Bearer', expires_in: 3599}}
		: {status: 401, body: {error: 'invalid_client'}};
};

test('three keys of OVHcloud that work say whose they are, until when, and when they were last used', async context => {
	const {said, received} = await askOne(context, credentialOf('ovh', keys), {[host]: signed(both)});
	assert.deepEqual([said.is, received.length], ['valid', 2]);
	assert.deepEqual(said.who, {account: 'xx1234-ovh', user: 'ops', key: 'pharmer', scopes: ['GET /cloud/*']});
	assert.deepEqual([said.expires, said.lastUsed], ['2027-01-01T09:00:00Z', '2026-11-29T08:30:00Z']);
});

test('three keys of OVHcloud that may not ask whose they are work all the same', async context => {
	const replies = {...both, '/1.0/auth/details': refusal(403, 'NOT_GRANTED_CALL')};
	const {said} = await askOne(context, credentialOf('ovh', keys), {[host]: signed(replies)});
	assert.deepEqual([said.is, said.who, said.expires], ['limited', {scopes: ['GET /auth/*']}, '2027-01-01T09:00:00Z']);
});

test('what OVHcloud answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[refusal(403, 'INVALID_KEY'), 'invalid'],
		[refusal(403, 'INVALID_CREDENTIAL'), 'invalid'],
		[refusal(403, 'NOT_CREDENTIAL'), 'invalid'],
		[refusal(400, 'INVALID_SIGNATURE'), 'invalid'],
		[refusal(400, 'QUERY_TIME_OUT'), 'unknown'],
		[refusal(403, 'NOT_GRANTED_CALL'), 'limited'],
		[refusal(403, 'FORBIDDEN'), 'limited'],
		[refusal(460, 'EXPIRED'), 'unknown'],
		[refusal(401, 'INVALID_KEY'), 'unknown'],
		[refusal(429, 'TOO_MANY'), 'unreachable'],
		[refusal(500, 'INVALID_KEY'), 'unreachable'],
		[{status: 403, body: '<html>INVALID_KEY</html>'}, 'unreachable'],
		[{status: 200, body: {}}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('ovh', keys), {[host]: () => reply});
		assert.equal(said.is, is, JSON.stringify(reply.body));
	}
});

test('a wrong application secret of OVHcloud is invalid', async context => {
	const wrong = {...keys, applicationSecret: 'wrong'};
	const {said} = await askOne(context, credentialOf('ovh', wrong), {[host]: signed(both)});
	assert.equal(said.is, 'invalid');
});

test('a clock that is off makes no keys of OVHcloud invalid', async context => {
	const late = askedAt - 20 * 60_000;
	const {said} = await askOne(context, credentialOf('ovh', keys), {[host]: signed(both)}, {now: () => late});
	assert.equal(said.is, 'valid');
	assert.match(said.why, /this machine's clock is about 20 minutes behind/);
});

test('the endpoint says which API of OVHcloud is asked', async context => {
	const hosts = {
		'ovh-eu': host,
		'ovh-ca': 'ca.api.ovh.com',
		'ovh-us': 'api.us.ovhcloud.com',
		'kimsufi-eu': 'eu.api.kimsufi.com',
		'kimsufi-ca': 'ca.api.kimsufi.com',
		'soyoustart-eu': 'eu.api.soyoustart.com',
		'soyoustart-ca': 'ca.api.soyoustart.com',
		'https://ca.api.ovh.com/1.0/': 'ca.api.ovh.com',
		'': host,
	};
	for (const name of ovhEndpoints) assert.ok(name in hosts, name);
	for (const [endpoint, asked] of Object.entries(hosts)) {
		const {said} = await askOne(context, credentialOf('ovh', {...keys, endpoint}), {[asked]: signed(both)});
		assert.deepEqual([said.is, said.host], ['valid', asked]);
	}
});

test('without an endpoint, a refusal of OVHcloud in Europe decides nothing', async context => {
	const handlers = {
		[host]: () => refusal(403, 'INVALID_KEY'),
		'www.ovh.com': () => ({status: 401, body: {error: 'invalid_client'}}),
		'auth.cloud.ovh.net': () => unauthorized,
	};
	const credentials = [keys, client, {endpoint: '', accessToken: 'x'}, user].map((data, index) =>
		credentialOf('ovh', {...data, endpoint: ''}, `key-${index}`),
	);
	const {asked} = await askFake(context, credentials, handlers);
	assert.deepEqual(
		asked.map(({is}) => is),
		['unknown', 'unknown', 'unknown', 'unknown'],
	);
	for (const {why} of asked) assert.match(why, /without an endpoint, only that of Europe was asked$/);
});

test('an OAuth2 client of OVHcloud gets a token and says whose it is', async context => {
	const replies: readonly (readonly [details: Reply, is: string, who: object])[] = [
		[
			{status: 200, body: details},
			'valid',
			{account: 'xx1234-ovh', user: 'ops', key: 'pharmer', scopes: ['GET /cloud/*']},
		],
		[refusal(403, 'FORBIDDEN'), 'limited', {}],
		[refusal(500, 'X'), 'valid', {}],
	];
	for (const [reply, is, who] of replies) {
		const {said, received} = await askOne(context, credentialOf('ovh', client), {
			'www.ovh.com': tokens,
			[host]: bearer('invented-token', reply),
		});
		assert.deepEqual([said.is, said.who], [is, who]);
		assert.equal(received.filter(({body}) => body.includes(client.clientSecret)).length, 1);
	}
});

test('what the token service of OVHcloud answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[{status: 401, body: {error: 'invalid_client'}}, 'invalid'],
		[{status: 400, body: {error: 'invalid_client'}}, 'invalid'],
		[{status: 400, body: {error: 'invalid_scope'}}, 'unknown'],
		[{status: 500, body: ''}, 'unreachable'],
		[{status: 401, body: 'invalid_client'}, 'unreachable'],
		[{status: 200, body: {}}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('ovh', client), {'www.ovh.com': () => reply});
		assert.equal(said.is, is, JSON.stringify(reply.body));
	}
	const hosts = {'ovh-ca': ['ca.ovh.com', 'ca.api.ovh.com'], 'ovh-us': ['us.ovhcloud.com', 'api.us.ovhcloud.com']};
	for (const [endpoint, [token = '', api = '']] of Object.entries(hosts)) {
		const handlers = {[token]: tokens, [api]: bearer('invented-token', {status: 200, body: details})};
		const {said} = await askOne(context, credentialOf('ovh', {...client, endpoint}), handlers);
		assert.deepEqual([said.is, said.host], ['valid', `${token}, ${api}`]);
	}
	const {said} = await askOne(context, credentialOf('ovh', {...client, endpoint: 'kimsufi-eu'}), {[host]: tokens});
	assert.equal(said.is, 'unsupported');
});

test('an access token of OVHcloud says whose it is', async context => {
	const handlers = {[host]: bearer('right', {status: 200, body: details})};
	const verdicts = {right: 'valid', wrong: 'invalid'};
	for (const [accessToken, is] of Object.entries(verdicts)) {
		const {said} = await askOne(context, credentialOf('ovh', {endpoint: 'ovh-eu', accessToken}), handlers);
		assert.equal(said.is, is);
	}
});

test('an OpenStack user of OVHcloud is asked about at its Keystone', async context => {
	const hosts = {'ovh-eu': 'auth.cloud.ovh.net', 'ovh-ca': 'auth.cloud.ovh.net', 'ovh-us': 'auth.cloud.ovh.us'};
	for (const [endpoint, keystone] of Object.entries(hosts)) {
		const replies = [tokenReply(), scopedReply];
		const {said, received} = await askOne(context, credentialOf('ovh', {...user, endpoint}), {
			[keystone]: () => replies.shift() ?? unauthorized,
		});
		assert.deepEqual([said.is, said.who.project, said.host], ['valid', 'invented', keystone]);
		assert.deepEqual(JSON.parse(received[0]?.body ?? '').auth.identity.password.user, {
			name: 'user-1',
			domain: {name: 'Default'},
			password: 'correct horse',
		});
		assert.deepEqual(JSON.parse(received[1]?.body ?? '').auth.scope, {project: {id: user.tenantID}});
	}
});

test('a refused password of OVHcloud is sent once, for both providers and however wrong the clock', async context => {
	const same = {
		authURL: 'https://auth.cloud.ovh.net/v3',
		username: user.username,
		password: user.password,
		userDomainName: 'Default',
	};
	const credentials = [credentialOf('ovh', user), credentialOf('openstack', same)];
	const now = (): number => askedAt - 20 * 60_000;
	const {asked, received} = await askFake(context, credentials, {'auth.cloud.ovh.net': () => unauthorized}, {now});
	assert.deepEqual([asked.map(({is}) => is), received.length], [['invalid', 'invalid'], 1]);
});

test('an address that OVHcloud does not have is named as what it is', () => {
	const of = (data: Readonly<Record<string, string>>) => ovhProbe.address?.(name => data[name] ?? '');
	assert.deepEqual(of({...keys, endpoint: 'https://api.example.com/1.0'}), {
		from: 'endpoint',
		url: 'https://api.example.com/1.0',
	});
	assert.equal(of(keys), undefined);
	assert.equal(of({...user, endpoint: 'https://api.example.com/1.0'}), undefined);
});

test('no damaged answer of OVHcloud is taken for a verdict', async () => {
	const refusals = [
		{status: 403, body: JSON.stringify(refusal(403, 'INVALID_KEY').body), reason: 'INVALID_KEY'},
		{status: 403, body: JSON.stringify(refusal(403, 'INVALID_CREDENTIAL').body), reason: '_CREDENTIAL'},
		{status: 400, body: JSON.stringify(refusal(400, 'INVALID_SIGNATURE').body), reason: 'INVALID_SIGNATURE'},
	];
	const answer = () => ({status: 200, body: JSON.stringify(details)});
	const proves = (body: string): boolean => /"account":"[^"]+"/.test(body);
	await assertDistrusts({provider: 'ovh', data: keys, answer, proves, refusals, listed: [200, 400, 403]});
	await assertDistrusts({
		provider: 'ovh',
		data: client,
		answer: ({method}) => ({
			status: 200,
			body: JSON.stringify(method === 'POST' ? {access_token: 'invented', expires_in: 3599} : details),
		}),
		proves: body => body.includes('"access_token":"'),
		refusals: [{status: 401, body: '{"error":"invalid_client"}', reason: 'invalid_client'}],
		listed: [200, 400, 401],
	});
});
