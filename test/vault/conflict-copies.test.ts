import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import {draft, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const copyNames = [
	'vault (1).json',
	"vault (Ann's conflicted copy 2026-11-29).json",
	'vault (conflicted copy 2026-11-29 105734).json',
	'vault (In Konflikt stehende Kopie).json',
	'vault.json (conflict)',
	'vault.sync-conflict-20261129-105734-ABCDEFG.json',
	'vault_conflict-20261129-105734.json',
];

test('files that sync tools could not merge are told from everything else beside the vault', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'vault.json');
	const place = fileVaultPlace(file, quick);
	const vault = await place.create(passphrase);
	const before = fs.readFileSync(file);
	assert.deepEqual(place.conflictCopies(vault.id), []);
	for (const name of [
		...copyNames,
		'vault-mine.json',
		'vault.json.v1',
		'vault (1) of mine.json',
		'other (conflict).json',
	])
		fs.writeFileSync(path.join(folder, name), before);
	assert.deepEqual(place.conflictCopies(vault.id), [], 'the same state is no conflict');
	await vault.change(content => addCredential(content, draft('one'), new Date()));
	assert.deepEqual(place.conflictCopies(vault.id), [...copyNames].sort());
	assert.deepEqual(place.conflictCopies('another'), []);
	for (const name of copyNames) fs.writeFileSync(path.join(folder, name), before.subarray(0, before.length / 2));
	assert.deepEqual(place.conflictCopies(vault.id), [], 'half a vault is none');
});

test('what lies there under such a name is not waited for, and a missing directory is none', async t => {
	const folder = temporaryFolder(t);
	const place = fileVaultPlace(path.join(folder, 'vault.json'), quick);
	const {id} = await place.create(passphrase);
	fs.mkdirSync(path.join(folder, 'vault (1).json'));
	if (process.platform !== 'win32') fs.symlinkSync('/dev/zero', path.join(folder, 'vault (2).json'));
	assert.deepEqual(place.conflictCopies(id), []);
	fs.rmSync(folder, {recursive: true});
	assert.deepEqual(place.conflictCopies(id), []);
});

test('a conflict is found among many files of that kind of name that are no vault', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'vault.json');
	const place = fileVaultPlace(file, quick);
	const vault = await place.create(passphrase);
	fs.copyFileSync(file, path.join(folder, 'vault (conflicted copy).json'));
	await vault.change(content => addCredential(content, draft('one'), new Date()));
	for (let number = 1; number <= 40; number++) fs.writeFileSync(path.join(folder, `vault (${number}).json`), 'x');
	assert.deepEqual(place.conflictCopies(vault.id), ['vault (conflicted copy).json']);
});
