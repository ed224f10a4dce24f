import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {kvSignInOf, type StorageCredential, s3KeyOf} from '../../source/stores/storage-key.js';

function credential(provider: string, fields: Readonly<Record<string, string>>): StorageCredential {
	const data = new Map(Object.entries(fields).map(([key, value]) => [key, new Secret(value)]));
	return {name: parseName('storage'), provider, data};
}

const refusal = (code: string, message: RegExp, hint: RegExp) => (error: unknown) => {
	assert.ok(error instanceof PharmerError, String(error));
	assert.equal(error.code, code);
	assert.match(error.message, message);
	assert.match(error.hint ?? '', hint);
	assert.ok(!`${error.message}${error.hint}`.includes('hush'));
	return true;
};

test('a key for a bucket is that of a credential, whatever provider it is of', () => {
	const key = {id: 'id', secret: 'hush', session: ''};
	const of = (provider: string, fields: Readonly<Record<string, string>>) => s3KeyOf(credential(provider, fields), {});
	assert.deepEqual(of('aws', {accessKeyID: 'id', secretAccessKey: 'hush'}), key);
	const withSession = {accessKeyID: 'id', secretAccessKey: 'hush', sessionToken: 's'};
	assert.deepEqual(of('aws', withSession), {...key, session: 's'});
	assert.deepEqual(of('scaleway', {accessKey: 'id', token: 'hush'}), key);
	assert.deepEqual(of('exoscale', {apiKey: 'id', apiSecret: 'hush'}), key);
	assert.deepEqual(of('generic', {accessKeyID: 'id', secretAccessKey: 'hush'}), key);
	assert.deepEqual(of('generic', {access_key_id: 'id', 'secret-access-key': 'hush'}), key);
	assert.deepEqual(of('generic', {AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'hush', AWS_SESSION_TOKEN: 's'}), {
		...key,
		session: 's',
	});
});

test('a credential is taken before the environment, which is not mixed with it', () => {
	const environment = {AWS_ACCESS_KEY_ID: 'other', AWS_SECRET_ACCESS_KEY: 'hush', AWS_SESSION_TOKEN: 's'};
	assert.deepEqual(s3KeyOf(undefined, environment), {id: 'other', secret: 'hush', session: 's'});
	const aws = credential('aws', {accessKeyID: 'id', secretAccessKey: 'x'});
	assert.deepEqual(s3KeyOf(aws, environment), {id: 'id', secret: 'x', session: ''});
	assert.throws(() => s3KeyOf(credential('digitalocean', {token: 'hush'}), environment), {code: 'invalid'});
});

test('what a credential lacks is named, and what it holds is not', () => {
	const fields = /`accessKeyID` and `secretAccessKey`/;
	for (const [provider, data] of [
		['digitalocean', {token: 'hush'}],
		['aws', {accessKeyID: 'hush'}],
		['generic', {password: 'hush'}],
		['constructor', {accessKeyID: 'hush'}],
	] as const)
		assert.throws(() => s3KeyOf(credential(provider, data), {}), refusal('invalid', /^`storage` has no key/, fields));
	assert.throws(
		() => s3KeyOf(credential('generic', {accessKeyID: 'id', secretAccessKey: 'hush\n'}), {}),
		refusal('invalid', /^the key of `storage` has signs in it/, /blank or a line break/),
	);
	assert.throws(
		() => s3KeyOf(undefined, {AWS_ACCESS_KEY_ID: 'hush', AWS_SECRET_ACCESS_KEY: ''}),
		refusal('usage', /^nothing signs in at the storage$/, /--with NAME.*AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY$/),
	);
	assert.throws(
		() => kvSignInOf(credential('generic', {roleID: 'hush'}), {}, 'vault'),
		refusal('invalid', /OpenBao or Vault$/, /`token`, or `roleID` and `secretID`/),
	);
});

test('a token or an AppRole signs in at a KV engine', () => {
	const of = (fields: Readonly<Record<string, string>>) => kvSignInOf(credential('generic', fields), {}, 'openbao');
	assert.deepEqual(of({token: 'hush'}), {kind: 'token', token: 'hush'});
	assert.deepEqual(of({VAULT_TOKEN: 'hush', roleID: 'r'}), {kind: 'token', token: 'hush'});
	assert.deepEqual(of({role_id: 'r', secret_id: 'hush'}), {kind: 'approle', roleId: 'r', secretId: 'hush'});
});

test('the environment is read as the commands of OpenBao and Vault read it', () => {
	const token = {BAO_TOKEN: 'bao', VAULT_TOKEN: 'vault'};
	assert.deepEqual(kvSignInOf(undefined, token, 'openbao'), {kind: 'token', token: 'bao'});
	assert.deepEqual(kvSignInOf(undefined, token, 'vault'), {kind: 'token', token: 'vault'});
	assert.deepEqual(kvSignInOf(undefined, {VAULT_TOKEN: 'vault'}, 'openbao'), {kind: 'token', token: 'vault'});
	const role = {VAULT_ROLE_ID: 'r', VAULT_SECRET_ID: 'hush'};
	assert.deepEqual(kvSignInOf(undefined, role, 'openbao'), {kind: 'approle', roleId: 'r', secretId: 'hush'});
	const none = /set BAO_TOKEN, or BAO_ROLE_ID and BAO_SECRET_ID$/;
	assert.throws(() => kvSignInOf(undefined, {}, 'openbao'), refusal('usage', /nothing signs in/, none));
	assert.throws(() => kvSignInOf(undefined, {BAO_TOKEN: 'hush'}, 'vault'), refusal('usage', /nothing/, /VAULT_TOKEN/));
});
