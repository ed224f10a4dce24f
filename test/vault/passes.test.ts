import '../helpers/alone.js';
import assert from 'node:assert/strict';
import {Hash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential, replaceCredential} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {withFault} from '../helpers/disk-faults.js';
import {draft, ofCode, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

/** What only a whole vault is as long as. */
const large = 100_000;

/** How often all of a vault is read, written, synced and hashed, and the letters that are parsed and made into text. */
type Passes = {reads: number; writes: number; syncs: number; hashes: number; parsed: number; spelled: number};

const lengthOf = (data: unknown): number => (typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0);

async function passesOf(file: string, work: () => Promise<unknown>): Promise<Passes> {
	const passes: Passes = {reads: 0, writes: 0, syncs: 0, hashes: 0, parsed: 0, spelled: 0};
	const counted = (owner: object, name: string, count: (first: unknown, result: unknown) => void): (() => void) => {
		const method = Reflect.get(owner, name);
		Reflect.set(owner, name, function (this: unknown, ...parameters: unknown[]) {
			const result = method.apply(this, parameters);
			count(parameters[0], result);
			return result;
		});
		return () => Reflect.set(owner, name, method);
	};
	const ends = [
		counted(Hash.prototype, 'update', data => {
			if (lengthOf(data) >= large) passes.hashes++;
		}),
		counted(JSON, 'parse', text => {
			passes.parsed += lengthOf(text);
		}),
		counted(JSON, 'stringify', (_, text) => {
			passes.spelled += lengthOf(text);
		}),
	];
	const error = await withFault(work, (name, call, [first, data]) => {
		if (name === 'readFileSync' && first === file) passes.reads++;
		if (/^write(File)?Sync$/.test(name) && lengthOf(data) >= large) passes.writes++;
		if (name === 'fsyncSync') passes.syncs++;
		return call();
	});
	for (const end of ends) end();
	assert.equal(error, undefined);
	return passes;
}

/** A vault of some hundred credentials, all the same length. */
async function vaultAt(file: string): Promise<Vault> {
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	for (let part = 0; part < 4; part++) {
		await vault.change(content => {
			let changed = content;
			for (let each = 0; each < 100; each++)
				changed = addCredential(changed, draft(`c${part}-${each}`, {token: 'x'.repeat(500)}), new Date()).content;
			return {content: changed, result: undefined};
		});
	}
	return vault;
}

test('a change of one credential is as few passes over the vault as its promises allow', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await vaultAt(file);
	const {size} = fs.statSync(file);
	assert.ok(size > 2 * large);
	const {parsed, spelled, ...passes} = await passesOf(file, () =>
		vault.change(content => {
			const [basis] = content.credentials;
			assert.ok(basis !== undefined);
			return replaceCredential(content, basis, {...basis, note: 'new'}, new Date());
		}),
	);
	t.diagnostic(JSON.stringify({...passes, parsed: parsed / size, spelled: spelled / size}));
	// Before the change, under the lock, by conf, and after the write; by this program and by conf; those and the
	// directory, and the memory of the newest state; what is written, what is checked of it, and its tag.
	assert.deepEqual(passes, {reads: 4, writes: 2, syncs: 4, hashes: 5});
	assert.ok(parsed < size / 10, 'only what is new is parsed');
	assert.ok(spelled < size, 'all is spelled once');
	await vault.close();
});

test('a locked vault is looked at in parts, and told apart from a damaged one all the same', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	await (await vaultAt(file)).close();
	const place = fileVaultPlace(file, quick);
	let longest = 0;
	const look = async (): Promise<void> => {
		const error = await withFault(
			() => place.inspect(),
			(name, call, parameters) => {
				if (name === 'readSync') longest = Math.max(longest, Number(parameters[3]));
				assert.notEqual(name === 'readFileSync' && parameters[0], file);
				return call();
			},
		);
		if (error !== undefined) throw error;
	};
	await look();
	assert.ok(longest > 0 && longest <= 64 * 1024, `${longest} bytes at once`);
	const bytes = fs.readFileSync(file);
	for (const at of [0, 30, 300, bytes.length >> 1, bytes.length - 50, bytes.length - 1]) {
		const changed = Buffer.from(bytes);
		changed[at] = (changed[at] ?? 0) ^ 1;
		fs.writeFileSync(file, changed);
		await assert.rejects(place.inspect(), ofCode('damaged'), `at ${at}`);
	}
	fs.writeFileSync(file, bytes.toString().replace('"version": 2', '"version": 3'));
	await assert.rejects(place.inspect(), ofCode('newer-version'));
	fs.writeFileSync(file, bytes);
	await look();
});
