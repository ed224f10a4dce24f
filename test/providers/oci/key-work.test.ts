import assert from 'node:assert/strict';
import {createPrivateKey, generateKeyPairSync} from 'node:crypto';
import {test} from 'node:test';
import {isTooMuchWork} from '../../../source/providers/oci/key-work.js';
import {privateKeyOddity} from '../../../source/providers/oci/private-key.js';

const passphrase = 'open sesame';
const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 1024});
const encrypted = privateKey.export({type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase}).toString();
const plain = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
const old = privateKey.export({type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase}).toString();

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
	const body = Buffer.concat(parts);
	const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
	return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const integer = (digits: string): Buffer => der(0x02, hex(digits));

/** An AES-256-CBC key whose derivation has these parameters after its salt. */
function keyOf(derivation: string, ...numbers: readonly string[]): string {
	const parameters = der(0x30, der(0x04, Buffer.alloc(16, 1)), ...numbers.map(integer));
	const derived = der(0x30, hex(derivation), parameters);
	const cipher = der(0x30, hex('060960864801650304012a'), der(0x04, Buffer.alloc(16, 2)));
	const algorithm = der(0x30, hex('06092a864886f70d01050d'), der(0x30, derived, cipher));
	const text = der(0x30, algorithm, der(0x04, Buffer.alloc(64, 3))).toString('base64');
	return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${text.replace(/.{64}/g, '$&\n')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
}

const pbkdf2 = '06092a864886f70d01050c';
const scrypt = '06092b06010401da47040b';

test('opens keys as tools make them', () => {
	for (const pem of [encrypted, plain, old, `${encrypted}OCI_API_KEY\n`]) {
		assert.equal(isTooMuchWork(pem), false);
		assert.equal(createPrivateKey({key: pem, passphrase}).type, 'private');
	}
	// 600,000 rounds, and OpenSSL's scrypt parameters.
	assert.equal(isTooMuchWork(keyOf(pbkdf2, '0927c0')), false);
	assert.equal(isTooMuchWork(keyOf(scrypt, '4000', '08', '01')), false);
});

test('refuses a key whose derivation takes too long, without running it', () => {
	const costly = [
		keyOf(pbkdf2, '7fffffff'),
		keyOf(pbkdf2, '4fffffff', '20'),
		keyOf(pbkdf2, '7fffffffffffffff'),
		keyOf(scrypt, '4000', '08', '3fffffff'),
		keyOf(pbkdf2, '0927c0').repeat(20),
		`${plain}${keyOf(pbkdf2, '7fffffff')}`,
		keyOf(pbkdf2, '7fffffff').replaceAll('ENCRYPTED ', ''),
		keyOf(pbkdf2, '0927c0').replace('KEY-----\n', 'KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n'),
	];
	for (const pem of costly) {
		assert.equal(isTooMuchWork(pem), true, pem.slice(0, 120));
		// Without the check, this would run for more than a day.
		assert.notEqual(privateKeyOddity(pem, passphrase, ''), undefined);
	}
	const nested = der(
		0x30,
		Array.from({length: 5000}).reduce<Buffer>(inner => der(0x30, inner), integer('01')),
		integer('01'),
	);
	assert.equal(
		isTooMuchWork(`-----BEGIN PRIVATE KEY-----\n${nested.toString('base64')}\n-----END PRIVATE KEY-----\n`),
		true,
	);
});
