import assert from 'node:assert/strict';
import {createPublicKey, generateKeyPairSync, X509Certificate} from 'node:crypto';
import {test} from 'node:test';
import {gceProbe} from '../../../source/providers/gce/verify.js';
import {foreignPlaceOf} from '../../../source/tasks/foreign-place.js';
import {askedAt, askOne, credentialOf} from '../../helpers/asked.js';
import {certificateFor} from '../../helpers/certificate.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Handler, Reply} from '../../helpers/fake-cloud.js';
import {readToken} from '../../helpers/jwt.js';
import {privateKeyPem, serviceAccountText} from '../../helpers/service-account.js';

const email = 'pharmer@invented-prod-123456.iam.gserviceaccount.com';
const project = 'invented-prod-123456';
const keyId = '0000000000000000000000000000000000000001';
const gce = (changes: Readonly<Record<string, unknown>> = {}) =>
	credentialOf('gce', {projectID: project, serviceAccount: serviceAccountText(changes)});

const token = {access_token: `ya29.c.${'invented.'.repeat(100)}`, expires_in: 3599, token_type: 'Bearer'};
const granted: Reply = {status: 200, body: token};
const error = (status: number, code: string, description?: string): Reply => ({
	status,
	body: {error: code, ...(description === undefined ? {} : {error_description: description})},
});
const wrongSignature = error(400, 'invalid_grant', 'Invalid JWT Signature.');
const wrongTime = error(
	400,
	'invalid_grant',
	'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
);

/** Answers as Google's token endpoint does to a token that is signed with the private key for it. */
const endpoint =
	(reply: Reply, {uri = 'https://oauth2.googleapis.com/token', now = () => askedAt} = {}): Handler =>
	({host, target, method, headers, body}) => {
		const form = new URLSearchParams(body);
		const {header, claims, verifies} = readToken(form.get('assertion') ?? '', createPublicKey(privateKeyPem));
		const [iat, exp] = [Number(claims.iat) * 1000, Number(claims.exp) * 1000];
		assert.equal(headers['content-type'], 'application/x-www-form-urlencoded');
		assert.equal(form.get('grant_type'), 'urn:ietf:params:oauth:grant-type:jwt-bearer');
		assert.deepEqual([method, `https://${host}${target}`, claims.aud], ['POST', uri, uri]);
		assert.deepEqual(header, {alg: 'RS256', typ: 'JWT', kid: keyId});
		assert.deepEqual([claims.iss, claims.scope], [email, 'https://www.googleapis.com/auth/cloud-platform.read-only']);
		if (!verifies) return wrongSignature;
		return Math.abs(iat - now()) > 600_000 || exp < now() || exp - iat > 3_600_000 ? wrongTime : reply;
	};

/** The keys that Google publishes of the account. */
const published =
	(certificates: Readonly<Record<string, string>>): Handler =>
	({target}) =>
		target === `/robot/v1/metadata/x509/${encodeURIComponent(email)}`
			? {status: 200, body: certificates}
			: {status: 404, body: '<html>Not found</html>'};
const projects =
	(reply: Reply): Handler =>
	({target, headers}) =>
		target === `/v1/projects/${project}` && headers.authorization === `Bearer ${token.access_token}`
			? reply
			: {status: 401, body: {error: {code: 401}}};
const active = projects({status: 200, body: {projectId: project, lifecycleState: 'ACTIVE', name: 'Prod'}});
/** openssl counts the days of a certificate from the machine's clock. */
const daysTo9999 = Math.floor((Date.UTC(9999, 5) - Date.now()) / 86_400_000);
const endOf = (certificate: string): number => Date.parse(new X509Certificate(certificate).validTo);

test('a key of Google Cloud that works says whose it is, and when it ends', async context => {
	const certificate = certificateFor(privateKeyPem, 30);
	const {said, received} = await askOne(context, gce(), {
		'oauth2.googleapis.com': endpoint(granted),
		'www.googleapis.com': published({other: 'x', [keyId]: certificate}),
		'cloudresourcemanager.googleapis.com': active,
	});
	assert.deepEqual([said.is, said.why], ['valid', 'Google knows it']);
	assert.deepEqual(said.who, {user: email, key: keyId, project});
	assert.equal(Date.parse(said.expires ?? ''), endOf(certificate));
	assert.equal(received.length, 3);
	assert.ok(!received.some(({body, headers}) => (body + JSON.stringify(headers)).includes('PRIVATE KEY')));
});

test('what Google does not tell beside takes nothing from a key that works', async context => {
	const cases: readonly (readonly [more: Readonly<Record<string, Handler>>, why: RegExp])[] = [
		[{}, /^Google knows it$/],
		[{'www.googleapis.com': published({[keyId]: certificateFor(privateKeyPem, daysTo9999)})}, /^Google knows it$/],
		[{'www.googleapis.com': published({[keyId]: 'no certificate'})}, /^Google knows it$/],
		[
			{'cloudresourcemanager.googleapis.com': projects({status: 403, body: {error: {status: 'PERMISSION_DENIED'}}})},
			/; its project can't be read with it$/,
		],
		[
			{
				'cloudresourcemanager.googleapis.com': projects({
					status: 200,
					body: {projectId: project, lifecycleState: 'DELETE_REQUESTED'},
				}),
			},
			/; its project is being deleted$/,
		],
	];
	for (const [more, why] of cases) {
		const {said} = await askOne(context, gce(), {'oauth2.googleapis.com': endpoint(granted), ...more});
		assert.deepEqual([said.is, said.expires], ['valid', undefined]);
		assert.match(said.why, why);
	}
});

test('what Google answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[wrongSignature, 'invalid'],
		[error(400, 'invalid_grant', 'Invalid grant: account not found'), 'invalid'],
		[error(400, 'invalid_grant', 'Robot is disabled.'), 'disabled'],
		[wrongTime, 'unknown'],
		[error(400, 'invalid_grant', 'Something new.'), 'invalid'],
		[error(400, 'invalid_grant'), 'invalid'],
		[error(400, 'invalid_scope', 'Invalid OAuth scope or ID token audience provided.'), 'unknown'],
		[error(401, 'invalid_client'), 'unknown'],
		[error(401, 'unauthorized_client'), 'unknown'],
		[error(403, 'rateLimitExceeded'), 'unknown'],
		[error(429, 'rateLimitExceeded'), 'unreachable'],
		[error(503, 'backend_error'), 'unreachable'],
		[{status: 400, body: '<html>Blocked by the company</html>'}, 'unreachable'],
		[{status: 200, body: '<html>Sign in</html>'}, 'unreachable'],
		[{status: 200, body: {...token, access_token: ''}}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, gce(), {'oauth2.googleapis.com': endpoint(reply)});
		assert.equal(said.is, is, JSON.stringify(reply.body));
		assert.ok(!JSON.stringify(said.why).includes('PRIVATE KEY'));
	}
});

test('the keys that Google publishes tell why a signature is refused', async context => {
	const other = generateKeyPairSync('rsa', {modulusLength: 1024}).privateKey;
	const otherPem = other.export({type: 'pkcs8', format: 'pem'}).toString();
	const cases: readonly (readonly [certificates: Readonly<Record<string, string>>, is: string, why: RegExp])[] = [
		[{}, 'invalid', /Google does not list it$/],
		[{[keyId]: certificateFor(otherPem, 30)}, 'invalid', /not the one of this key id$/],
		[{[keyId]: certificateFor(privateKeyPem, 30)}, 'invalid', /switched off, or was made moments ago$/],
		[{[keyId]: 'no certificate'}, 'invalid', /deleted, switched off or damaged$/],
	];
	for (const [certificates, is, why] of cases) {
		const hosts = {'oauth2.googleapis.com': endpoint(wrongSignature), 'www.googleapis.com': published(certificates)};
		const {said} = await askOne(context, gce(), hosts);
		assert.equal(said.is, is);
		assert.match(said.why, why);
	}
});

test('a key of Google Cloud whose certificate is over has expired', async context => {
	const certificate = certificateFor(privateKeyPem, 30);
	const now = (): number => endOf(certificate) + 10 * 86_400_000;
	const dated =
		(handler: Handler): Handler =>
		async request => ({...(await handler(request)), headers: {date: new Date(now()).toUTCString()}});
	const {said} = await askOne(
		context,
		gce(),
		{
			'oauth2.googleapis.com': dated(endpoint(wrongSignature, {now})),
			'www.googleapis.com': dated(published({[keyId]: certificate})),
		},
		{now},
	);
	assert.equal(said.is, 'expired');
	assert.ok(Date.parse(said.expires ?? '') < now());
});

test('a clock that is off makes no key of Google Cloud invalid', async context => {
	const late = askedAt - 20 * 60_000;
	const {said} = await askOne(context, gce(), {'oauth2.googleapis.com': endpoint(granted)}, {now: () => late});
	assert.equal(said.is, 'valid');
	assert.match(said.why, /this machine's clock is about 20 minutes behind/);
});

test('a key of Google Cloud goes to one of the addresses of Google without a question, and to no other', () => {
	for (const uri of [
		undefined,
		'https://accounts.google.com/o/oauth2/token',
		'https://www.googleapis.com/oauth2/v4/token',
	])
		assert.equal(foreignPlaceOf(gce({token_uri: uri}), {}), undefined);
	for (const uri of ['https://oauth2.s3nsapis.fr/token', 'https://oauth2.googleapis.com.evil.example/token']) {
		const {host, from, kind} = foreignPlaceOf(gce({token_uri: uri}), {}) ?? {};
		assert.deepEqual([host, from, kind], [new URL(uri).host, "serviceAccount's token_uri", 'secure']);
	}
});

test('a key of Google Cloud that names an address of its own is not sent there unasked', async context => {
	const hosts = {'evil.example': endpoint(granted, {uri: 'https://evil.example/token'})};
	for (const uri of [
		'https://evil.example/token',
		'https://me:word@oauth2.googleapis.com/token',
		'file:///etc/passwd',
	]) {
		const {said, received} = await askOne(context, gce({token_uri: uri}), hosts);
		assert.notEqual(said.is, 'valid');
		assert.deepEqual(received, []);
	}
});

test('a key of Google Cloud that is sent to an address of its own makes a token for that alone, and asks nobody else', async () => {
	const uri = 'https://oauth2.s3nsapis.fr/token';
	const serviceAccount = serviceAccountText({token_uri: uri});
	for (const [reply, is] of [
		[granted, 'valid'],
		[wrongSignature, 'invalid'],
	] as const) {
		const asked: string[] = [];
		const said = await gceProbe.verify(field => ({projectID: project, serviceAccount})[field] ?? '', {
			now: new Date(askedAt),
			knows: async () => true,
			async ask({method, url, headers = {}, body = ''}) {
				asked.push(url);
				const {host, pathname: target} = new URL(url);
				const {status, body: answer} = await endpoint(reply, {uri})({host, target, method, headers, body});
				return {status, headers: new Map(), body: JSON.stringify(answer)};
			},
		});
		assert.deepEqual([said.is, asked], [is, [uri]]);
	}
});

test('a key file without what is to be signed with is not asked about', async context => {
	for (const changes of [{private_key: undefined}, {private_key: 'damaged'}, {client_email: undefined}]) {
		const {said, received} = await askOne(context, gce(changes), {'oauth2.googleapis.com': endpoint(granted)});
		assert.deepEqual([said.is, received.length], ['unsupported', 0]);
	}
});

test('no damaged answer of Google is taken for a verdict', () =>
	assertDistrusts({
		provider: 'gce',
		data: {projectID: project, serviceAccount: serviceAccountText()},
		answer: ({url}) => ({
			status: 200,
			body: JSON.stringify(url.endsWith('/token') ? token : {projectId: project, lifecycleState: 'ACTIVE'}),
		}),
		decides: ({url}) => url.endsWith('/token'),
		proves: body => {
			const {access_token, token_type} = JSON.parse(body);
			return Boolean(access_token && token_type);
		},
		refusals: [
			{status: 400, body: JSON.stringify(wrongSignature.body), reason: '"invalid_grant"'},
			{
				status: 400,
				body: JSON.stringify(error(400, 'invalid_grant', 'Robot is disabled.').body),
				reason: '"invalid_grant"',
			},
		],
		listed: [200, 400],
	}));
