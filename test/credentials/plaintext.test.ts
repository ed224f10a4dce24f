import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plaintextIn, plaintextLines, plaintextText} from '../../source/credentials/plaintext.js';
import {lookAround} from '../../source/look/look.js';
import {lookForPlaintext} from '../../source/look/plaintext.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {filesWorld} from '../helpers/import-world.js';

const aws = `[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`;
const token = 'h'.repeat(64);
const files = {
	'/home/me/.aws/credentials': [`${aws}[again]\n${aws.slice(10)}`, 0o600],
	'/home/me/.config/hcloud/cli.toml': [`[[contexts]]\nname = "x"\ntoken = "${token}"\n`, 0o644],
	'/home/me/.env': `HCLOUD_TOKEN=${token}\n`,
} as const;

test('keys in files are counted once each, and every file is named', async () => {
	const plaintext = await lookForPlaintext(filesWorld(files, {LINODE_TOKEN: 'x'.repeat(64)}));
	assert.equal(plaintextText(plaintext), '2 keys in plaintext on this machine');
	assert.deepEqual(plaintextLines(plaintext), [
		'`/home/me/.aws/credentials`: 2 keys',
		'`/home/me/.config/hcloud/cli.toml`: 1 key, others can read it',
		'`/home/me/.env`: 1 key',
	]);
	assert.doesNotMatch(JSON.stringify(plaintext), new RegExp(`${token}|${secretKey}`));
});

test('without files there is nothing to say', async () => {
	const {found} = await lookAround(filesWorld({}, {LINODE_TOKEN: 'x'.repeat(64)}));
	assert.equal(found.length, 1);
	assert.equal(plaintextText(plaintextIn(found)), undefined);
	assert.deepEqual([plaintextLines(plaintextIn(found)), plaintextLines(undefined)], [[], []]);
});
