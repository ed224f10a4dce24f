import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createPublicKey, generateKeyPairSync, X509Certificate} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {selfSigned} from '../../source/signing/certificate.js';

const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
const from = new Date('2026-11-29T12:00:00Z');
const serial = Buffer.from('4a00ff00000000000000000000000001', 'hex');
const of = (to: string, key = privateKey, name = 'unused'): string =>
	selfSigned(key, {name, from, to: new Date(to), serial});

test('a certificate that signs itself is read by Node.js', () => {
	for (const bits of [1024, 2048, 4096]) {
		const key = generateKeyPairSync('rsa', {modulusLength: bits}).privateKey;
		for (const to of ['2026-12-29T12:00:00Z', '2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z', '9999-12-31T23:59:59Z']) {
			const certificate = new X509Certificate(of(to, key, 'a name, 漢'));
			assert.ok(certificate.verify(createPublicKey(key)));
			assert.ok(certificate.publicKey.equals(createPublicKey(key)));
			assert.equal(Date.parse(certificate.validFrom), from.getTime());
			assert.equal(Date.parse(certificate.validTo), Date.parse(to));
			assert.deepEqual([certificate.serialNumber, certificate.ca], ['4A00FF00000000000000000000000001', false]);
		}
	}
});

test('a certificate that signs itself is taken by openssl, and not when a bit of it is another', () => {
	const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
	const openssl = (...args: readonly string[]): string =>
		execFileSync('openssl', args, {cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
	try {
		const pem = of('2046-11-29T12:00:00Z');
		writeFileSync(join(folder, 'cert.pem'), pem);
		const shown = openssl('x509', '-in', 'cert.pem', '-noout', '-text', '-nameopt', 'RFC2253');
		assert.match(shown, /Version: 3 \(0x2\)/);
		assert.match(shown, /Signature Algorithm: sha256WithRSAEncryption/);
		assert.match(shown, /Issuer: CN=unused\n/);
		assert.match(shown, /Not Before: Nov 29 12:00:00 2026 GMT\s+Not After : Nov 29 12:00:00 2046 GMT/);
		const verify = ['verify', '-attime', String(from.getTime() / 1000 + 60), '-check_ss_sig', '-CAfile'];
		assert.match(openssl(...verify, 'cert.pem', 'cert.pem'), /cert\.pem: OK/);
		const bytes = Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64');
		for (const at of [bytes.length - 1, bytes.indexOf('unused'), bytes.indexOf('261129')]) {
			const damaged = Buffer.from(bytes);
			damaged[at] = (damaged[at] ?? 0) ^ 1;
			writeFileSync(
				join(folder, 'other.pem'),
				`-----BEGIN CERTIFICATE-----\n${damaged.toString('base64')}\n-----END CERTIFICATE-----\n`,
			);
			assert.throws(() => openssl(...verify, 'other.pem', 'other.pem'));
		}
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
});
