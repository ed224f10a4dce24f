import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {parseSlots} from '../../source/vault/format/slots.js';
import {keyringEntry, keyringOpener, keyringSlot} from '../../source/vault/keys/keyring.js';
import {addCredential} from '../../source/vault/operations.js';
import {decryptVault} from '../helpers/independent-decryptor.js';
import {
	changePassphrase,
	draft,
	ofCode,
	ownSlotOf,
	passphrase,
	quick,
	temporaryFolder,
} from '../helpers/vault-samples.js';

/** A vault with a keyring slot, and the entries of that keyring. */
async function made(t: TestContext) {
	const file = path.join(temporaryFolder(t), 'vault.json');
	const place = fileVaultPlace(file, quick);
	const vault = await place.create(passphrase);
	const entries = new Map<string, Buffer>();
	const given: Buffer[] = [];
	const id = await vault.addSlot(
		keyringSlot(async (entry, key) => {
			entries.set(entry, Buffer.from(key));
			given.push(key);
		}),
	);
	const found: Buffer[] = [];
	const opener = keyringOpener(async entry => {
		const key = entries.get(entry);
		if (key !== undefined) found.push(Buffer.from(key));
		return key && found.at(-1);
	});
	return {file, place, vault, id, entry: keyringEntry(vault.id, id), entries, given, found, opener};
}

const wrong = ofCode('wrong-passphrase');
const isZero = (bytes: Buffer) => bytes.every(byte => byte === 0);
const slotsIn = (file: string) => JSON.parse(fs.readFileSync(file, 'utf8')).slots;

test('a key in a keyring opens the vault, and is left nowhere in memory', async t => {
	const {place, vault, id, entry, entries, given, found, opener} = await made(t);
	assert.deepEqual([...entries.keys()], [entry]);
	assert.equal(entries.get(entry)?.length, 32);
	assert.equal((await place.open(opener)).ownSlot, id);
	assert.deepEqual([given.length, found.length], [1, 1]);
	assert.ok([...given, ...found].every(isZero));
	assert.deepEqual(
		(await vault.slots()).map(({kind}) => kind),
		['passphrase', 'keyring'],
	);
});

test('a key of another size or another key does not open the vault', async t => {
	const {place, entry, entries, opener} = await made(t);
	for (const key of [Buffer.alloc(32), Buffer.alloc(31), Buffer.alloc(0), Buffer.alloc(33)]) {
		entries.set(entry, key);
		await assert.rejects(place.open(opener), wrong);
	}
	entries.clear();
	await assert.rejects(place.open(opener), wrong);
});

test('a keyring slot is bound to its vault and its id', async t => {
	const {vault, entry, entries} = await made(t);
	const slots = await vault.slots();
	const any = keyringOpener(async () => Buffer.from(entries.get(entry) ?? []));
	assert.ok(await any.open(vault.id, slots));
	assert.equal(await any.open('11111111-2222-4333-8444-555555555555', slots), undefined);
	const [first] = slots;
	const renamed = slots.filter(({kind}) => kind === 'keyring').map(slot => ({...slot, id: first?.id ?? ''}));
	assert.equal(await any.open(vault.id, renamed), undefined);
});

test('a vault never has a keyring as its only way in', async t => {
	const {place, vault, id, opener} = await made(t);
	await assert.rejects(vault.removeSlot(ownSlotOf(vault)), ofCode('invalid', /no passphrase and no recovery key/));
	const again = keyringSlot(async () => {});
	await assert.rejects(vault.rekey(new Map([[id, again]]), await vault.slots()), ofCode('invalid'));
	assert.equal((await place.open(opener)).ownSlot, id);
});

test('a keyring that refuses leaves the vault as it was', async t => {
	const {file, vault} = await made(t);
	const before = fs.readFileSync(file);
	let seen: Buffer | undefined;
	const refusing = keyringSlot(async (_, key) => {
		seen = key;
		throw new Error('refused');
	});
	await assert.rejects(vault.addSlot(refusing), /refused/);
	assert.ok(fs.readFileSync(file).equals(before));
	assert.ok(seen !== undefined && isZero(seen));
});

test('the keyring slot of another machine is kept to the byte by changes, and others still read the file', async t => {
	const {file, place, vault, id} = await made(t);
	const [, before] = slotsIn(file);
	assert.deepEqual(Object.keys(before), ['id', 'kind', 'nonce', 'key']);
	await vault.change(content => addCredential(content, draft('one'), new Date('2027-01-01T00:00:00Z')));
	const other = await place.unlock(passphrase);
	await other.removeSlot(await other.addSlot(keyringSlot(async () => {})));
	assert.deepEqual(slotsIn(file)[1], before);
	assert.ok(fs.readFileSync(file, 'utf8').includes(`"id": "${id}",\n      "kind": "keyring",\n      "nonce": `));
	const content = decryptVault(file, passphrase.reveal()) as {credentials: readonly {name: string}[]};
	assert.deepEqual(
		content.credentials.map(({name}) => name),
		['one'],
	);
	await changePassphrase(other, 'new');
	assert.equal(slotsIn(file).length, 1);
});

test('a keyring slot of another shape is damage', async t => {
	const {file} = await made(t);
	const [first, slot] = slotsIn(file);
	assert.equal(parseSlots([first, slot], 2).length, 2);
	const {key: _, ...short} = slot;
	for (const bad of [
		{...slot, kdf: {}},
		short,
		{...slot, key: Buffer.alloc(47).toString('base64')},
		{...slot, nonce: `${slot.nonce} `},
		{...slot, id: 'x'},
		{...slot, id: first.id},
	]) {
		assert.throws(() => parseSlots([first, bad], 2), {name: 'Damage'});
	}
	assert.throws(() => parseSlots([slot], 2), {name: 'Damage'});
	assert.throws(() => parseSlots([first, slot], 1), {name: 'Damage'});
});
