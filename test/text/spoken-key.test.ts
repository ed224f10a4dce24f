import assert from 'node:assert/strict';
import {test} from 'node:test';
import {spokenKey} from '../../source/text/spoken-key.js';
import {keyId, secretKey} from '../documents/samples.js';

test('a key that looks like a name is named, with its path', () => {
	for (const key of [
		'foo',
		'accessKeyID',
		'aws_secret_access_key',
		'Console login link',
		'auth_provider_x509_cert_url',
		'a1',
		'tenantID',
		'example.com/team',
	]) {
		assert.equal(spokenKey(key, 'spec.data.'), `\`spec.data.${key}\``);
	}
});

test('a key that may be a secret is not named', () => {
	for (const key of [
		secretKey,
		keyId,
		secretKey.slice(0, 12),
		'x'.repeat(33),
		'dop_v1_4f9a2c7e',
		'pass\u001b',
		'0123',
		'',
		'a=b',
	]) {
		assert.equal(spokenKey(key, 'spec.data.'), 'this key');
	}
});
