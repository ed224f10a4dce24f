import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {draft, ofCode, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

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

test('a watcher is told each time that a vault goes away, and that it is back', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	let told = 0;
	t.after(await vault.watch(() => told++));
	for (let time = 1; time <= 2; time++) {
		fs.renameSync(file, `${file}.away`);
		await eventually(() => told === 2 * time - 1);
		await assert.rejects(vault.read(), ofCode('no-vault'));
		fs.renameSync(`${file}.away`, file);
		await eventually(() => told === 2 * time);
		await vault.read();
	}
});

test('a watcher is told that the link to a vault leads elsewhere, and of changes there', async t => {
	const folder = temporaryFolder(t);
	const [one, two, link] = ['one', 'two', 'link'].map(name => path.join(folder, name)) as [string, string, string];
	const theirs = await fileVaultPlace(one, quick).create(passphrase);
	fs.copyFileSync(one, two);
	fs.symlinkSync(one, link);
	const vault = await fileVaultPlace(link, quick).unlock(passphrase);
	let told = 0;
	t.after(await vault.watch(() => told++));
	const other = await fileVaultPlace(two, quick).unlock(passphrase);
	await add(other, 'there');
	assert.equal(told, 0);
	fs.rmSync(link);
	fs.symlinkSync(two, link);
	await eventually(() => told === 1);
	assert.equal((await vault.read()).credentials.length, 1);
	await add(other, 'more');
	await eventually(() => told === 2);
	await add(theirs, 'elsewhere');
	assert.equal((await vault.read()).credentials.length, 2);
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
