import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {size} from '../helpers/rounds.js';
import {draft, ofCode, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const now = new Date('2024-05-06T07:08:09Z');
const posix = process.platform !== 'win32';

const add = (vault: Vault, name: string, data?: Record<string, string>) =>
	vault.change(content => addCredential(content, draft(name, data), now));

test('a dangling link is a file error, and is not replaced', {skip: !posix}, async t => {
	const folder = temporaryFolder(t);
	const link = path.join(folder, 'link');
	fs.symlinkSync(path.join(folder, 'nothing'), link);
	const place = fileVaultPlace(link, quick);
	assert.equal(place.exists(), true);
	await assert.rejects(place.inspect(), ofCode('file', /link that leads nowhere/));
	await assert.rejects(place.create(passphrase), ofCode('exists'));
	assert.deepEqual(fs.readdirSync(folder), ['link']);
	fs.symlinkSync('round', path.join(folder, 'round'));
	await assert.rejects(
		() => fileVaultPlace(path.join(folder, 'round'), quick).inspect(),
		ofCode('file', /form a loop/),
	);
});

test('a path that is not a regular file is reported as such', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'file');
	fs.writeFileSync(file, '');
	await assert.rejects(() => fileVaultPlace(folder, quick).inspect(), ofCode('file', /it is a directory/));
	await assert.rejects(() => fileVaultPlace('/', quick).inspect(), ofCode('file'));
	await assert.rejects(() => fileVaultPlace('a\0b', quick).inspect(), ofCode('file', /that is not a valid path/));
	await assert.rejects(fileVaultPlace('a\0b', quick).create(passphrase), PharmerError);
	if (!posix) return;
	await assert.rejects(() => fileVaultPlace(path.join(file, 'x'), quick).inspect(), ofCode('file', /not a directory/));
	await assert.rejects(fileVaultPlace(path.join(file, 'x'), quick).create(passphrase), ofCode('file'));
	await assert.rejects(() => fileVaultPlace('/dev/zero', quick).inspect(), ofCode('file', /not a regular file/));
});

test('a file that is filled with zeros or emptied while the vault is open is damaged, whatever its size', async t => {
	// From 1 MiB on, the memory of the file's bytes is given back when the vault is open.
	for (const token of ['short', 'x'.repeat(1_500_000)]) {
		const file = path.join(temporaryFolder(t), 'x.json');
		await add(await fileVaultPlace(file, quick).create(passphrase), 'a', {token});
		const place = fileVaultPlace(file, quick);
		const vault = await place.unlock(passphrase);
		for (const damage of [Buffer.alloc(fs.statSync(file).size), Buffer.alloc(0)]) {
			fs.writeFileSync(file, damage);
			await assert.rejects(vault.read(), ofCode('damaged'));
			await assert.rejects(add(vault, 'b'), ofCode('damaged'));
			assert.ok(fs.readFileSync(file).equals(damage));
			assert.deepEqual(
				fs.readdirSync(path.dirname(file)).filter(name => /-2$/.test(name)),
				[],
			);
		}
	}
});

test('a file that is not a vault is reported as such and left alone', async t => {
	const file = path.join(temporaryFolder(t), 'x.json');
	for (const text of ['', '{}', 'hello', '\u0000\u0001', '{"format":"pharmer-vault"', 'x'.repeat(100_000)]) {
		fs.writeFileSync(file, text);
		await assert.rejects(() => fileVaultPlace(file, quick).inspect(), ofCode('damaged', /not a pharmer vault/));
		await assert.rejects(fileVaultPlace(file, quick).unlock(passphrase), ofCode('damaged'));
		assert.equal(fs.readFileSync(file, 'utf8'), text);
	}
	fs.truncateSync(file, 65 * 2 ** 20);
	await assert.rejects(() => fileVaultPlace(file, quick).inspect(), ofCode('damaged', /larger than 64 MiB/));
});

test('a vault of a newer version is reported as such and left alone, by a change too', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const newer = JSON.stringify({format: 'pharmer-vault', version: 3});
	fs.writeFileSync(file, newer);
	await assert.rejects(
		() => fileVaultPlace(file, quick).inspect(),
		ofCode('newer-version', /newer pharmer.*reads versions up to 2/),
	);
	await assert.rejects(fileVaultPlace(file, quick).unlock(passphrase), ofCode('newer-version'));
	await assert.rejects(vault.read(), ofCode('newer-version'));
	await assert.rejects(add(vault, 'one'), ofCode('newer-version'));
	assert.equal(fs.readFileSync(file, 'utf8'), newer);
});

test('a wrong passphrase is told apart from damage', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	await fileVaultPlace(file, quick).create(passphrase);
	const place = fileVaultPlace(file, quick);
	await assert.rejects(place.unlock(new Secret('another')), ofCode('wrong-passphrase'));
	await assert.rejects(place.unlock(new Secret('')), ofCode('wrong-passphrase'));
	await assert.rejects(place.unlock(new Secret(passphrase.reveal().toUpperCase())), ofCode('wrong-passphrase'));
});

test('every damaged byte of a file is noticed, before a change too, and the file is left unchanged', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const place = fileVaultPlace(file, quick);
	const vault = await place.create(passphrase);
	const bytes = fs.readFileSync(file);
	for (let index = 0; index < bytes.length; index += size(3, 1)) {
		const changed = Buffer.from(bytes);
		changed.writeUInt8(bytes.readUInt8(index) ^ (1 << (index % 8)), index);
		fs.writeFileSync(file, changed);
		const isDamage = (error: unknown) =>
			error instanceof PharmerError && (error.code === 'damaged' || error.code === 'newer-version');
		await assert.rejects(place.inspect(), isDamage, `byte ${index}`);
		await assert.rejects(vault.read(), isDamage, `byte ${index}`);
		if (index % 96 === 0) await assert.rejects(add(vault, 'one'), isDamage, `byte ${index}`);
		assert.ok(fs.readFileSync(file).equals(changed));
	}
	fs.writeFileSync(file, bytes);
	await add(vault, 'one');
});

test('damage by somebody who knows the format is noticed when the vault is opened', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	await add(vault, 'one');
	const other = await fileVaultPlace(path.join(folder, 'other'), quick).create(passphrase);
	const text = fs.readFileSync(file, 'utf8');
	const own = JSON.parse(text);
	const foreign = JSON.parse(fs.readFileSync(other.path, 'utf8'));
	const [ownSlot] = own.slots;
	for (const [what, code, edit] of [
		['generation', 'damaged', {generation: own.generation + 1}],
		['body', 'damaged', {body: foreign.body}],
		['no slots', 'damaged', {slots: []}],
		['slots twice', 'damaged', {slots: [ownSlot, ownSlot]}],
		['a slot more', 'damaged', {slots: [ownSlot, ...foreign.slots]}],
		['foreign slots', 'wrong-passphrase', {slots: foreign.slots}],
		['another id', 'wrong-passphrase', {id: foreign.id}],
		['costlier', 'wrong-passphrase', {slots: [{...ownSlot, kdf: {...ownSlot.kdf, n: 2 ** 16}}]}],
		['too weak', 'damaged', {slots: [{...ownSlot, kdf: {...ownSlot.kdf, n: 2 ** 14}}]}],
		['too costly', 'damaged', {slots: [{...ownSlot, kdf: {...ownSlot.kdf, n: 2 ** 21}}]}],
	] as const) {
		const {checksum: _, ...rest} = {...own, ...edit};
		const checksum = createHash('sha256')
			.update(`${JSON.stringify(rest, undefined, 2)}\n`)
			.digest('hex');
		const forged = `${JSON.stringify({...rest, checksum}, undefined, 2)}\n`;
		fs.writeFileSync(file, forged);
		await assert.rejects(fileVaultPlace(file, quick).unlock(passphrase), ofCode(code), what);
		await assert.rejects(add(vault, 'two'), PharmerError, what);
		assert.equal(fs.readFileSync(file, 'utf8'), forged, what);
	}
	fs.writeFileSync(file, text);
	await add(vault, 'two');
});
