import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Handler, Reply} from '../../helpers/fake-cloud.js';
import {unsignedToken} from '../../helpers/jwt.js';

const tenant = '72f988bf-0000-4000-8000-2d7cd011db47';
const client = '00000000-1111-4222-8333-444444444444';
const subscription = '99999999-1111-4222-8333-444444444444';
const secret = 'inv8Q~Invented.Invented-Invented_Invented';
const data = {tenantID: tenant, subscriptionID: subscription, clientID: client, clientSecret: secret};

const claims = {aud: 'https://management.azure.com', tid: tenant, appid: client, oid: '1', app_displayname: 'deployer'};
const token = (more: object = {}) => ({
	token_type: 'Bearer',
	expires_in: 3599,
	access_token: unsignedToken({...claims, padding: 'x'.repeat(900), ...more}),
});
const error = (status: number, name: string, code: string): Reply => ({
	status,
	body: {
		error: name,
		error_description: `${code}: Something is wrong. ${'Long. '.repeat(60)}Trace ID: 1 Correlation ID: 2 Timestamp: 3`,
		error_codes: [Number(code.slice(6))],
	},
});
const unknownTenant = error(400, 'invalid_tenant', 'AADSTS90002');

type Login = {
	readonly host?: string;
	readonly management?: string;
	readonly graph?: string;
	readonly instance?: string;
	readonly reply?: Reply;
	readonly graphReply?: Reply;
};

/** Answers as a cloud does where secrets are told tokens. */
const login =
	({
		host = 'login.microsoftonline.com',
		management = 'management.azure.com',
		graph = 'graph.microsoft.com',
		instance = 'microsoftonline.com',
		reply = {status: 200, body: token()},
		graphReply = {status: 200, body: token({aud: 'graph'})},
	}: Login = {}): Handler =>
	request => {
		if (request.method === 'GET') {
			assert.equal(request.target, `/${tenant}/v2.0/.well-known/openid-configuration`);
			assert.equal(request.body, '');
			const endpoint = `https://${host}/${tenant}/oauth2/v2.0/token`;
			return {status: 200, body: {token_endpoint: endpoint, cloud_instance_name: instance}};
		}
		assert.deepEqual([request.method, request.target], ['POST', `/${tenant}/oauth2/v2.0/token`]);
		assert.equal(request.headers['content-type'], 'application/x-www-form-urlencoded');
		const form = Object.fromEntries(new URLSearchParams(request.body));
		const scopes = {[`https://${management}/.default`]: reply, [`https://${graph}/.default`]: graphReply};
		const {scope = '', ...others} = form;
		assert.deepEqual(others, {client_id: client, client_secret: form.client_secret, grant_type: 'client_credentials'});
		if (form.client_secret !== secret) return error(401, 'invalid_client', 'AADSTS7000215');
		return scopes[scope] ?? error(400, 'invalid_resource', 'AADSTS500011');
	};
const bearing =
	(target: string, reply: Reply): Handler =>
	request =>
		request.target === target && /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/.test(request.headers.authorization ?? '')
			? reply
			: {status: 401, body: {error: {code: 'InvalidAuthenticationToken'}}};
const management = (reply: Reply, path = `/${subscription}`): Handler =>
	bearing(`/subscriptions${path}?api-version=2022-12-01`, reply);
const graph = (reply: Reply): Handler =>
	bearing(`/v1.0/applications(appId='${client}')?$select=passwordCredentials`, reply);
const enabled = management({status: 200, body: {subscriptionId: subscription, displayName: 'Prod', state: 'Enabled'}});
const mayNotRead = graph({status: 403, body: {error: {code: 'Authorization_RequestDenied'}}});

test('a secret of Azure that works says whose it is, what it reaches and when it ends', async context => {
	const passwordCredentials = [
		{displayName: 'old', hint: 'abc', keyId: '1', endDateTime: '2025-01-01T00:00:00Z'},
		{displayName: 'ci', hint: 'inv', keyId: '2', endDateTime: '2027-01-31T12:00:00.1234567Z'},
	];
	const {said, received} = await askOne(context, credentialOf('azure', data), {
		'login.microsoftonline.com': login(),
		'management.azure.com': enabled,
		'graph.microsoft.com': graph({status: 200, body: {passwordCredentials}}),
	});
	assert.deepEqual([said.is, said.why, said.expires], ['valid', 'Azure knows it', '2027-01-31T12:00:00Z']);
	assert.deepEqual(said.who, {account: tenant, user: 'deployer', project: 'Prod', key: 'ci'});
	assert.equal(received.length, 5);
	assert.ok(received.every(({body, host}) => !body.includes('client_secret=') || host === 'login.microsoftonline.com'));
});

test('what Microsoft Entra answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[error(401, 'invalid_client', 'AADSTS7000215'), 'invalid'],
		[error(401, 'invalid_client', 'AADSTS7000222'), 'expired'],
		[error(400, 'unauthorized_client', 'AADSTS700016'), 'invalid'],
		[error(400, 'invalid_request', 'AADSTS90002'), 'invalid'],
		[error(400, 'invalid_grant', 'AADSTS53003'), 'limited'],
		[error(401, 'unauthorized_client', 'AADSTS7000112'), 'disabled'],
		[error(400, 'invalid_request', 'AADSTS900023'), 'unknown'],
		[error(401, 'invalid_client', 'AADSTS7000229'), 'unknown'],
		[error(400, 'invalid_resource', 'AADSTS500011'), 'unknown'],
		[error(429, 'temporarily_unavailable', 'AADSTS50196'), 'unreachable'],
		[error(503, 'temporarily_unavailable', 'AADSTS90033'), 'unreachable'],
		[{status: 401, body: {error: 'invalid_client'}}, 'unreachable'],
		[{status: 401, body: '<html>Blocked by the company</html>'}, 'unreachable'],
		[{status: 200, body: '<html>Sign in</html>'}, 'unreachable'],
		[{status: 200, body: {token_type: 'Bearer'}}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const hosts = {'login.microsoftonline.com': login({reply})};
		const {said} = await askOne(context, credentialOf('azure', data), hosts);
		assert.equal(said.is, is, JSON.stringify(reply.body));
		assert.ok(!said.why.includes(secret) && !said.why.includes('Trace ID'));
	}
});

test('what a secret of Azure reaches, row by row', async context => {
	const of = (name: string) => ({subscriptionId: name, displayName: name});
	const without = {...data, subscriptionID: ''};
	const refused: Reply = {status: 403, body: {error: {code: 'AuthorizationFailed', message: 'no'}}};
	const absent: Reply = {status: 404, body: {error: {code: 'SubscriptionNotFound', message: 'no'}}};
	const list = (...value: readonly object[]) => management({status: 200, body: {value}}, '');
	const rows: readonly (readonly [
		data: typeof without,
		host: Handler,
		is: string,
		project: string | undefined,
		why: RegExp,
	])[] = [
		[data, enabled, 'valid', 'Prod', /^Azure knows it$/],
		[data, management(refused), 'limited', undefined, /no role in its subscription$/],
		[data, management(absent), 'valid', undefined, /its subscription can't be read \(404\)$/],
		[data, management({status: 503}), 'valid', undefined, /its subscription can't be read \(503\)$/],
		[without, list(), 'limited', undefined, /no role in any subscription$/],
		[without, list(of('Prod')), 'valid', 'Prod', /^Azure knows it$/],
		[without, list(of('Prod'), of('Test')), 'valid', undefined, /^Azure knows it, and 2 subscriptions$/],
		[without, management({status: 200, body: {value: 'none'}}, ''), 'valid', undefined, /^Azure knows it$/],
	];
	for (const [given, host, is, project, why] of rows) {
		const hosts = {
			'login.microsoftonline.com': login(),
			'management.azure.com': host,
			'graph.microsoft.com': mayNotRead,
		};
		const {said} = await askOne(context, credentialOf('azure', given), hosts);
		assert.deepEqual([said.is, said.who.project, said.expires], [is, project, undefined]);
		assert.match(said.why, why);
		assert.deepEqual([said.who.account, said.who.user], [tenant, 'deployer']);
	}
});

test('a secret of Azure that starts like another has no end that is known', async context => {
	const passwordCredentials = ['2026-12-01T00:00:00Z', '2027-12-01T00:00:00Z'].map((endDateTime, index) => ({
		displayName: `ci ${index}`,
		hint: secret.slice(0, 3),
		endDateTime,
	}));
	const {said} = await askOne(context, credentialOf('azure', data), {
		'login.microsoftonline.com': login(),
		'management.azure.com': enabled,
		'graph.microsoft.com': graph({status: 200, body: {passwordCredentials}}),
	});
	assert.deepEqual([said.is, said.expires, said.who.key], ['valid', undefined, undefined]);
});

test('a secret of Azure is sent to the cloud that knows its tenant, and to no other', async context => {
	const government = {
		host: 'login.microsoftonline.us',
		management: 'management.usgovcloudapi.net',
		graph: 'graph.microsoft.us',
	};
	const china = {
		host: 'login.chinacloudapi.cn',
		management: 'management.chinacloudapi.cn',
		graph: 'microsoftgraph.chinacloudapi.cn',
		instance: 'partner.microsoftonline.cn',
	};
	const asked = {...government, instance: 'microsoftonline.us'};
	const cases: readonly (readonly [hosts: Readonly<Record<string, Handler>>, sent: string, name: string])[] = [
		[
			{
				'login.microsoftonline.com': () => unknownTenant,
				[asked.host]: login(asked),
				[asked.management]: enabled,
				[asked.graph]: mayNotRead,
			},
			asked.host,
			'Azure for the US Government',
		],
		[
			// The global cloud knows where the tenants of others are.
			{
				'login.microsoftonline.com': login({instance: 'microsoftonline.us'}),
				[asked.host]: login(asked),
				[asked.management]: enabled,
				[asked.graph]: mayNotRead,
			},
			asked.host,
			'Azure for the US Government',
		],
		[
			{
				'login.microsoftonline.com': () => unknownTenant,
				'login.microsoftonline.us': () => unknownTenant,
				[china.host]: login(china),
				[china.management]: enabled,
				[china.graph]: mayNotRead,
			},
			china.host,
			'Azure in China',
		],
	];
	for (const [hosts, sent, name] of cases) {
		const {said, received} = await askOne(context, credentialOf('azure', data), hosts);
		assert.deepEqual([said.is, said.why, said.who.project], ['valid', `${name} knows it`, 'Prod']);
		const told = received.filter(({body}) => body.includes('client_secret=')).map(({host}) => host);
		assert.deepEqual([...new Set(told)], [sent]);
	}
});

test('a tenant that no cloud of Azure knows is invalid, and its secret is sent nowhere', async context => {
	const hosts = ['login.microsoftonline.com', 'login.microsoftonline.us', 'login.chinacloudapi.cn'];
	const nobody = Object.fromEntries(hosts.map(host => [host, () => unknownTenant]));
	const {said, received} = await askOne(context, credentialOf('azure', data), nobody);
	assert.deepEqual([said.is, said.why, received.length], ['invalid', 'no cloud of Azure knows the tenant', 3]);
	assert.ok(received.every(({method, body}) => method === 'GET' && body === ''));
	const {said: odd} = await askOne(context, credentialOf('azure', data), {
		'login.microsoftonline.com': () => error(400, 'invalid_request', 'AADSTS900023'),
	});
	assert.equal(odd.is, 'unknown');
	const {said: portal} = await askOne(context, credentialOf('azure', data), {
		'login.microsoftonline.com': () => ({status: 200, body: '<html>Sign in</html>'}),
	});
	assert.equal(portal.is, 'unreachable');
});

test('a secret of Azure without its tenant or client is not asked about', async context => {
	for (const missing of ['tenantID', 'clientID', 'clientSecret']) {
		const {said} = await askOne(context, credentialOf('azure', {...data, [missing]: ''}), {
			'login.microsoftonline.com': login(),
		});
		assert.equal(said.is, 'unsupported');
	}
});

const isConfiguration = ({url}: {readonly url: string}): boolean => url.endsWith('/openid-configuration');
const good = ({url}: {readonly url: string}) => {
	if (isConfiguration({url})) return {token_endpoint: 'https://login.microsoftonline.com/token'};
	return url.endsWith('/token') ? token() : {subscriptionId: subscription, displayName: 'Prod'};
};
const refusal = (reply: Reply, reason: string) => ({status: reply.status, body: JSON.stringify(reply.body), reason});

test('no damaged answer of Microsoft Entra is taken for a verdict', () =>
	assertDistrusts({
		provider: 'azure',
		data,
		answer: request => ({status: 200, body: JSON.stringify(good(request))}),
		decides: ({url}) => url.endsWith('/oauth2/v2.0/token'),
		proves: body => {
			const {access_token, token_type} = JSON.parse(body);
			return Boolean(access_token && token_type);
		},
		refusals: [
			refusal(error(401, 'invalid_client', 'AADSTS7000215'), 'AADSTS7000215'),
			refusal(error(401, 'invalid_client', 'AADSTS7000222'), 'AADSTS7000222'),
			refusal(error(401, 'unauthorized_client', 'AADSTS7000112'), 'AADSTS7000112'),
		],
		listed: [200, 400, 401],
	}));

test('no damaged answer about a tenant is taken for a verdict', () =>
	assertDistrusts({
		provider: 'azure',
		data,
		answer: request => ({status: 200, body: JSON.stringify(good(request))}),
		decides: isConfiguration,
		proves: body => Boolean(JSON.parse(body).token_endpoint),
		refusals: [refusal(unknownTenant, 'AADSTS90002')],
		listed: [200, 400, 401],
	}));
