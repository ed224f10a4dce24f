import assert from 'node:assert/strict';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {passphraseSlot} from '../../source/vault/keys/passphrase.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {changePassphrase, draft, ofCode, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const makers: readonly (readonly [string, (t: TestContext) => VaultPlace])[] = [
	['memory', () => memoryVaultPlace()],
	['a file', t => fileVaultPlace(path.join(temporaryFolder(t), 'v'), quick)],
];

for (const [where, make] of makers) {
	test(`a vault in ${where} keeps the vault contract`, async t => {
		const place = make(t);
		assert.equal(place.exists(), false);
		await assert.rejects(place.inspect(), ofCode('no-vault'));
		await assert.rejects(place.unlock(passphrase), ofCode('no-vault'));
		await assert.rejects(place.create(new Secret('')), ofCode('invalid'));
		const vault = await place.create(passphrase);
		assert.equal(vault.path, place.path);
		assert.equal(place.exists(), true);
		await place.inspect();
		await assert.rejects(place.create(passphrase), ofCode('exists'));
		await assert.rejects(place.unlock(new Secret('wrong')), ofCode('wrong-passphrase'));
		const other = await place.unlock(passphrase);
		await Promise.all(
			['one', 'two', 'three'].map(name => vault.change(all => addCredential(all, draft(name), new Date()))),
		);
		assert.deepEqual(
			(await other.read()).credentials.map(each => each.name),
			['one', 'two', 'three'],
		);
		await assert.rejects(
			vault.change(all => addCredential(all, draft('ONE'), new Date())),
			ofCode('exists'),
		);
		assert.equal((await vault.read()).credentials.length, 3);
		assert.throws(() => passphraseSlot(new Secret('')), ofCode('invalid'));
		await changePassphrase(vault, 'new');
		await assert.rejects(place.unlock(passphrase), ofCode('wrong-passphrase'));
		await place.unlock(new Secret('new'));
	});
}

test('a vault in memory starts with the given content, and opens with any passphrase when it has none', async () => {
	const {content} = addCredential({credentials: [], trash: []}, draft('one'), new Date());
	assert.deepEqual(await (await memoryVaultPlace(content).unlock(passphrase)).read(), content);
	await assert.rejects(memoryVaultPlace(content, 'x').unlock(passphrase), ofCode('wrong-passphrase'));
	assert.deepEqual(await (await memoryVaultPlace(content, 'x').unlock(new Secret('x'))).read(), content);
});

test('a vault in memory tells the others about its changes', async () => {
	const place = memoryVaultPlace({credentials: [], trash: []});
	const vault = await place.unlock(passphrase);
	const other = await place.unlock(passphrase);
	const told: string[] = [];
	await vault.watch(() => told.push('vault'));
	const end = await other.watch(() => told.push('other'));
	await vault.change(all => addCredential(all, draft('one'), new Date()));
	await Promise.resolve();
	assert.deepEqual(told, ['other']);
	end();
	await vault.change(all => addCredential(all, draft('two'), new Date()));
	await Promise.resolve();
	assert.deepEqual(told, ['other']);
});
