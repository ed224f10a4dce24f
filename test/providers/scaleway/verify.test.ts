import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Reply} from '../../helpers/fake-cloud.js';
import {paths} from '../../helpers/paths.js';

const accessKey = 'SCW0123456789ABCDEFG';
const token = '11111111-2222-3333-4444-555555555555';
const key = {
	access_key: accessKey,
	secret_key: null,
	application_id: 'app-1',
	description: 'pharmer',
	created_at: '2026-01-01T00:00:00Z',
	expires_at: '2027-01-01T00:00:00Z',
	default_project_id: 'project-1',
};
const denied = (reason: string, method = 'api_key'): Reply => ({
	status: 401,
	body: {type: 'denied_authentication', method, reason},
});
const host = (path: string, reply: Reply) => ({
	'api.scaleway.com': paths({'x-auth-token': token}, {[path]: reply}),
});
const itself = `/iam/v1alpha1/api-keys/${accessKey}`;

test('a key of Scaleway that works says whose it is and when it ends', async context => {
	const credential = credentialOf('scaleway', {accessKey, token});
	const {said, received} = await askOne(context, credential, host(itself, {status: 200, body: key}));
	assert.deepEqual(
		[said.is, said.who, said.expires, received.length],
		['valid', {user: 'app-1', project: 'project-1', key: 'pharmer'}, '2027-01-01T00:00:00Z', 1],
	);
});

test('a secret key of Scaleway without its access key asks for servers, in its zone', async context => {
	const rows: readonly (readonly [zone: string, asked: string])[] = [
		['', 'fr-par-1'],
		['nl-ams-2', 'nl-ams-2'],
		['../../iam', 'fr-par-1'],
	];
	for (const [zone, asked] of rows) {
		const path = `/instance/v1/zones/${asked}/servers?per_page=1`;
		const credential = credentialOf('scaleway', {token, zone});
		const {said} = await askOne(context, credential, host(path, {status: 200, body: {servers: []}}));
		assert.deepEqual([said.is, said.who], ['valid', {}]);
		const refused = await askOne(context, credential, host(path, {status: 403, body: {type: 'permissions_denied'}}));
		assert.equal(refused.said.is, 'limited');
	}
});

test('what Scaleway answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[{status: 200, body: {...key, application_id: undefined, user_id: 'user-1', expires_at: null}}, 'valid'],
		[denied('invalid_argument'), 'invalid'],
		[denied('not_found'), 'invalid'],
		[denied('expired'), 'expired'],
		[denied('expired', 'jwt'), 'unknown'],
		[denied('unknown_reason'), 'unknown'],
		[{status: 403, body: {type: 'permissions_denied', details: [{resource: 'api_key', action: 'read'}]}}, 'limited'],
		[{status: 404, body: {type: 'not_found', resource: 'api_key'}}, 'unknown'],
		[{status: 401, body: {type: 'authorization_required'}}, 'unknown'],
		[{status: 200, body: {...key, access_key: 'SCWANOTHER'}}, 'unreachable'],
		[{status: 200, body: '<html>Sign in</html>'}, 'unreachable'],
		[{status: 502, body: '<html>Bad gateway</html>'}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('scaleway', {accessKey, token}), host(itself, reply));
		assert.equal(said.is, is, JSON.stringify(reply));
	}
});

test('no damaged answer of Scaleway is taken for a verdict', async () => {
	const refusals = ['invalid_argument', 'not_found', 'expired'].map(reason => ({
		status: 401,
		body: JSON.stringify(denied(reason).body),
		reason: `"${reason}"`,
	}));
	await assertDistrusts({
		provider: 'scaleway',
		data: {accessKey, token},
		answer: () => ({status: 200, body: JSON.stringify(key)}),
		proves: body => body.includes(`"access_key":"${accessKey}"`) && /"(?:application|user)_id":"?[^",]/.test(body),
		refusals,
		listed: [200, 401, 403, 404],
	});
	await assertDistrusts({
		provider: 'scaleway',
		data: {token},
		answer: () => ({status: 200, body: '{"servers":[]}'}),
		proves: body => /"servers":\[/.test(body),
		refusals,
		listed: [200, 401, 403, 404],
	});
});
