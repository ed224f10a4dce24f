import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {draft, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const add = (vault: Vault, name: string) => vault.change(content => addCredential(content, draft(name), new Date()));

/** Waits until a condition holds, however slow a loaded machine is. */
async function eventually(holds: () => boolean): Promise<void> {
	for (let tries = 0; !holds(); tries++) {
		assert.ok(tries < 1200, 'it never came to hold');
		await delay(25);
	}
}

test('a watcher is told of changes by others, not of its own, and of none after it ends', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	const place = fileVaultPlace(file, quick);
	const vault = await place.create(passphrase);
	const other = await place.unlock(passphrase);
	let told = 0;
	let toldOther = 0;
	const end = await vault.watch(() => told++);
	const endOther = await other.watch(() => toldOther++);
	t.after(() => {
		end();
		endOther();
	});
	await add(vault, 'mine');
	await eventually(() => toldOther === 1);
	assert.equal(told, 0);
	await other.read();
	await add(other, 'theirs');
	await eventually(() => told === 1);
	assert.equal(toldOther, 1);
	assert.equal((await vault.read()).credentials.length, 2);
	end();
	await add(other, 'more');
	await add(vault, 'own');
	await eventually(() => toldOther === 2);
	assert.equal(told, 1);
});

test('a watcher is told of a change by somebody else even when its own comes right after', async t => {
	const place = fileVaultPlace(path.join(temporaryFolder(t), 'v'), quick);
	const vault = await place.create(passphrase);
	const other = await place.unlock(passphrase);
	let told = 0;
	t.after(await vault.watch(() => told++));
	await add(other, 'theirs');
	await add(vault, 'mine');
	await eventually(() => told === 1);
});

test('a watcher is told that a vault went away, and does not make it again', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	let told = 0;
	t.after(await vault.watch(() => told++));
	fs.rmSync(file);
	await eventually(() => told === 1);
	t.after(await vault.watch(() => told++));
	assert.deepEqual(fs.readdirSync(folder), ['v.seen']);
});

test('a process that watches can still end', async t => {
	const folder = temporaryFolder(t);
	const script = await bundleScript('vault-child.ts', folder);
	const file = path.join(folder, 'v');
	await fileVaultPlace(file, quick).create(passphrase);
	const child = startChild(script, ['watch', file]);
	assert.deepEqual(await child.ended, {code: 0, signal: null});
	assert.deepEqual([...child.lines], ['watching']);
});
