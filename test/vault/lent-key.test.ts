import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import type {Opener} from '../../source/vault/keys/opener.js';
import {passphraseOpener} from '../../source/vault/keys/passphrase.js';
import {addCredential} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {changePassphrase, draft, ofCode, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const add = (vault: Vault, name: string) => vault.change(content => addCredential(content, draft(name), new Date()));
const copyOf = (vault: Vault): Promise<Buffer> => vault.lendKey(async key => Buffer.from(key));
const lender = (key: Buffer): Opener => ({open: async () => ({key: Buffer.from(key), slotId: undefined})});

async function made(t: Parameters<typeof temporaryFolder>[0]) {
	const place = fileVaultPlace(path.join(temporaryFolder(t), 'vault.json'), quick);
	const vault = await place.create(passphrase);
	await add(vault, 'one');
	return {place, vault};
}

test('a lent key opens the vault as a passphrase does, and no slot is its own', async t => {
	const {place, vault} = await made(t);
	const other = await place.open(lender(await copyOf(vault)));
	assert.equal(other.ownSlot, undefined);
	await add(other, 'two');
	assert.equal((await vault.read()).credentials.length, 2);
	assert.deepEqual(await other.slots(), await vault.slots());
});

test('a lent key that is not the vault key any more is like a wrong passphrase', async t => {
	const {place, vault} = await made(t);
	const old = await copyOf(vault);
	await changePassphrase(vault, 'new');
	await assert.rejects(place.open(lender(old)), ofCode('wrong-passphrase'));
	await assert.rejects(place.open(lender(Buffer.alloc(32))), ofCode('wrong-passphrase'));
	await place.open(lender(await copyOf(vault)));
});

test('a key stays as it is while it is lent: a new one waits', async t => {
	const {vault} = await made(t);
	const done: string[] = [];
	const before = await copyOf(vault);
	const lent = vault.lendKey(async key => {
		// A new key is made and written meanwhile, unless it waits.
		for (let turn = 0; turn < 10; turn++) await passphraseOpener(passphrase).open(vault.id, await vault.slots());
		done.push('lent');
		assert.deepEqual(key, before);
	});
	const rekeyed = changePassphrase(vault, 'new').then(() => done.push('rekeyed'));
	await Promise.all([lent, rekeyed]);
	assert.deepEqual(done, ['lent', 'rekeyed']);
	assert.notDeepEqual(await copyOf(vault), before);
});
