import assert from 'node:assert/strict';
import {test} from 'node:test';
import {foreignPlaceOf} from '../../../source/tasks/foreign-place.js';
import {askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Handler, Reply} from '../../helpers/fake-cloud.js';

const host = 'iam.cloud.ibm.com';
const apiKey = 'invented-key-of-44-letters-and-digits-------';
const key = {apiKey};
const classic = {username: '1234567_ops@example.com', apiKey: 'a1'.repeat(32)};
const token = 'eyJhbGciOiJSUzI1NiJ9.invented';

const details = {
	id: 'ApiKey-1',
	name: 'pharmer',
	iam_id: 'iam-ServiceId-1',
	account_id: '0a1b2c',
	disabled: false,
	locked: true,
	created_at: '2026-01-02T03:04+0000',
	expires_at: '2027-01-02T03:04+0000',
};
const activity = {...details, activity: {last_authn: '2026-11-29T09:00:00Z', authn_count: 4}};
const granted: Reply = {
	status: 200,
	body: {access_token: token, token_type: 'Bearer', expires_in: 3600, expiration: 1_800_000_000},
};
const refusal = (status: number, errorCode: string): Reply => ({
	status,
	body: {errorCode, errorMessage: 'it is not so', context: {requestId: '1'}},
});

/** Gives a token for the key, and answers by path to what comes with it. */
const iam =
	(replies: Readonly<Record<string, Reply>>): Handler =>
	({method, target, headers, body}) => {
		if (target === '/identity/token') {
			assert.deepEqual([method, headers['content-type']], ['POST', 'application/x-www-form-urlencoded']);
			const form = new URLSearchParams(body);
			assert.equal(form.get('grant_type'), 'urn:ibm:params:oauth:grant-type:apikey');
			return form.get('apikey') === apiKey ? granted : refusal(400, 'BXNIM0415E');
		}
		assert.deepEqual([method, headers.authorization], ['GET', `Bearer ${token}`]);
		if (target === '/v1/apikeys/details') assert.equal(headers['iam-apikey'], apiKey);
		return replies[target] ?? refusal(404, 'BXNIM0000E');
	};

const whole = {
	'/v1/apikeys/details': {status: 200, body: details},
	'/v1/apikeys/ApiKey-1?include_activity=true': {status: 200, body: activity},
};

test('a key of IBM Cloud that works says whose it is, until when, and when it was last used', async context => {
	const {said, received} = await askOne(context, credentialOf('ibm', key), {[host]: iam(whole)});
	assert.deepEqual([said.is, said.who], ['valid', {account: '0a1b2c', user: 'iam-ServiceId-1', key: 'pharmer'}]);
	assert.deepEqual([said.expires, said.lastUsed], ['2027-01-02T03:04:00Z', '2026-11-29T09:00:00Z']);
	assert.equal(received.length, 3);
});

test('what IBM Cloud tells once it has given a token, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string, account: string | undefined])[] = [
		[{status: 200, body: {...details, disabled: true}}, 'disabled', '0a1b2c'],
		[{status: 200, body: {...details, expires_at: ''}}, 'valid', '0a1b2c'],
		[{status: 200, body: {}}, 'valid', undefined],
		[refusal(401, 'BXNIM0407E'), 'limited', undefined],
		[{status: 403, body: {errors: [{code: 'not_authorized'}]}}, 'limited', undefined],
		[{status: 403, body: '<html></html>'}, 'valid', undefined],
		[refusal(500, 'X'), 'valid', undefined],
	];
	for (const [reply, is, account] of rows) {
		const {said} = await askOne(context, credentialOf('ibm', key), {[host]: iam({'/v1/apikeys/details': reply})});
		assert.deepEqual([said.is, said.who.account], [is, account], JSON.stringify(reply.body));
	}
});

test('what the token service of IBM Cloud answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[refusal(400, 'BXNIM0415E'), 'invalid'],
		[refusal(401, 'BXNIM0415E'), 'invalid'],
		[refusal(400, 'BXNIM0439E'), 'unknown'],
		[refusal(403, 'BXNIM0415E'), 'unknown'],
		[refusal(429, 'X'), 'unreachable'],
		[refusal(500, 'BXNIM0415E'), 'unreachable'],
		[{status: 400, body: '<html>BXNIM0415E</html>'}, 'unreachable'],
		[{status: 200, body: {access_token: ''}}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('ibm', key), {[host]: () => reply});
		assert.equal(said.is, is, JSON.stringify(reply.body));
	}
	const {said} = await askOne(context, credentialOf('ibm', key), {[host]: () => refusal(400, 'BXNIM0999E')});
	assert.match(said.why, /\(400, BXNIM0999E\)$/);
});

test('a wrong key of IBM Cloud is invalid', async context => {
	const {said, received} = await askOne(context, credentialOf('ibm', {apiKey: 'wrong'}), {[host]: iam(whole)});
	assert.deepEqual([said.is, received.length], ['invalid', 1]);
});

const classicRefusal = (code: string, error: string): Reply => ({status: 401, body: {error, code}});

/** Answers as classic infrastructure does to the right name and key. */
const softlayer: Handler = ({method, target, headers}) => {
	assert.deepEqual([method, target], ['GET', '/rest/v3.1/SoftLayer_Account/getCurrentUser.json']);
	const login = Buffer.from((headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
	return login === `${classic.username}:${classic.apiKey}`
		? {status: 200, body: {accountId: 1234567, id: 1, username: classic.username, firstName: 'Ops'}}
		: classicRefusal('SoftLayer_Exception_InvalidLegacyToken', 'Invalid API token.');
};

test('a key of classic infrastructure says whose it is', async context => {
	const {said, received} = await askOne(context, credentialOf('ibm', classic), {'api.softlayer.com': softlayer});
	assert.deepEqual([said.is, said.who, received.length], ['valid', {account: '1234567', user: classic.username}, 1]);
	const wrong = await askOne(context, credentialOf('ibm', {...classic, apiKey: 'x'}), {'api.softlayer.com': softlayer});
	assert.equal(wrong.said.is, 'invalid');
});

test('what classic infrastructure answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[classicRefusal('SoftLayer_Exception_InvalidLegacyToken', 'Invalid authentication token.'), 'invalid'],
		[classicRefusal('SoftLayer_Exception', 'Invalid API token.'), 'invalid'],
		[classicRefusal('SoftLayer_Exception_Public', 'Access denied.'), 'unknown'],
		[classicRefusal('Other', 'Invalid API token.'), 'unreachable'],
		[{status: 500, body: {error: 'Invalid API token.', code: 'SoftLayer_Exception'}}, 'unreachable'],
		[{status: 401, body: '<html>Invalid API token.</html>'}, 'unreachable'],
		[{status: 200, body: null as unknown as object}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('ibm', classic), {'api.softlayer.com': () => reply});
		assert.equal(said.is, is, JSON.stringify(reply.body));
	}
});

test('the variable for another address of IAM is for keys of IBM Cloud only', () => {
	const environment = {IBMCLOUD_IAM_API_ENDPOINT: 'https://iam.test.cloud.ibm.com'};
	assert.equal(foreignPlaceOf(credentialOf('ibm', key), environment)?.host, 'iam.test.cloud.ibm.com');
	assert.equal(foreignPlaceOf(credentialOf('ibm', classic), environment), undefined);
});

test('no damaged answer of IBM Cloud is taken for a verdict', async () => {
	await assertDistrusts({
		provider: 'ibm',
		data: key,
		answer: ({url}) => ({
			status: 200,
			body: JSON.stringify(url.endsWith('/token') ? granted.body : url.endsWith('/details') ? details : activity),
		}),
		proves: body => body.includes('"access_token":"') && body.includes('"expiration":'),
		refusals: [{status: 400, body: JSON.stringify(refusal(400, 'BXNIM0415E').body), reason: 'BXNIM0415E'}],
		listed: [200, 400, 401],
	});
	await assertDistrusts({
		provider: 'ibm',
		data: classic,
		answer: () => ({status: 200, body: JSON.stringify({accountId: 1234567, username: 'ops'})}),
		proves: body => body.includes('"accountId":') && body.includes('"username":"'),
		refusals: [
			{
				status: 401,
				body: JSON.stringify({error: 'Invalid API token.', code: 'SoftLayer_Exception'}),
				reason: 'SoftLayer_Exception',
			},
		],
		listed: [200, 401],
	});
});
