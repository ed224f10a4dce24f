import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import type {JsonObject} from '../../source/domain/json.js';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {
	addCredential,
	deleteCredentials,
	getByName,
	replaceCredential,
	restoreCredential,
} from '../../source/vault/operations.js';
import {decryptVault} from '../helpers/independent-decryptor.js';
import {changePassphrase, draft, ofCode, plain, quick, temporaryFolder} from '../helpers/vault-samples.js';

const fixtureOf = (version: number): string =>
	fileURLToPath(new URL(`../fixtures/vault-v${version}.json`, import.meta.url));
const fixture = fixtureOf(1);
const decryptor = fileURLToPath(new URL('../helpers/independent-decryptor.ts', import.meta.url));
const passphrase = 'pässword – contraseña 密码 🔑';
const frozen = {
	credentials: [
		{
			id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
			revision: 3,
			name: 'aws',
			provider: 'aws',
			data: [
				['accessKeyID', 'AKIAIOSFODNN7EXAMPLE'],
				['secretAccessKey', '+wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY='],
			],
			labels: [
				['team', 'größe'],
				['env', 'prod'],
			],
			note: 'first line\nzweite Zeile — 三行目',
			expires: '2027-01-31',
			created: '2019-04-04T09:33:32Z',
			changed: '2024-02-29T23:59:59Z',
		},
		{
			id: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
			revision: 1,
			name: 'Google.Prod_1-x',
			provider: 'gce',
			data: [
				['projectID', 'my-project-1234'],
				[
					'serviceAccount',
					'{\n  "type": "service_account",\n  "private_key": "-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n"\n}\n',
				],
				['odd', ' \u0000\u001b[31m\u202e\ud83d lone '],
			],
			labels: [],
			created: '2023-10-01T00:00:00Z',
			changed: '2023-10-01T00:00:00Z',
		},
	],
	trash: [
		{
			id: '9a0b1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d',
			revision: 2,
			name: 'old',
			provider: 'generic',
			data: [],
			labels: [],
			created: '2020-01-01T00:00:00Z',
			changed: '2020-01-02T00:00:00Z',
			deleted: '2024-03-01T12:00:00Z',
		},
	],
};

/** The same, with what a newer program keeps beside it. */
const sections = {shelves: {version: 3, shelves: [{name: 'top', holds: []}], note: 'größe'}, empty: {version: 1}};
const rotation = {every: '90d', last: ['2027-01-31', true, 0, -7, 'ü\ud800']};
const [first, ...others] = frozen.credentials;
const carrying = {
	credentials: [{...first, rotation, pinned: false}, ...others],
	trash: frozen.trash.map(each => ({...each, from: {laptop: 'büro'}})),
	sections,
};
const [unknownSlot] = JSON.parse(fs.readFileSync(fixtureOf(2), 'utf8')).slots;

test('a version 1 vault opens forever, and the first change makes it version 2 and keeps a copy', async t => {
	const file = path.join(temporaryFolder(t), 'vault.json');
	fs.copyFileSync(fixture, file);
	const vault = await fileVaultPlace(file, quick).unlock(new Secret(passphrase));
	assert.deepEqual(plain(await vault.read()), frozen);
	assert.deepEqual(fs.readFileSync(file), fs.readFileSync(fixture));
	await vault.change(content => ({content, result: undefined}));
	assert.deepEqual(decryptVault(file, passphrase), {...frozen, sections: {}});
	assert.deepEqual(fs.readFileSync(`${file}.v1`), fs.readFileSync(fixture));
	assert.equal(fs.statSync(`${file}.v1`).mode & 0o777, 0o600);
	assert.deepEqual(decryptVault(`${file}.v1`, passphrase), frozen);
	await vault.change(content => ({content, result: undefined}));
	assert.deepEqual(fs.readFileSync(`${file}.v1`), fs.readFileSync(fixture));
});

test('a copy of version 1 is never overwritten, and without one nothing is written', async t => {
	for (const [what, taken, make] of [
		['an earlier copy', true, copy => fs.copyFileSync(fixture, copy)],
		['half a copy', false, copy => fs.writeFileSync(copy, fs.readFileSync(fixture).subarray(0, 500))],
		['a file of somebody else', false, copy => fs.writeFileSync(copy, 'mine')],
		['a directory', false, copy => fs.mkdirSync(copy)],
		['a link that leads nowhere', false, copy => fs.symlinkSync('/nowhere/at/all', copy)],
	] as readonly (readonly [string, boolean, (copy: string) => void])[]) {
		const file = path.join(temporaryFolder(t), 'vault.json');
		fs.copyFileSync(fixture, file);
		make(`${file}.v1`);
		const before = fs.lstatSync(`${file}.v1`).ino;
		const vault = await fileVaultPlace(file, quick).unlock(new Secret(passphrase));
		const change = vault.change(content => ({content, result: undefined}));
		if (taken) await change;
		else {
			await assert.rejects(change, ofCode('file', /the vault as it was can't be kept at `.*\.v1`: something else/));
			assert.deepEqual(fs.readFileSync(file), fs.readFileSync(fixture), what);
		}
		assert.equal(fs.lstatSync(`${file}.v1`).ino, before, what);
	}
});

test('a version 2 vault opens forever, and what a newer program keeps in it comes through every change', async t => {
	const file = path.join(temporaryFolder(t), 'vault.json');
	fs.copyFileSync(fixtureOf(2), file);
	assert.deepEqual(decryptVault(file, passphrase), carrying);
	const vault = await fileVaultPlace(file, quick).unlock(new Secret(passphrase));
	await vault.change(content => ({content, result: undefined}));
	assert.deepEqual(decryptVault(file, passphrase), carrying);

	const now = new Date('2027-05-06T07:08:09Z');
	const slotOf = () => JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')).slots[0]);
	const aws = await vault.change(content => replaceCredential(content, getByName(content, 'aws'), draft('aws2'), now));
	await vault.change(content => addCredential(content, draft('more'), now));
	await vault.change(content => deleteCredentials(content, [aws], now));
	await vault.change(content => restoreCredential(content, aws.id, now));
	assert.equal(slotOf(), JSON.stringify(unknownSlot));
	await changePassphrase(vault, 'another one');
	type Carrying = {credentials: readonly {id: string; rotation?: unknown; pinned?: unknown}[]; sections: JsonObject};
	const after = decryptVault(file, 'another one') as Carrying;
	const {history, ...carried} = after.sections;
	assert.ok(history !== undefined);
	assert.deepEqual(carried, sections);
	const {rotation: kept, pinned} = after.credentials.find(({id}) => id === aws.id) ?? {};
	assert.deepEqual([kept, pinned], [rotation, false]);
	assert.equal(fs.existsSync(`${file}.v1`), false);
});

test('a decryptor that shares no code with the program reads every version', () => {
	assert.deepEqual(decryptVault(fixture, passphrase), frozen);
	for (const version of [1, 2]) assert.throws(() => decryptVault(fixtureOf(version), `${passphrase} `));
});

test('the independent decryptor has at most 80 lines and uses only Node.js', () => {
	const text = fs.readFileSync(decryptor, 'utf8');
	assert.ok(text.trimEnd().split('\n').length <= 80);
	const imports = [...text.matchAll(/(?:from|import\(|require\()\s*'([^']+)'/g)].map(([, name]) => name);
	assert.deepEqual(imports.sort(), ['node:crypto', 'node:fs']);
});
