import assert from 'node:assert/strict';
import {generateKeyPairSync} from 'node:crypto';
import {test} from 'node:test';
import {isOwnHost} from '../../../source/network/hosts.js';
import {fingerprintOf} from '../../../source/providers/oci/private-key.js';
import {identityHost} from '../../../source/providers/oci/realms.js';
import {askedAt, askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Handler, Reply} from '../../helpers/fake-cloud.js';
import {checkOci} from '../../helpers/oci.js';

const {privateKey, publicKey} = generateKeyPairSync('rsa', {modulusLength: 1024});
const passphrase = ['open', 'sesame'].join(' ');
const pem = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
const encrypted = privateKey.export({type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase}).toString();
const fingerprint = fingerprintOf(pem, '') ?? '';
const user = 'ocid1.user.oc1..aaaainventeduser';
const tenancy = 'ocid1.tenancy.oc1..aaaainventedtenancy';
const key = {user, tenancy, fingerprint, privateKey: pem, region: 'eu-frankfurt-1'};
const host = 'identity.eu-frankfurt-1.oraclecloud.com';

const keysWith = (lifecycleState: string): Reply => ({
	status: 200,
	body: [
		{fingerprint: '00:11', userId: user, lifecycleState: 'ACTIVE'},
		{keyId: `${tenancy}/${user}/${fingerprint}`, fingerprint, userId: user, lifecycleState},
	],
});
const refusal = (status: number, code: string, message = 'no'): Reply => ({status, body: {code, message}});
const whole = {
	[`/20160918/users/${user}/apiKeys`]: keysWith('ACTIVE'),
	[`/20160918/users/${user}`]: {
		status: 200,
		body: {id: user, compartmentId: tenancy, name: 'ops@example.com', lifecycleState: 'ACTIVE'},
	},
};

/** Answers by path to what is signed with the private key within five minutes. */
const signed =
	(replies: Readonly<Record<string, Reply>>): Handler =>
	request => {
		const {id, verifies, date} = checkOci(request, publicKey);
		if (!verifies || id !== `${tenancy}/${user}/${fingerprint}`) return refusal(401, 'NotAuthenticated');
		if (Math.abs(askedAt - date) > 300_000)
			return refusal(401, 'NotAuthenticated', "Date 'x' is not within allowed clock skew. Current 'y'");
		assert.equal(request.method, 'GET');
		return replies[request.target] ?? refusal(404, 'NotAuthorizedOrNotFound');
	};

test('a key of Oracle that works says whose it is', async context => {
	const {said, received} = await askOne(context, credentialOf('oci', key), {[host]: signed(whole)});
	assert.deepEqual([said.is, said.who, received.length], ['valid', {account: tenancy, user: 'ops@example.com'}, 2]);
});

test('a key of Oracle works, even where its user is not told', async context => {
	const path = `/20160918/users/${user}/apiKeys`;
	const {said} = await askOne(context, credentialOf('oci', key), {[host]: signed({[path]: keysWith('ACTIVE')})});
	assert.deepEqual([said.is, said.who], ['valid', {user}]);
});

test('an encrypted key of Oracle is opened with its passphrase, and its fingerprint worked out', async context => {
	const locked = {...key, privateKey: encrypted, fingerprint: ''};
	const handlers = {[host]: signed(whole)};
	const {said} = await askOne(context, credentialOf('oci', {...locked, passphrase}), handlers);
	assert.equal(said.is, 'valid');
	for (const wrong of ['', 'wrong']) {
		const {said: other, received} = await askOne(
			context,
			credentialOf('oci', {...locked, passphrase: wrong}),
			handlers,
		);
		assert.deepEqual([other.is, received.length], ['unsupported', 0]);
		assert.match(other.why, /its private key can't be read with this passphrase/);
	}
	const {privateKey: curve} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	const another = {...key, privateKey: curve.export({type: 'pkcs8', format: 'pem'}).toString()};
	const {said: last, received} = await askOne(context, credentialOf('oci', another), handlers);
	assert.deepEqual([last.is, received.length], ['unsupported', 0]);
});

test('what Oracle answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[keysWith('ACTIVE'), 'valid'],
		[keysWith('CREATING'), 'valid'],
		[keysWith('DELETING'), 'valid'],
		[keysWith('INACTIVE'), 'disabled'],
		[keysWith('SOMETHING_NEW'), 'unknown'],
		[
			refusal(401, 'NotAuthenticated', 'The required information to complete authentication was not provided.'),
			'invalid',
		],
		[refusal(401, 'NotAuthenticated', "Date 'x' is not within allowed clock skew. Current 'y'"), 'unknown'],
		[refusal(404, 'NotAuthorizedOrNotFound'), 'limited'],
		[refusal(403, 'NotAllowed'), 'unknown'],
		[refusal(400, 'LimitExceeded'), 'unknown'],
		[refusal(429, 'TooManyRequests'), 'unreachable'],
		[refusal(500, 'InternalError'), 'unreachable'],
		[{status: 401, body: '<html>NotAuthenticated</html>'}, 'unreachable'],
		[{status: 200, body: []}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('oci', key), {[host]: () => reply});
		assert.equal(said.is, is, JSON.stringify(reply.body));
	}
});

test('a key that is not the one of the user is invalid at Oracle', async context => {
	const {privateKey: other} = generateKeyPairSync('rsa', {modulusLength: 1024});
	const wrong = {...key, privateKey: other.export({type: 'pkcs8', format: 'pem'}).toString()};
	const {said} = await askOne(context, credentialOf('oci', wrong), {[host]: signed(whole)});
	assert.equal(said.is, 'invalid');
});

test('a clock that is off makes no key of Oracle invalid', async context => {
	const late = askedAt - 20 * 60_000;
	const {said} = await askOne(context, credentialOf('oci', key), {[host]: signed(whole)}, {now: () => late});
	assert.equal(said.is, 'valid');
	assert.match(said.why, /this machine's clock is about 20 minutes behind/);
});

test('region and realm say which host of Oracle is asked', async context => {
	const hosts = [
		['us-phoenix-1', 'oc1', 'identity.us-phoenix-1.oraclecloud.com'],
		['a-new-region-7', 'oc1', 'identity.a-new-region-7.oraclecloud.com'],
		['us-gov-ashburn-1', 'oc3', 'identity.us-gov-ashburn-1.oraclegovcloud.com'],
		['uk-gov-london-1', 'oc4', 'identity.uk-gov-london-1.oraclegovcloud.uk'],
		['ap-chiyoda-1', 'oc8', 'identity.ap-chiyoda-1.oraclecloud8.com'],
		['eu-madrid-2', 'oc19', 'identity.eu-madrid-2.oraclecloud.eu'],
		['sa-riodejaneiro-1', 'oc52', 'identity.sa-riodejaneiro-1.oraclecloud52.com'],
	] as const;
	for (const [region, realm, expected] of hosts) {
		assert.equal(identityHost(region, `ocid1.tenancy.${realm}..aaaa`), expected);
		assert.ok(isOwnHost('oci', new URL(`https://${expected}`)), expected);
	}
	assert.equal(identityHost('us-phoenix-1', 'ocidv1:tenancy:oc1:phx:aaaa'), 'identity.us-phoenix-1.oraclecloud.com');
	const unknown = [
		{...key, region: 'x.evil.example/'},
		{...key, tenancy: 'ocid1.tenancy.oc99..aaaa'},
		{...key, tenancy: 'nothing'},
	];
	for (const data of unknown) {
		const {said, received} = await askOne(context, credentialOf('oci', data), {[host]: signed(whole)});
		assert.deepEqual([said.is, received.length], ['unsupported', 0]);
	}
});

test('no damaged answer of Oracle is taken for a verdict', () =>
	assertDistrusts({
		provider: 'oci',
		data: key,
		answer: () => ({status: 200, body: JSON.stringify(keysWith('ACTIVE').body)}),
		proves: body =>
			body.includes(`"fingerprint":"${fingerprint}"`) && /"lifecycleState":"(?:ACTIVE|DELETING|CREATING)"/.test(body),
		refusals: [{status: 401, body: JSON.stringify(refusal(401, 'NotAuthenticated').body), reason: 'NotAuthenticated'}],
		listed: [200, 401, 404],
	}));
