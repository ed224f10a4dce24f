import assert from 'node:assert/strict';
import {chmodSync, chownSync, copyFileSync, readFileSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {openProgram, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, usualVault} from '../helpers/quick-vault.js';

const user = 65_534;
const onlyRoot = {skip: process.getuid?.() === 0 ? false : 'only root runs the program as somebody else'};

/** A user's home with a vault of theirs at the usual place, and ways to run the program there as them and as root. */
async function usersHome(context: TestContext) {
	const home = temporaryHome(context);
	const vault = usualVault(home);
	const folder = dirname(vault);
	await putVault(vault);
	for (const each of [home, dirname(folder), folder, vault, `${vault}.seen`]) chownSync(each, user, user);
	const options = {home, environment: {PHARMER_PASSPHRASE: passphrase}};
	const asUser = (...args: readonly string[]) => runProgram({...options, args, user, input: '{"token": "x"}'});
	const asRoot = (...args: readonly string[]) => runProgram({...options, args});
	assert.equal((await asUser('create', 'cred', 'one', '-p', 'generic', '-f', '-')).code, 0);
	return {folder, vault, asUser, asRoot};
}

test("an older vault put back after root's edit is reported to the user", onlyRoot, async context => {
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

test('a memory that cannot be read is reported with its file, the reason and the remedy', onlyRoot, async context => {
	const {folder, vault, asUser} = await usersHome(context);
	chownSync(`${vault}.seen`, 0, 0);
	const before = readFileSync(vault);
	for (const args of [
		['get', 'credentials'],
		['edit', 'credential', 'one', '--note', 'x'],
	]) {
		const {code, stdout, stderr} = await asUser(...args);
		assert.deepEqual([code, stdout], [9, '']);
		assert.match(
			stderr,
			/can't read `.*vault\.json\.seen`: permission denied\n.*make yourself its owner again.*--accept-rollback/,
		);
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

const onPosix = {skip: process.platform === 'win32' ? 'Windows has no permission bits' : false};

/** A home with a vault that everybody may read and in whose directory everybody may write. */
async function openHome(context: TestContext) {
	const home = temporaryHome(context);
	const vault = usualVault(home);
	const folder = dirname(vault);
	await putVault(vault);
	const environment = {PHARMER_PASSPHRASE: passphrase};
	const run = (...args: readonly string[]) => runProgram({home, environment, args, input: '{"token": "x"}'});
	assert.equal((await run('create', 'cred', 'one', '-p', 'generic', '-f', '-')).stderr.includes('warning'), false);
	chmodSync(folder, 0o777);
	chmodSync(vault, 0o644);
	const modes = () => [folder, vault].map(each => (statSync(each).mode & 0o777).toString(8));
	return {home, environment, run, folder, vault, modes};
}

test('a vault that others can access causes a warning and keeps its permissions', onPosix, async context => {
	const {run, folder, vault, modes} = await openHome(context);
	const {code, stdout, stderr} = await run('get', 'credentials', '-o', 'name');
	assert.deepEqual([code, stdout], [0, 'one\n']);
	assert.equal(
		stderr,
		`warning: others can write in \`${folder}\`: \`chmod go-w\` closes it\nwarning: others can read \`${vault}\`: \`chmod go-rwx\` closes it\n`,
	);
	assert.deepEqual(modes(), ['777', '644']);
});

test(
	'pharmer offers to keep others out before it asks for the passphrase, and echoes no passphrase',
	onPosix,
	async context => {
		const {home, folder, modes} = await openHome(context);
		const terminal = openProgram(context, {home, args: ['get', 'credentials', '-o', 'name'], columns: 200});
		await terminal.see(/Others can write in `.*`\. Close it with `chmod go-w`\? \[y\/N\]/);
		terminal.press(passphrase, 'enter');
		await terminal.see(
			/warning: others can write in[\s\S]*Others can read `.*`\. Close it with `chmod go-rwx`\? \[y\/N\]/,
		);
		terminal.press('y', 'enter');
		await terminal.see(/Closed: others can't read `.*` any more\.\s+Passphrase:/);
		terminal.press(passphrase, 'enter');
		assert.equal(await terminal.ended(), 0);
		assert.ok(!terminal.written().includes('correct'));
		assert.deepEqual(modes(), ['777', '600']);
		chmodSync(folder, 0o700);
		const again = openProgram(context, {home, args: ['get', 'credentials', '-o', 'name'], columns: 200});
		await again.see(/^Passphrase:/);
	},
);

test('the app warns about access by others whether or not it asks for the passphrase', onPosix, async context => {
	const {home, environment, folder, modes} = await openHome(context);
	const given = openProgram(context, {home, environment, columns: 120});
	await given.see(/one[\s\S]*Others can write in/);
	given.press('q');
	assert.equal(await given.ended(), 0);
	assert.deepEqual(modes(), ['777', '644']);
	const asked = openProgram(context, {home, columns: 120});
	await asked.see(/Others can write in its directory, and read it\.[\s\S]*ctrl\+g keep others out/);
	asked.press('ctrl+g');
	await asked.see(/Nobody else can get at the vault now\./);
	assert.deepEqual(modes(), ['755', '600']);
	asked.press(passphrase, 'enter');
	await asked.see(/one/);
	asked.press('q');
	assert.equal(await asked.ended(), 0);
	assert.equal(statSync(folder).isDirectory(), true);
});
