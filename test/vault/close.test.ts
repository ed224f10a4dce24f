import assert from 'node:assert/strict';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {passphraseSlot} from '../../source/vault/keys/passphrase.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import type {Vault, VaultPlace} from '../../source/vault/vault.js';
import {
	changePassphrase,
	draft,
	ofCode,
	ownSlotOf,
	passphrase,
	quick,
	temporaryFolder,
} from '../helpers/vault-samples.js';

const places: readonly (readonly [string, (t: TestContext) => VaultPlace])[] = [
	['memory', () => memoryVaultPlace()],
	['a file', t => fileVaultPlace(path.join(temporaryFolder(t), 'v'), quick)],
];
const add = (vault: Vault, name: string) => vault.change(content => addCredential(content, draft(name), new Date()));
const closed = ofCode('bug', /the vault was closed/);
/** The very bytes that the vault has as its key, which no caller but a test keeps. */
const bytesOf = (vault: Vault): Promise<Buffer> => vault.lendKey(async key => key);
const isZero = (bytes: Buffer): boolean => bytes.every(byte => byte === 0);

for (const [where, make] of places) {
	test(`a vault in ${where} that is closed has no key any more, and says so to every call`, async t => {
		const place = make(t);
		const vault = await place.create(passphrase);
		const other = await place.unlock(passphrase);
		const sealed = vault.seal(new Secret('draft'));
		const bytes = await bytesOf(vault);
		assert.ok(!isZero(bytes));
		await Promise.all([vault.close(), vault.close()]);
		await vault.close();
		assert.ok(isZero(bytes));
		const calls: readonly (() => Promise<unknown>)[] = [
			() => vault.read(),
			() => vault.slots(),
			() => add(vault, 'one'),
			() => vault.addSlot(passphraseSlot(passphrase)),
			() => vault.removeSlot(ownSlotOf(vault)),
			() => vault.rekey(new Map([[ownSlotOf(vault), passphraseSlot(passphrase)]]), []),
			() => vault.lendKey(async () => {}),
			() => vault.watch(() => {}),
			async () => vault.seal(new Secret('draft')),
			async () => vault.unseal(sealed),
			async () => vault.openUseLog(),
		];
		for (const call of calls) await assert.rejects(call(), closed, String(call));
		assert.equal(other.unseal(sealed)?.reveal(), 'draft');
		await add(other, 'one');
		assert.equal((await other.read()).credentials.length, 1);
	});

	test(`a vault in ${where} is closed when what it does is done`, async t => {
		const place = make(t);
		const vault = await place.create(passphrase);
		const bytes = await bytesOf(vault);
		const done: string[] = [];
		const work = [
			add(vault, 'one').then(() => done.push('one')),
			vault.lendKey(async key => {
				await place.inspect();
				done.push(isZero(key) ? 'lent nothing' : 'lent');
			}),
			add(vault, 'two').then(() => done.push('two')),
			vault.close().then(() => done.push('closed')),
		];
		await assert.rejects(add(vault, 'three'), closed);
		await Promise.all(work);
		assert.deepEqual(done, ['one', 'lent', 'two', 'closed']);
		assert.ok(isZero(bytes));
		assert.equal((await (await place.unlock(passphrase)).read()).credentials.length, 2);
	});

	test(`a new key of a vault in ${where} leaves nothing of the old one`, async t => {
		const vault = await make(t).create(passphrase);
		const bytes = await bytesOf(vault);
		await changePassphrase(vault, 'new');
		assert.ok(isZero(bytes));
		assert.ok(!isZero(await bytesOf(vault)));
	});
}

test('a read under way when the vault is closed ends with its content or with that, never with damage', async t => {
	const place = fileVaultPlace(path.join(temporaryFolder(t), 'v'), quick);
	const writer = await place.create(passphrase);
	for (const isChanged of [false, true]) {
		const vault = await place.unlock(passphrase);
		if (isChanged) await add(writer, 'one');
		const reading = vault.read();
		await vault.close();
		await reading.then(({credentials}) => assert.equal(credentials.length, Number(isChanged)), closed);
	}
});

test('a key that does not become the vault’s is filled with zero', async t => {
	const place = fileVaultPlace(path.join(temporaryFolder(t), 'v'), quick);
	const vault = await place.create(passphrase);
	const keys: Buffer[] = [];
	const keep = (key: Buffer) => keys.push(key);
	const failing = vault.rekey(
		new Map([
			[
				ownSlotOf(vault),
				async (id, key, slotId) => {
					keep(key);
					return passphraseSlot(passphrase)(id, key, slotId, quick.kdfCost);
				},
			],
		]),
		[],
	);
	await assert.rejects(failing, ofCode('conflict'));
	const lent = Buffer.alloc(32, 1);
	keep(lent);
	await assert.rejects(place.open({open: async () => ({key: lent, slotId: undefined})}), ofCode('wrong-passphrase'));
	assert.equal(keys.length, 2);
	assert.ok(keys.every(isZero));
});
