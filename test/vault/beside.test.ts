import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import {readSealedVault, writeBackup} from '../../source/vault/sealed-vault.js';
import {draft, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const posix = process.platform !== 'win32';

test('a pipe, a device or a link beside the vault neither blocks it nor is followed', {
	skip: posix ? false : 'SKIPPED: Windows has no named pipes in folders',
}, async context => {
	const folder = temporaryFolder(context);
	const file = path.join(folder, 'vault.json');
	const place = fileVaultPlace(file, {...quick, waitMs: 200});
	const vault = await place.create(passphrase);
	const target = path.join(folder, 'target');
	const makers: readonly ((at: string) => void)[] = [
		at => assert.equal(spawnSync('mkfifo', [at]).status, 0),
		at => symlinkSync('/dev/zero', at),
		at => {
			writeFileSync(target, 'mine');
			symlinkSync(target, at);
		},
	];
	for (const [index, make] of makers.entries()) {
		for (const suffix of ['.seen', '.next']) {
			rmSync(`${file}${suffix}`, {force: true});
			make(`${file}${suffix}`);
			assert.equal(
				(await (await place.unlock(passphrase)).read()).credentials.length,
				(await vault.read()).credentials.length,
			);
			await vault.change(content => addCredential(content, draft(`n${index}${suffix}`), new Date()));
			rmSync(`${file}${suffix}`, {force: true});
		}
		make(`${file}.lock`);
		await assert.rejects(
			vault.change(content => addCredential(content, draft(`x${index}`), new Date())),
			(error: unknown) => ['file', 'busy'].includes((error as {code: string}).code),
		);
		rmSync(`${file}.lock`);
	}
	assert.equal(readFileSync(target, 'utf8'), 'mine');
	assert.equal((await vault.read()).credentials.length, 6);
});

test('a pipe where a writer leaves a vault does not keep a backup from being put in place', {
	skip: posix ? false : 'SKIPPED: Windows has no named pipes in folders',
}, async context => {
	const folder = temporaryFolder(context);
	const [file, backup] = ['vault.json', 'backup.json'].map(name => path.join(folder, name)) as [string, string];
	const place = fileVaultPlace(file, quick);
	await (await place.create(passphrase)).close();
	writeBackup(backup, await place.sealed());
	for (const [text, put] of [
		['damaged', () => place.supplant(readSealedVault(backup))],
		[undefined, () => place.put(readSealedVault(backup))],
	] as const) {
		rmSync(file);
		if (text !== undefined) writeFileSync(file, text);
		assert.equal(spawnSync('mkfifo', [`${file}.next`]).status, 0);
		await put();
		assert.equal((await (await place.unlock(passphrase)).read()).credentials.length, 0);
		rmSync(`${file}.next`, {force: true});
	}
});

test('a complete copy beside a damaged vault is kept', async context => {
	const file = path.join(temporaryFolder(context), 'vault.json');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	const whole = readFileSync(file, 'utf8');
	writeFileSync(`${file}.next`, whole);
	writeFileSync(file, whole.slice(0, 900) + '\0'.repeat(whole.length - 900));
	await assert.rejects(
		vault.change(content => addCredential(content, draft('x'), new Date())),
		{code: 'damaged'},
	);
	assert.equal(readFileSync(`${file}.next`, 'utf8'), whole);
});
