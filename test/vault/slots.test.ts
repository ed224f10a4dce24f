import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {openEnvelope, parseEnvelope} from '../../source/vault/format/envelope.js';
import {passphraseOpener, passphraseSlot} from '../../source/vault/keys/passphrase.js';
import {newRecoveryKey, recoveryOpener, recoverySlip, recoverySlot} from '../../source/vault/keys/recovery.js';
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

const other = new Secret('another passphrase');
const otherSlot = passphraseSlot(other);
const wrong = ofCode('wrong-passphrase');

const namesIn = async (place: VaultPlace, secret: Secret) =>
	(await (await place.unlock(secret)).read()).credentials.map(({name}) => String(name));
const add = (vault: Vault, name: string) =>
	vault.change(content => addCredential(content, draft(name), new Date('2027-01-01T00:00:00Z')));

async function made(t: Parameters<typeof temporaryFolder>[0]) {
	const file = path.join(temporaryFolder(t), 'vault.json');
	const place = fileVaultPlace(file, quick);
	const vault = await place.create(passphrase);
	await add(vault, 'one');
	return {file, place, vault};
}

test('each passphrase opens the vault, and one that is removed no longer does', async t => {
	const {place, vault} = await made(t);
	const id = await vault.addSlot(otherSlot);
	assert.deepEqual(await namesIn(place, passphrase), ['one']);
	assert.deepEqual(await namesIn(place, other), ['one']);
	assert.deepEqual(
		(await place.slots()).map(slot => [slot.id, slot.kind]),
		[
			[vault.ownSlot, 'passphrase'],
			[id, 'passphrase'],
		],
	);
	assert.equal((await place.unlock(other)).ownSlot, id);
	await vault.removeSlot(id);
	await assert.rejects(place.unlock(other), wrong);
	await assert.rejects(vault.removeSlot(id), ofCode('not-found'));
	assert.deepEqual(await namesIn(place, passphrase), ['one']);
});

test('a recovery key opens the vault, however its words are written, and no other words do', async t => {
	const {place, vault} = await made(t);
	const key = await newRecoveryKey();
	const words = key.reveal().split(' ');
	assert.equal(words.length, 12);
	assert.ok(words.every(word => /^[a-z]{3,8}$/.test(word)));
	await assert.rejects(place.unlock(key), wrong);
	const id = await vault.addSlot(recoverySlot(key));
	const numbered = words.map((word, index) => `${index + 1}. ${word}`).join(', ');
	for (const text of [
		key.reveal(),
		`  ${words.join('\n ')}\t`,
		key.reveal().toUpperCase(),
		words.join('-'),
		numbered,
	]) {
		assert.equal((await place.unlock(new Secret(text))).ownSlot, id);
	}
	const swapped = [words[1], words[0], ...words.slice(2)].join(' ');
	for (const text of [words.slice(1).join(' '), `${key.reveal()} ${words[0]}`, swapped === key.reveal() ? '' : swapped])
		await assert.rejects(place.unlock(new Secret(text)), wrong);
	await assert.rejects(place.unlock(await newRecoveryKey()), wrong);
	assert.deepEqual(await namesIn(place, passphrase), ['one']);
});

test('what is wrong with the words of a recovery key is told without the words', async () => {
	const words = (await newRecoveryKey()).reveal().split(' ');
	const slipOf = (typed: readonly string[]) => recoverySlip(new Secret(typed.join(' ')));
	assert.equal(await slipOf(words.toSpliced(6, 1, 'sufer')), "word 7 is none of a recovery key's");
	assert.equal(await slipOf(['zzz', ...words.slice(1, 11), 'zzz']), "words 1 and 12 are none of a recovery key's");
	assert.match((await slipOf(words)) ?? '', /of another vault, or one that was removed/);
	// Twelve times the same word has no right checksum.
	assert.match((await slipOf(Array.from({length: 12}, () => 'abandon'))) ?? '', /is wrong, or in the place of another/);
	for (const other of [
		words.slice(1),
		[...words, 'more'],
		['correct horse battery staple'],
		'qqq '.repeat(12).split(' '),
	])
		assert.equal(await slipOf(other), undefined);
});

test('recovery keys are random', async () => {
	const keys = await Promise.all(Array.from({length: 50}, async () => (await newRecoveryKey()).reveal()));
	assert.equal(new Set(keys).size, 50);
	assert.ok(new Set(keys.flatMap(key => key.split(' '))).size > 300);
});

test('a recovery key is bound to its vault and its slot', async t => {
	const {file, vault} = await made(t);
	const key = await newRecoveryKey();
	await vault.addSlot(recoverySlot(key));
	const {id, slots} = JSON.parse(fs.readFileSync(file, 'utf8'));
	const opens = async (vaultId: string, change: object) =>
		(await recoveryOpener(key).open(vaultId, [{...slots[1], ...change}])) !== undefined;
	assert.equal(await opens(id, {}), true);
	assert.equal(await opens('11111111-2222-4333-8444-555555555555', {}), false);
	assert.equal(await opens(id, {id: slots[0].id}), false);
	assert.equal(await opens(id, {kdf: {name: 'hkdf-sha256', salt: Buffer.alloc(16).toString('base64')}}), false);
});

test('the last passphrase or recovery key is never removed', async t => {
	const {place, vault} = await made(t);
	await assert.rejects(vault.removeSlot(ownSlotOf(vault)), ofCode('invalid', /no passphrase and no recovery key/));
	await assert.rejects(
		vault.rekey(new Map(), await vault.slots()),
		ofCode('invalid', /no passphrase and no recovery key/),
	);
	const key = await newRecoveryKey();
	await vault.addSlot(recoverySlot(key));
	await vault.removeSlot(ownSlotOf(vault));
	await assert.rejects(place.unlock(passphrase), wrong);
	assert.deepEqual(await namesIn(place, key), ['one']);
});

test('a vault has at most eight passphrases, and says so before it derives more', async t => {
	const {place, vault} = await made(t);
	const [own] = await place.slots();
	for (let count = 1; count < 7; count++) await vault.addSlot(async (_, __, id) => ({...own, id, kind: 'passphrase'}));
	await vault.addSlot(passphraseSlot(new Secret('number 7')));
	await assert.rejects(vault.addSlot(otherSlot), ofCode('invalid', /as many ways in as it can have/));
	assert.deepEqual(await namesIn(place, new Secret('number 7')), ['one']);
	await vault.addSlot(recoverySlot(await newRecoveryKey()));
});

test('after a new key, an older file and its passphrase open nothing that is written later', async t => {
	const {file, place, vault} = await made(t);
	await vault.addSlot(otherSlot);
	const older = parseEnvelope(fs.readFileSync(file), file);
	const stolen = await passphraseOpener(other).open(older.id, older.slots);
	assert.ok(stolen !== undefined && openEnvelope(older, stolen.key) !== undefined);
	const {kept, unkept, left} = await changePassphrase(vault, passphrase.reveal());
	assert.deepEqual([unkept, left], [undefined, []]);
	await add(vault, 'two');
	for (const each of [file, kept ?? '']) {
		const newer = parseEnvelope(fs.readFileSync(each), each);
		assert.equal(openEnvelope(newer, stolen.key), undefined);
	}
	assert.deepEqual(
		fs.readdirSync(path.dirname(file)).sort(),
		[file, kept ?? '', `${file}.seen`].map(each => path.basename(each)),
	);
	await assert.rejects(place.unlock(other), wrong);
	assert.deepEqual(await namesIn(place, passphrase), ['one', 'two']);
});

test('a new key keeps the ways in that are made again, with their ids', async t => {
	const {place, vault} = await made(t);
	const id = await vault.addSlot(otherSlot);
	const dropped = await newRecoveryKey();
	await vault.addSlot(recoverySlot(dropped));
	const makers = new Map([
		[ownSlotOf(vault), passphraseSlot(new Secret('new'))],
		[id, otherSlot],
	]);
	await vault.rekey(makers, await vault.slots());
	assert.deepEqual(
		(await place.slots()).map(slot => slot.id),
		[vault.ownSlot, id],
	);
	for (const secret of [new Secret('new'), other]) assert.deepEqual(await namesIn(place, secret), ['one']);
	for (const secret of [passphrase, dropped]) await assert.rejects(place.unlock(secret), wrong);
	await add(vault, 'two');
});

test('a new key is refused when the ways in are not those that were asked about, and nothing is written', async t => {
	const {file, place, vault} = await made(t);
	const elsewhere = await place.unlock(passphrase);
	const makers = new Map([[ownSlotOf(vault), passphraseSlot(new Secret('new'))]]);
	const before = await vault.slots();
	const id = await elsewhere.addSlot(otherSlot);
	await assert.rejects(vault.rekey(makers, before), ofCode('conflict', /changed by somebody else/));
	assert.deepEqual(await namesIn(place, other), ['one']);

	const with2 = await vault.slots();
	await elsewhere.removeSlot(id);
	const revived = vault.rekey(new Map([...makers, [id, otherSlot]]), with2);
	await assert.rejects(revived, ofCode('conflict', /changed by somebody else/));
	await assert.rejects(place.unlock(other), wrong);
	assert.equal(JSON.parse(fs.readFileSync(file, 'utf8')).slots.length, 1);
	await add(vault, 'two');
});

test('a slot that was made for a key that is gone is never added', async t => {
	const {place, vault} = await made(t);
	const late = vault.addSlot(async (...slot) => {
		await changePassphrase(vault, 'new');
		return otherSlot(...slot);
	});
	await assert.rejects(late, ofCode('rekeyed'));
	await assert.rejects(place.unlock(other), wrong);
	assert.deepEqual(await namesIn(place, new Secret('new')), ['one']);
});

const firstVersion = fileURLToPath(new URL('../fixtures/vault-v1.json', import.meta.url));
const firstPassphrase = new Secret('pässword – contraseña 密码 🔑');

test('a new key removes the copy of version 1, which the old passphrase opens, and no other file', async t => {
	const file = path.join(temporaryFolder(t), 'vault.json');
	fs.copyFileSync(firstVersion, file);
	const options = {...quick, now: () => new Date('2026-11-29T12:00:00Z')};
	const vault = await fileVaultPlace(file, options).unlock(firstPassphrase);
	const kept = `${fs.realpathSync(file)}.2026-11-29`;
	const first = `${fs.realpathSync(file)}.v1`;
	assert.deepEqual(await changePassphrase(vault, 'new'), {kept, removed: [first], left: []});
	assert.deepEqual(fs.readdirSync(path.dirname(file)).sort(), [
		'vault.json',
		'vault.json.2026-11-29',
		'vault.json.seen',
	]);
	for (const make of [
		() => fs.writeFileSync(`${file}.v1`, 'mine'),
		() => fs.copyFileSync(firstVersion, `${file}.v1`),
		() => fs.mkdirSync(`${file}.v1`),
	]) {
		make();
		const again = await fileVaultPlace(file, options).unlock(new Secret('new'));
		const isOurs = fs.statSync(`${file}.v1`).size > 100 && fs.statSync(`${file}.v1`).isFile();
		assert.deepEqual(await changePassphrase(again, 'new'), {kept, removed: isOurs ? [first] : [], left: []});
		assert.equal(fs.existsSync(`${file}.v1`), !isOurs);
		fs.rmSync(`${file}.v1`, {recursive: true, force: true});
	}
});
