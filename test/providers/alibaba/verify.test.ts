import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkAcs3} from '../../helpers/acs3.js';
import {askedAt, askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Handler, Reply} from '../../helpers/fake-cloud.js';

const id = 'LTAI5tInventedInvented1';
const secret = 'InventedInventedInventedInvent';
const key = {accessKeyID: id, accessKeySecret: secret};

const identity = (arn = 'acs:ram::1968132000121234:user/admin') => ({
	IdentityType: 'RAMUser',
	AccountId: '1968132000121234',
	RequestId: '3C87BF47-3724-5443-ADC1-5AEAD9A03EB1',
	PrincipalId: '288774244375211234',
	UserId: '216959339000121234',
	Arn: arn,
});
const error = (status: number, Code: string): Reply => ({
	status,
	body: {RequestId: '1', HostId: 'sts.aliyuncs.com', Code, Message: `no ${Code}`, Recommend: 'https://api.aliyun.com'},
});

/** Answers as Alibaba Cloud does to a request for this action that is signed with the secret, and refuses any other. */
const signed =
	(action: string, version: string, reply: Reply): Handler =>
	request => {
		const {accessKeyId, verifies} = checkAcs3(request, secret);
		const {'x-acs-action': asked, 'x-acs-version': ofVersion, accept} = request.headers;
		const isIt = asked === action && ofVersion === version && accept === 'application/json' && accessKeyId === id;
		return isIt && request.method === 'POST' && verifies ? reply : error(400, 'SignatureDoesNotMatch');
	};
const caller = (reply: Reply): Handler => signed('GetCallerIdentity', '2015-04-01', reply);
const mayNot: Handler = () => error(403, 'NoPermission');

test('a key of Alibaba Cloud that works says whose it is, and when it was last used', async context => {
	const lastUse = {status: 200, body: {AccessKeyLastUsed: {LastUsedDate: '2026-10-21T06:37:40Z'}, RequestId: '1'}};
	const {said, received} = await askOne(context, credentialOf('alibaba', key), {
		'sts.aliyuncs.com': caller({status: 200, body: identity()}),
		'ims.aliyuncs.com': signed('GetAccessKeyLastUsed', '2019-08-15', lastUse),
	});
	assert.deepEqual([said.is, said.who], ['valid', {account: '1968132000121234', user: 'user/admin'}]);
	assert.equal(said.lastUsed, '2026-10-21T06:37:40Z');
	assert.deepEqual(
		received.map(({target}) => target),
		['/', `/?UserAccessKeyId=${id}`],
	);
	assert.notEqual(received[0]?.headers['x-acs-signature-nonce'], received[1]?.headers['x-acs-signature-nonce']);
});

test('a key of Alibaba Cloud that may not read its last use is as valid', async context => {
	const {said} = await askOne(context, credentialOf('alibaba', key), {
		'sts.aliyuncs.com': caller({status: 200, body: identity('acs:ram::1968132000121234:root')}),
		'ims.aliyuncs.com': mayNot,
	});
	assert.deepEqual([said.is, said.lastUsed, said.who.user], ['valid', undefined, 'root']);
	assert.match(said.why, /whole account/);
});

test('a session of Alibaba Cloud is asked about with its token, and by one request', async context => {
	const session = {...key, securityToken: 'CAIS/invented+token=='};
	const {said, received} = await askOne(context, credentialOf('alibaba', session), {
		'sts.aliyuncs.com': caller({status: 200, body: identity('acs:ram::1968132000121234:assumed-role/ops/me')}),
	});
	assert.deepEqual([said.is, said.who.user, received.length], ['valid', 'assumed-role/ops/me', 1]);
	assert.equal(received[0]?.headers['x-acs-security-token'], session.securityToken);
});

test('what Alibaba Cloud answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[error(404, 'InvalidAccessKeyId.NotFound'), 'invalid'],
		[error(400, 'InvalidAccessKeyId.Inactive'), 'disabled'],
		[error(400, 'SignatureDoesNotMatch'), 'invalid'],
		[error(400, 'IncompleteSignature'), 'invalid'],
		[error(400, 'InvalidTimeStamp.Expired'), 'unknown'],
		[error(400, 'InvalidSecurityToken.Expired'), 'expired'],
		[error(400, 'InvalidSecurityToken.Malformed'), 'unknown'],
		[error(400, 'MissingSecurityToken'), 'unknown'],
		[error(403, 'NoPermission'), 'limited'],
		[error(403, 'Forbidden.RAM'), 'limited'],
		[error(400, 'Throttling.User'), 'unreachable'],
		[error(429, 'Throttling.User'), 'unreachable'],
		[error(400, 'SignatureNonceUsed'), 'unknown'],
		[error(500, 'InternalError'), 'unreachable'],
		[{status: 403, body: '<html>Blocked by the company</html>'}, 'unreachable'],
		[{status: 200, body: '<html>Sign in</html>'}, 'unreachable'],
		[{status: 200, body: {AccountId: '1'}}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('alibaba', key), {'sts.aliyuncs.com': caller(reply)});
		assert.equal(said.is, is, JSON.stringify(reply.body));
	}
});

test('a wrong secret of Alibaba Cloud is invalid', async context => {
	const wrong = {...key, accessKeySecret: secret.toLowerCase()};
	const {said} = await askOne(context, credentialOf('alibaba', wrong), {
		'sts.aliyuncs.com': caller({status: 200, body: identity()}),
	});
	assert.deepEqual([said.is, said.why], ['invalid', 'the secret is not the one of this key id']);
});

test('a clock that is off makes no key of Alibaba Cloud invalid', async context => {
	const late = askedAt - 20 * 60_000;
	const strict: Handler = request => {
		const isOff = Math.abs(askedAt - Date.parse(String(request.headers['x-acs-date']))) > 15 * 60_000;
		return isOff ? error(400, 'InvalidTimeStamp.Expired') : caller({status: 200, body: identity()})(request);
	};
	const hosts = {'sts.aliyuncs.com': strict, 'ims.aliyuncs.com': mayNot};
	const {said} = await askOne(context, credentialOf('alibaba', key), hosts, {now: () => late});
	assert.equal(said.is, 'valid');
	assert.match(said.why, /this machine's clock is about 20 minutes behind/);
});

test('no damaged answer of Alibaba Cloud is taken for a verdict', () =>
	assertDistrusts({
		provider: 'alibaba',
		data: key,
		answer: () => ({status: 200, body: JSON.stringify(identity())}),
		proves: body => {
			const {AccountId, Arn} = JSON.parse(body);
			return Boolean(AccountId && Arn);
		},
		refusals: [
			[404, 'InvalidAccessKeyId.NotFound'] as const,
			[400, 'InvalidAccessKeyId.Inactive'] as const,
			[400, 'SignatureDoesNotMatch'] as const,
			[400, 'InvalidSecurityToken.Expired'] as const,
		].map(([status, code]) => ({status, body: JSON.stringify(error(status, code).body), reason: `"${code}"`})),
		listed: [200, 400, 403, 404],
	}));
