import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {changePassphrase, checkPassphrase, waysBeside} from '../../source/tasks/change-passphrase.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {keyringSlot} from '../../source/vault/keys/keyring.js';
import {leastCost, passphraseSlot} from '../../source/vault/keys/passphrase.js';
import {newRecoveryKey, recoverySlot} from '../../source/vault/keys/recovery.js';
import {ofCode, temporaryFolder} from '../helpers/vault-samples.js';

const old = new Secret('the old passphrase');
const next = new Secret('the next passphrase');

async function vaultFile(t: Parameters<typeof temporaryFolder>[0]) {
	const place = fileVaultPlace(`${temporaryFolder(t)}/vault.json`, {kdfCost: leastCost});
	return {place, vault: await place.create(old)};
}

/** Nothing of these vaults is in a keyring. */
const noEntry = async (): Promise<never> => {
	throw new Error('nothing is removed from a keyring');
};

const passphrase = {id: 'p', kind: 'passphrase'};
const recovery = {id: 'r', kind: 'recovery'};

test('a new passphrase takes the slot of the one that opened, and one of its own beside a recovery key', () => {
	assert.deepEqual(waysBeside([passphrase, recovery], 'p'), {id: 'p', others: [recovery]});
	const {id, others} = waysBeside([passphrase, recovery], 'r');
	assert.deepEqual(others, [passphrase, recovery]);
	assert.match(id, /^[0-9a-f-]{36}$/);
});

test('the passphrase of an open vault is changed, and the same open vault goes on', async t => {
	const {place, vault} = await vaultFile(t);
	const {slot, others} = await checkPassphrase(place, old);
	assert.deepEqual([slot, others], [vault.ownSlot, []]);
	const {kept, removed, left} = await changePassphrase(vault, slot, next, [], noEntry);
	assert.match(kept ?? '', /vault\.json\.\d{4}-\d\d-\d\d$/);
	assert.deepEqual([removed, left], [[], []]);
	await assert.rejects(place.unlock(old), ofCode('wrong-passphrase'));
	await vault.change(content => ({content, result: undefined}));
	assert.equal((await place.unlock(next)).ownSlot, slot);
	await assert.rejects(checkPassphrase(place, old), ofCode('wrong-passphrase'));
});

test('a recovery key counts as the current passphrase, and is then another way in', async t => {
	const {place, vault} = await vaultFile(t);
	const key = await newRecoveryKey();
	const id = await vault.addSlot(recoverySlot(key));
	const {slot, others} = await checkPassphrase(place, key);
	assert.equal(slot, id);
	assert.deepEqual(
		others.map(({kind, name}) => [kind, name.slice(10)]),
		[
			['passphrase', ' (a passphrase)'],
			['recovery', ' (a recovery key)'],
		],
	);
	const dropped = others.map(each => each.id);
	await changePassphrase(vault, slot, next, dropped, noEntry);
	assert.deepEqual(
		(await place.slots()).map(({kind}) => kind),
		['passphrase'],
	);
	await place.unlock(next);
	for (const gone of [old, key]) await assert.rejects(place.unlock(gone), ofCode('wrong-passphrase'));
});

test('a way in that nobody was asked about is never dropped', async t => {
	const {place, vault} = await vaultFile(t);
	const {slot} = await checkPassphrase(place, old);
	const other = await place.unlock(old);
	await other.addSlot(passphraseSlot(new Secret('of somebody else')));
	await assert.rejects(changePassphrase(vault, slot, next, [], noEntry), ofCode('conflict'));
	await place.unlock(new Secret('of somebody else'));
	await place.unlock(old);
});

test('a passphrase that somebody else changed meanwhile is not changed again', async t => {
	const {place, vault} = await vaultFile(t);
	const {slot} = await checkPassphrase(place, old);
	await changePassphrase(await place.unlock(old), slot, new Secret('theirs, not ours'), [], noEntry);
	await assert.rejects(changePassphrase(vault, slot, next, [], noEntry), ofCode('rekeyed'));
	await place.unlock(new Secret('theirs, not ours'));
});

test('what dropped ways in have in the keyring is removed, or named where it stays', async t => {
	for (const isReachable of [true, false]) {
		const {place, vault} = await vaultFile(t);
		const entries = new Set<string>();
		await vault.addSlot(keyringSlot(async entry => void entries.add(entry)));
		const {slot, others} = await checkPassphrase(place, old);
		const dropped = others.map(each => each.id);
		const removeEntry = async (entry: string): Promise<void> => {
			if (!isReachable) throw new PharmerError('keyring', 'it does not answer');
			entries.delete(entry);
		};
		const changed = await changePassphrase(vault, slot, next, dropped, removeEntry);
		assert.deepEqual([entries.size, changed.entries], isReachable ? [0, undefined] : [1, others.map(({name}) => name)]);
	}
});
