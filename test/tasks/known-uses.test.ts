import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import type {Credential} from '../../source/domain/credential.js';
import {PharmerError} from '../../source/domain/errors.js';
import {noUses, type Uses} from '../../source/domain/use.js';
import type {World} from '../../source/look/world.js';
import {type Around, knownUses} from '../../source/tasks/known-uses.js';
import {defaultVaultPath} from '../../source/vault/default-path.js';
import {trustFile} from '../../source/vault/trusted.js';
import type {Content} from '../../source/vault/vault.js';
import {fields} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {filesWorld} from '../helpers/import-world.js';

const now = new Date('2026-03-01T12:00:00Z');
const prod = storedCredential('prod');
const inClear = `[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`;

const around = (more: Partial<Around> = {}): Around => ({
	content: {credentials: [prod], trash: []},
	vault: defaultVaultPath(),
	uses: noUses,
	world: filesWorld(),
	now,
	projectFile: () => assert.fail('no project file was trusted'),
	...more,
});

test('without anything that is known there is nothing to say', async () => {
	assert.deepEqual(await knownUses(prod, around()), []);
	assert.deepEqual(await knownUses(prod, around({world: undefined})), []);
});

test('the last use of each kind is told, the newest first', async () => {
	const use = (kind: 'exec' | 'env' | 'copy', at: string, id = prod.id) => ({id, kind, at: `2026-0${at}T12:00:00Z`});
	const list = [use('exec', '2-28'), use('env', '2-20', 'other'), use('exec', '2-15'), use('env', '2-01')];
	const told = (uses: Uses) => knownUses(prod, around({uses}));
	assert.deepEqual(await told({since: undefined, list}), ['used here by `exec` 1 day ago, `env` 4 weeks ago']);
	assert.deepEqual(await told({since: '2026-01-05T01:02:03Z', list: []}), ['not used here since 2026-01-05']);
});

test('one that is no older than the list of uses was never used', async () => {
	const fresh = {...prod, created: '2026-01-05T01:02:03Z'};
	const uses = {since: '2026-01-05T01:02:03Z', list: []};
	assert.deepEqual(await knownUses(fresh, around({uses})), ['not used here yet']);
});

test('others with its secret are named, three at most', async () => {
	const told = (...names: readonly string[]) => {
		const others = names.map(name =>
			storedCredential(name, {data: fields({accessKeyID: 'x', secretAccessKey: secretKey})}),
		);
		const apart = storedCredential('apart', {data: fields({accessKeyID: keyId, secretAccessKey: secretKey.slice(1)})});
		return knownUses(prod, around({content: {credentials: [prod, ...others, apart], trash: []}}));
	};
	assert.deepEqual(await told(), []);
	assert.deepEqual(await told('a'), ['`a` has the same secret, and will not get the new one']);
	assert.deepEqual(await told('a', 'b', 'c', 'd'), [
		'`a`, `b`, `c` and 1 more have the same secret, and will not get the new one',
	]);
});

test('files and variables that hold its key in clear are named, and no others', async () => {
	const other = inClear.replaceAll(secretKey, `${secretKey.slice(1)}x`).replace('[default]', '[other]');
	const world = filesWorld(
		{'/home/me/.aws/credentials': `${inClear}${other}`},
		{AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey},
	);
	const lines = await knownUses(prod, around({world}));
	assert.deepEqual(lines, [
		'the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) holds its key in clear, and will not get the new one',
		'`/home/me/.aws/credentials [default]` holds its key in clear, and will not get the new one',
	]);
	const many = Array.from({length: 7}, (_, index) => inClear.replace('default', `p${index}`)).join('');
	const shown = await knownUses(prod, around({world: filesWorld({'/home/me/.aws/credentials': many})}));
	assert.equal(shown.length, 5);
	assert.equal(shown[4], '3 more hold its key in clear, and will not get the new one');
});

test('what only comes with a key, such as the passphrase of its file, is no key', async () => {
	const key = (name: string, privateKey: string): Credential =>
		storedCredential(name, {
			provider: 'oci',
			data: fields({privateKey: `${privateKey}`.padEnd(20, '.'), passphrase: 'the same passphrase'}),
		});
	const credentials = [key('one', 'a'), key('two', 'b')];
	assert.deepEqual(await knownUses(credentials[0] ?? prod, around({content: {credentials, trash: []}})), []);
});

test('profiles of AWS that take it from this vault are named', async () => {
	const profile = (name: string, asked: string, vault = '') =>
		`[profile ${name}]\ncredential_process = "/usr/bin/pharmer" aws credential-process ${asked}${vault}\n`;
	const config = [
		profile('mine', 'PROD'),
		profile('web', 'web'),
		profile('elsewhere', 'prod', ' --vault /work/vault.json'),
		'[profile other]\ncredential_process = /usr/bin/other prod\n',
	].join('');
	const world = filesWorld({'/home/me/.aws/config': config, '/home/me/.aws/credentials': '\0'});
	const line = (name: string) => `the AWS profile \`${name}\` takes it from here, and gets the new one`;
	assert.deepEqual(await knownUses(prod, around({world})), [line('mine')]);
	assert.deepEqual(await knownUses(prod, around({world, vault: '/work/vault.json'})), [line('elsewhere')]);
});

test('trusted project files that name it, as they were trusted, are named', async () => {
	const texts: Readonly<Record<string, string>> = {
		'/work/shop/.pharmer.yaml': 'credentials: [PROD]\n',
		'/work/api/.pharmer.yaml': 'env: {TOKEN: pharmer://prod/secretAccessKey}\n',
		'/work/other/.pharmer.yaml': 'credentials: [production]\n',
		'/work/changed/.pharmer.yaml': 'credentials: [prod]\n',
		'/work/broken/.pharmer.yaml': 'credentials: {prod: 1}\n',
	};
	const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
	const trusted = [...Object.keys(texts), '/work/gone/.pharmer.yaml'].reduce<Content>(
		(content, path) => {
			const sha256 = hash(path.includes('changed') ? 'before' : (texts[path] ?? ''));
			return trustFile(content, {path, sha256, at: '2026-01-01T00:00:00Z'}).content;
		},
		{credentials: [prod], trash: []},
	);
	const projectFile = (path: string) => {
		const text = texts[path];
		if (text === undefined) throw new PharmerError('file', 'it is gone');
		return {text, sha256: hash(text)};
	};
	assert.deepEqual(await knownUses(prod, around({content: trusted, projectFile})), [
		'`/work/shop/.pharmer.yaml` names it, and gets the new one',
		'`/work/api/.pharmer.yaml` names it, and gets the new one',
	]);
});

test('what can not be read costs only what is there', async () => {
	const locked: World = {
		...filesWorld(),
		async read(path) {
			throw new PharmerError('file', `\`${path}\` can't be read`);
		},
		async list() {
			return undefined;
		},
	};
	const uses: Uses = {since: '2026-01-05T01:02:03Z', list: []};
	assert.deepEqual(await knownUses(prod, around({world: locked, uses})), ['not used here since 2026-01-05']);
});

test('no line holds a secret', async () => {
	const world = filesWorld({
		'/home/me/.aws/credentials': inClear,
		'/home/me/.env': `AWS_SECRET_ACCESS_KEY=${secretKey}\n`,
	});
	const lines = await knownUses(prod, around({world}));
	assert.ok(lines.length > 0);
	assert.ok(!lines.join('\n').includes(secretKey));
});
