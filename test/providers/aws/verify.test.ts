import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askedAt, askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Handler, Reply} from '../../helpers/fake-cloud.js';
import {checkSignature} from '../../helpers/sigv4.js';

const id = 'AKIAIOSFODNN7EXAMPLE';
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const key = {accessKeyID: id, secretAccessKey: secret};

const xml = (status: number, inner: string): Reply => ({
	status,
	headers: {'content-type': 'text/xml'},
	body: `<?xml version="1.0"?>\n<Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${inner}</Response>`,
});
const identity = (arn: string): Reply =>
	xml(
		200,
		`<GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDA1</UserId><Account>123456789012</Account></GetCallerIdentityResult>`,
	);
const error = (status: number, code: string, message = ''): Reply =>
	xml(status, `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`);

/** Answers as the token service does to a request that is signed with the secret, and refuses any other. */
const signed =
	(reply: Reply): Handler =>
	request => {
		const {accessKeyId, verifies} = checkSignature(request, secret);
		return accessKeyId === id && verifies ? reply : error(403, 'SignatureDoesNotMatch');
	};

test('a key of AWS that works says whose it is', async context => {
	const {said, received} = await askOne(context, credentialOf('aws', key), {
		'sts.amazonaws.com': signed(identity('arn:aws:iam::123456789012:user/ops/me')),
	});
	assert.deepEqual([said.is, said.who], ['valid', {account: '123456789012', user: 'user/ops/me'}]);
	assert.deepEqual([said.host, said.isOfProvider], ['sts.amazonaws.com, iam.amazonaws.com', true]);
	assert.equal(received.length, 1, 'IAM is not there: that takes nothing from the verdict');
});

test('a key of AWS that may ask so says when it was last used, in its own partition', async context => {
	const lastUse = (date: string): Reply =>
		xml(200, `<GetAccessKeyLastUsedResult><AccessKeyLastUsed>${date}</AccessKeyLastUsed></GetAccessKeyLastUsedResult>`);
	const used = lastUse('<Region>us-east-1</Region><LastUsedDate>2026-11-20T08:30:00Z</LastUsedDate>');
	const places = {
		'': ['sts.amazonaws.com', 'iam.amazonaws.com', 'us-east-1'],
		'cn-north-1': ['sts.cn-north-1.amazonaws.com.cn', 'iam.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
		'us-gov-east-1': ['sts.us-gov-east-1.amazonaws.com', 'iam.us-gov.amazonaws.com', 'us-gov-west-1'],
		'eusc-de-east-1': ['sts.eusc-de-east-1.amazonaws.eu', 'iam.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1'],
	} as const;
	const me = signed(identity('arn:aws:iam::123456789012:user/me'));
	for (const [region, [sts, iam, signedFor]] of Object.entries(places)) {
		const credential = credentialOf('aws', region === '' ? key : {...key, region});
		const asks: Handler = request => {
			assert.equal(request.body, `Action=GetAccessKeyLastUsed&Version=2010-05-08&AccessKeyId=${id}`);
			assert.equal(checkSignature(request, secret).region, signedFor);
			return signed(used)(request);
		};
		const {said} = await askOne(context, credential, {[sts]: me, [iam]: asks});
		assert.deepEqual([said.is, said.lastUsed], ['valid', '2026-11-20T08:30:00Z']);
	}
	for (const reply of [error(403, 'AccessDenied'), lastUse('<Region>N/A</Region>'), {status: 500}]) {
		const {said} = await askOne(context, credentialOf('aws', key), {
			'sts.amazonaws.com': me,
			'iam.amazonaws.com': signed(reply),
		});
		assert.deepEqual([said.is, said.lastUsed], ['valid', undefined]);
	}
	const session = credentialOf('aws', {...key, sessionToken: 'token'});
	const {received} = await askOne(context, session, {'sts.amazonaws.com': me});
	assert.equal(received.length, 1, 'a session is not in the list of keys');
});

test('what AWS answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[error(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'), 'invalid'],
		[error(403, 'ExpiredToken'), 'expired'],
		[error(403, 'ExpiredTokenException'), 'expired'],
		[error(403, 'AccessDenied', `User: ${id} is not authorized`), 'limited'],
		[error(403, 'RegionDisabledException'), 'limited'],
		[error(400, 'Throttling'), 'unreachable'],
		[error(503, 'ServiceUnavailable'), 'unreachable'],
		[error(400, 'RequestExpired'), 'unknown'],
		[error(403, 'SomethingNew'), 'unknown'],
		[{status: 403, body: '<html>Blocked by the company</html>'}, 'unreachable'],
		[{status: 200, body: '<html>Sign in</html>'}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('aws', key), {'sts.amazonaws.com': signed(reply)});
		assert.equal(said.is, is, JSON.stringify(reply.body));
		assert.ok(!JSON.stringify(said.why).includes(secret));
	}
});

test('a wrong secret key of AWS is invalid', async context => {
	const wrong = {...key, secretAccessKey: secret.toLowerCase()};
	const {said} = await askOne(context, credentialOf('aws', wrong), {'sts.amazonaws.com': signed(identity('x'))});
	assert.deepEqual([said.is, said.why], ['invalid', 'the secret key is not the one of this key id']);
});

test('the region of a key of AWS says which partition is asked', async context => {
	const hosts = {
		'eu-west-1': 'sts.eu-west-1.amazonaws.com',
		'cn-north-1': 'sts.cn-north-1.amazonaws.com.cn',
		'us-gov-west-1': 'sts.us-gov-west-1.amazonaws.com',
		'eusc-de-east-1': 'sts.eusc-de-east-1.amazonaws.eu',
		'x.evil.example/': 'sts.amazonaws.com',
	};
	for (const [region, host] of Object.entries(hosts)) {
		const answer = signed(identity('arn:aws:iam::123456789012:root'));
		const {said} = await askOne(context, credentialOf('aws', {...key, region}), {[host]: answer});
		assert.deepEqual([said.is, said.host.split(', ')[0]], ['valid', host]);
	}
});

test('a clock that is off makes no key of AWS invalid', async context => {
	const late = askedAt - 20 * 60_000;
	const strict: Handler = request => {
		const date = String(request.headers['x-amz-date']);
		const at = Date.parse(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
		const isOff = Math.abs(askedAt - at) > 15 * 60_000;
		if (isOff)
			return error(403, 'SignatureDoesNotMatch', 'Signature expired: 20261129T1 is now earlier than 20261129T2');
		return signed(identity('arn:aws:iam::123456789012:user/me'))(request);
	};
	const {said, received} = await askOne(
		context,
		credentialOf('aws', key),
		{'sts.amazonaws.com': strict},
		{now: () => late},
	);
	assert.deepEqual([said.is, received.length], ['valid', 2]);
	assert.match(said.why, /this machine's clock is about 20 minutes behind/);
});

test('no damaged answer of AWS is taken for a verdict', () =>
	assertDistrusts({
		provider: 'aws',
		data: key,
		answer: () => ({status: 200, body: String(identity('arn:aws:iam::123456789012:user/me').body)}),
		proves: body => /<Account>[^<]+<\/Account>/.test(body) && /<Arn>[^<]+<\/Arn>/.test(body),
		refusals: [
			{status: 403, body: String(error(403, 'SignatureDoesNotMatch').body), reason: '<Code>SignatureDoesNotMatch<'},
			{status: 403, body: String(error(403, 'InvalidClientTokenId').body), reason: '<Code>InvalidClientTokenId<'},
			{status: 403, body: String(error(403, 'ExpiredToken').body), reason: '<Code>ExpiredToken'},
		],
		listed: [200, 400, 403],
	}));
