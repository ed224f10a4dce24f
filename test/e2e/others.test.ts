import assert from 'node:assert/strict';
import {chmodSync, chownSync, copyFileSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {runProgram, temporaryHome} from '../helpers/program.js';

const passphrase = 'correct horse battery staple';
const user = 65_534;
const onlyRoot = {skip: process.getuid?.() === 0 ? false : 'only root runs the program as somebody else'};

/** A user's home with a vault of theirs at the usual place, and ways to run the program there as them and as root. */
async function usersHome(context: TestContext) {
	const home = temporaryHome(context);
	chownSync(home, user, user);
	const options = {home, environment: {PHARMER_PASSPHRASE: passphrase}};
	const asUser = (...args: readonly string[]) => runProgram({...options, args, user, input: '{"token": "x"}'});
	const asRoot = (...args: readonly string[]) => runProgram({...options, args});
	assert.equal((await asUser('create', 'cred', 'one', '-p', 'generic', '-f', '-')).code, 0);
	const folder = join(home, '.config', 'pharmer');
	return {folder, vault: join(folder, 'vault.json'), asUser, asRoot};
}

test("after root's edit a user is told of an older vault that was put back", onlyRoot, async context => {
	const {folder, vault, asUser, asRoot} = await usersHome(context);
	const older = join(folder, 'older');
	copyFileSync(vault, older);
	const edited = await asRoot('edit', 'credential', 'one', '--note', 'x');
	assert.equal(edited.code, 0, edited.stderr);
	assert.equal((await asUser('get', 'credentials', '-o', 'name')).stdout, 'one\n');
	copyFileSync(older, vault);
	const {code, stdout, stderr} = await asUser('get', 'credentials');
	assert.deepEqual([code, stdout], [8, '']);
	assert.match(stderr, /is older than it was/);
});

test('a memory that can not be read is told with its file, the reason and what to do', onlyRoot, async context => {
	const {folder, vault, asUser} = await usersHome(context);
	chownSync(`${vault}.seen`, 0, 0);
	const before = readFileSync(vault);
	for (const args of [
		['get', 'credentials'],
		['edit', 'credential', 'one', '--note', 'x'],
	]) {
		const {code, stdout, stderr} = await asUser(...args);
		assert.deepEqual([code, stdout], [9, '']);
		assert.match(stderr, /can't read `.*vault\.json\.seen`: permission denied\n.*make it yours.*--accept-rollback/);
	}
	assert.ok(readFileSync(vault).equals(before));
	const accepted = await asUser('get', 'credentials', '-o', 'name', '--accept-rollback');
	assert.deepEqual([accepted.code, accepted.stdout], [0, 'one\n'], accepted.stderr);
	assert.equal(statSync(`${vault}.seen`).uid, user);
	assert.equal((await asUser('get', 'credentials', '-o', 'name')).stdout, 'one\n');

	chownSync(`${vault}.seen`, 0, 0);
	chmodSync(folder, 0o500);
	const stuck = await asUser('get', 'credentials', '--accept-rollback');
	assert.deepEqual([stuck.code, stuck.stdout], [9, '']);
	assert.match(stuck.stderr, /can't replace `.*vault\.json\.seen`: permission denied\nremove it, or copy the vault/);
});
