import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readSources} from '../../../source/documents/sources.js';
import {credentialProcessOutput} from '../../../source/providers/aws/credential-process-output.js';
import {awsContent, keyId, secretKey, storedCredential} from '../../helpers/credentials.js';

const now = new Date('2026-03-01T12:00:00Z');
const temporary = awsContent('x', {
	accessKeyID: keyId.replace('AKIA', 'ASIA'),
	sessionToken: ['session', 'token'].join('/'),
});
const output = (extra: Parameters<typeof storedCredential>[1]) =>
	credentialProcessOutput(storedCredential('work', extra), now);

test('long-lived keys have neither a session token nor an expiration', () => {
	const expected = `{"Version":1,"AccessKeyId":"${keyId}","SecretAccessKey":"${secretKey}"}\n`;
	assert.equal(output({}), expected);
	assert.equal(output({expires: '2026-12-31'}), expected);
	assert.equal(output({expires: '2026-01-31'}), expected, 'AWS takes them, whatever somebody means to do');
});

test('temporary keys expire at the end of their stored day', () => {
	assert.equal(JSON.parse(output({data: temporary.data})).Expiration, undefined);
	for (const [expires, end] of [
		['2026-03-01', '2026-03-02T00:00:00Z'],
		['2026-12-31', '2027-01-01T00:00:00Z'],
	] as const) {
		const {Version, SessionToken, Expiration} = JSON.parse(output({data: temporary.data, expires}));
		assert.deepEqual([Version, SessionToken, Expiration], [1, 'session/token', end]);
	}
	assert.throws(() => output({data: temporary.data, expires: '2026-02-28'}), {code: 'invalid', message: /expired/});
});

test('`create` reads the output as a file', () => {
	const [source] = readSources(output({data: temporary.data}));
	assert.deepEqual([...source.data.keys()], ['accessKeyID', 'secretAccessKey', 'sessionToken']);
});

test('refuses another provider and a missing key, naming them', () => {
	assert.throws(() => output({provider: 'generic'}), {code: 'invalid', message: /`work` is a credential for generic/});
	assert.throws(() => output({data: new Map()}), {code: 'invalid', message: /has no `accessKeyID`/});
});
