import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {draft, ofCode, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const add = (vault: Vault, name: string) =>
	vault.change(content => addCredential(content, draft(name), new Date('2024-05-06T07:08:09Z')));
const names = async (vault: Vault) => (await vault.read()).credentials.map(each => each.name);

async function twoStates(file: string) {
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	await add(vault, 'one');
	const older = fs.readFileSync(file);
	await add(vault, 'two');
	return {vault, older, newer: fs.readFileSync(file)};
}

const seen = (file: string) => JSON.parse(fs.readFileSync(`${file}.seen`, 'utf8'));

test('an older file that was put back is reported, and accepted on request', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const {older} = await twoStates(file);
	fs.writeFileSync(file, older);
	const place = fileVaultPlace(file, quick);
	await assert.rejects(place.inspect(), ofCode('rolled-back', /older than it was.*state 2.*at 3/));
	await assert.rejects(place.unlock(passphrase), error => {
		assert.match((error as {hint: string}).hint, /--accept-rollback/);
		return ofCode('rolled-back')(error);
	});
	assert.ok(fs.readFileSync(file).equals(older));
	const vault = await place.unlock(passphrase, {acceptRollback: true});
	assert.deepEqual(await names(vault), ['one']);
	await place.inspect();
	await place.unlock(passphrase);
	await add(vault, 'three');
	assert.deepEqual(await names(await place.unlock(passphrase)), ['one', 'three']);
});

test('an open vault reports an older file, and does not overwrite it', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const {vault, older, newer} = await twoStates(file);
	fs.writeFileSync(file, older);
	fs.rmSync(`${file}.seen`);
	await assert.rejects(vault.read(), ofCode('rolled-back'));
	await assert.rejects(add(vault, 'three'), ofCode('rolled-back'));
	assert.ok(fs.readFileSync(file).equals(older));
	fs.writeFileSync(file, newer);
	await add(vault, 'three');
});

test('a change notices a newer state that another process has seen', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const first = await fileVaultPlace(file, quick).create(passphrase);
	const older = fs.readFileSync(file);
	const second = await fileVaultPlace(file, quick).unlock(passphrase);
	await add(second, 'one');
	fs.writeFileSync(file, older);
	await assert.rejects(add(first, 'two'), ofCode('rolled-back'));
	assert.ok(fs.readFileSync(file).equals(older));
});

test('an accepted older file can be changed even if nothing could be remembered', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const {older} = await twoStates(file);
	fs.writeFileSync(file, older);
	const memory = fs.readFileSync(`${file}.seen`);
	const vault = await fileVaultPlace(file, quick).unlock(passphrase, {acceptRollback: true});
	fs.writeFileSync(`${file}.seen`, memory);
	await add(vault, 'three');
	assert.deepEqual(await names(vault), ['one', 'three']);
});

test('another vault at the same path counts as a new one', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	await twoStates(file);
	const other = path.join(folder, 'other');
	await fileVaultPlace(other, quick).create(passphrase);
	fs.copyFileSync(other, file);
	const place = fileVaultPlace(file, quick);
	await place.inspect();
	await place.unlock(passphrase);
	assert.deepEqual(seen(file), {id: JSON.parse(fs.readFileSync(other, 'utf8')).id, generation: 1});
});

test('a newer file from another machine is remembered when it is opened', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	const {newer, older} = await twoStates(file);
	fs.writeFileSync(`${file}.seen`, JSON.stringify({...seen(file), generation: 1}));
	fs.writeFileSync(file, newer);
	const place = fileVaultPlace(file, quick);
	await place.unlock(passphrase);
	assert.equal(seen(file).generation, 3);
	fs.writeFileSync(file, older);
	await assert.rejects(place.inspect(), ofCode('rolled-back'));
});

test('a damaged memory counts as missing', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	await twoStates(file);
	for (const text of ['', '{', 'null', '[]', '{"id":1,"generation":"x"}', '{"id":"x"}']) {
		fs.writeFileSync(`${file}.seen`, text);
		await fileVaultPlace(file, quick).unlock(passphrase);
		assert.equal(seen(file).generation, 3);
	}
});

test('no rollback is reported while others write', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const place = fileVaultPlace(file, quick);
	const writes = (async () => {
		for (let index = 0; index < 30; index++) await add(vault, `c${index}`);
	})();
	await Promise.all([writes, ...Array.from({length: 6}, () => place.unlock(passphrase))]);
	assert.equal(seen(file).generation, 31);
});
