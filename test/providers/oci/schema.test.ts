import assert from 'node:assert/strict';
import {generateKeyPairSync} from 'node:crypto';
import {test} from 'node:test';
import {checkData} from '../../../source/credentials/check.js';
import {handOn} from '../../../source/credentials/variables.js';
import {Secret} from '../../../source/domain/secret.js';
import {completeData} from '../../../source/providers/data.js';
import {fingerprintOf} from '../../../source/providers/oci/private-key.js';
import {oci} from '../../../source/providers/oci/schema.js';
import {assertGuide} from '../../helpers/guide.js';

const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 1024});
const passphrase = ['open', 'sesame'].join(' ');
const pem = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
const older = privateKey.export({type: 'pkcs1', format: 'pem'}).toString();
const encrypted = privateKey.export({type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase}).toString();
const fingerprint = fingerprintOf(pem, '') ?? '';

const fields = {
	user: 'ocid1.user.oc1..aaaaexample',
	tenancy: 'ocid1.tenancy.oc1..aaaaexample',
	fingerprint,
	privateKey: pem,
	region: 'eu-frankfurt-1',
};

function dataOf(changes: Readonly<Record<string, string>> = {}): ReadonlyMap<string, Secret> {
	return new Map(Object.entries({...fields, ...changes}).map(([key, value]) => [key, new Secret(value)]));
}

function findings(changes: Readonly<Record<string, string>> = {}): readonly string[] {
	return checkData(oci, dataOf(changes)).map(({severity, field, message}) => `${severity} ${field}: ${message}`);
}

test('accepts a key in every PEM format, even with the line that Oracle puts after it', () => {
	for (const key of [pem, older, `${pem}OCI_API_KEY\n`]) assert.deepEqual(findings({privateKey: key}), []);
	assert.deepEqual(findings({privateKey: encrypted, passphrase}), []);
});

test('a passphrase for an unencrypted key is odd', () => {
	assert.deepEqual(findings({passphrase}), ['odd passphrase: the private key is not encrypted, so it needs none']);
	assert.deepEqual(findings({privateKey: encrypted, passphrase}), []);
});

test('a fingerprint is pairs of hex, and one of another key is reported', () => {
	assert.match(fingerprint, /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
	assert.deepEqual(findings({fingerprint: fingerprint.replace(/^../, pair => (pair === '00' ? '11' : '00'))}), [
		'odd privateKey: the fingerprint is not that of this key',
	]);
});

test('a key that is unreadable, locked with another passphrase or not RSA is odd', () => {
	const {privateKey: curve} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	const other = curve.export({type: 'pkcs8', format: 'pem'}).toString();
	assert.match(findings({privateKey: 'canary'})[0] ?? '', /^odd privateKey: it is not a readable private key in PEM/);
	assert.match(findings({privateKey: pem.slice(0, 200)})[0] ?? '', /not a readable private key in PEM/);
	assert.match(findings({privateKey: '~/.oci/key.pem'})[0] ?? '', /^odd privateKey: it is the path of a file/);
	assert.match(findings({privateKey: encrypted, passphrase: 'x'})[0] ?? '', /can't be read with this passphrase/);
	assert.match(findings({privateKey: other})[0] ?? '', /RSA keys/);
	assert.deepEqual(findings({privateKey: encrypted}), []);
});

test('OCIDs, fingerprints and regions of another shape are odd', () => {
	assert.deepEqual(findings({user: 'ocidv1:user:oc1:phx:1460406592660:aaaaexample'}), []);
	assert.match(findings({user: fields.tenancy})[0] ?? '', /^odd user: it looks like ocid1\.user/);
	assert.match(findings({tenancy: ' ocid1.tenancy.oc1..a'})[0] ?? '', /^odd tenancy: .*white space/);
	assert.match(findings({fingerprint: fingerprint.toUpperCase().replaceAll(':', '')})[0] ?? '', /^odd fingerprint: /);
	assert.match(findings({region: 'Frankfurt'})[0] ?? '', /^odd region: /);
	assert.match(findings({region: ''})[0] ?? '', /^wrong region: /);
});

test('derives a missing fingerprint from the key, if it can be read', () => {
	const told = (changes: Readonly<Record<string, string>>) =>
		completeData(oci, dataOf({fingerprint: '', ...changes}))
			.get('fingerprint')
			?.reveal();
	assert.equal(told({}), fingerprint);
	assert.equal(told({privateKey: encrypted, passphrase}), fingerprint);
	assert.equal(told({privateKey: encrypted}), undefined);
	assert.equal(told({privateKey: 'canary'}), undefined);
});

test('passes the key on as a file or as text, to the command and to Terraform', () => {
	const {variables, files, unset} = handOn(oci, dataOf(), true);
	assert.deepEqual(
		files.map(each => [each.fileName, each.variables]),
		[['oci-api-key.pem', ['OCI_CLI_KEY_FILE', 'TF_VAR_private_key_path', 'OCI_USER_KEY_FILE']]],
	);
	assert.ok(variables.some(({name, key}) => name === 'TF_VAR_user_ocid' && key === 'user'));
	for (const name of ['OCI_CLI_PROFILE', 'OCI_CLI_KEY_CONTENT', 'OCI_CLI_PASSPHRASE', 'OCI_CONFIG_PROFILE'])
		assert.ok(unset.includes(name), name);
	assert.ok(variables.some(({name, key}) => name === 'OCI_REGION' && key === 'region'));
	const asText = handOn(oci, dataOf(), false);
	assert.ok(asText.variables.some(({name}) => name === 'OCI_CLI_KEY_CONTENT'));
	assert.ok(asText.unset.includes('OCI_CLI_KEY_FILE'));
});

test('the guide names its pages and commands that can be pasted', () => assertGuide(oci, ['oci', 'openssl', 'chmod']));
