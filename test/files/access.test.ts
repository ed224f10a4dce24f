import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {withLock} from '../../source/files/lock.js';
import {changeFile} from '../../source/platform/changed-file.js';
import {settingsFile} from '../../source/platform/settings-file.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {counterAt} from '../helpers/counter-vault.js';
import {size} from '../helpers/rounds.js';
import {draft, namesBeside, ofCode, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const user = 65_534;
const onlyRoot = {skip: process.getuid?.() === 0 ? false : 'only root writes as somebody else'};
const add = (vault: Vault, name: string) =>
	vault.change(content => addCredential(content, draft(name), new Date('2024-05-06T07:08:09Z')));
const access = (file: string) => {
	const {uid, gid, mode} = fs.statSync(file);
	return [uid, gid, (mode & 0o777).toString(8)].join(' ');
};
const users = `${user} ${user} 600`;

/** A user's directory with their vault, and a process of theirs that uses it. */
async function usersVault(t: TestContext) {
	const folder = temporaryFolder(t);
	fs.chmodSync(folder, 0o755);
	const script = await bundleScript('vault-child.ts', folder);
	const directory = path.join(folder, 'home');
	const file = path.join(directory, 'vault.json');
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	for (const each of [directory, file, `${file}.seen`]) fs.chownSync(each, user, user);
	async function attempt(): Promise<readonly string[]> {
		const child = startChild(script, ['attempt', file], user);
		await child.ended;
		return child.lines;
	}
	return {directory, file, vault, attempt};
}

test(
	"files that root leaves beside a user's vault belong to the user, and an older vault put back is noticed",
	onlyRoot,
	async t => {
		const {directory, file, vault, attempt} = await usersVault(t);
		const older = fs.readFileSync(file);
		await add(vault, 'one');
		assert.deepEqual(
			fs.readdirSync(directory).map(name => `${name} ${access(path.join(directory, name))}`),
			[`vault.json ${users}`, `vault.json.seen ${users}`],
		);
		fs.writeFileSync(file, older);
		assert.match((await attempt())[0] ?? '', /^rolled-back/);
	},
);

test("a root process that is killed during a change leaves nothing a user can't recover from", onlyRoot, async t => {
	const folder = temporaryFolder(t);
	fs.chmodSync(folder, 0o755);
	const script = await bundleScript('vault-child.ts', folder);
	const directory = path.join(folder, 'home');
	const file = path.join(directory, 'vault.json');
	await counterAt(file);
	for (const each of [directory, file, `${file}.seen`]) fs.chownSync(each, user, user);
	const left = new Set<string>();
	for (let call = 1, isOver = false; !isOver; call += size(7, 4)) {
		isOver = (await startChild(script, ['die', file, String(call), '1']).ended).code === 0;
		const names = fs.readdirSync(directory);
		for (const name of names) {
			left.add(name.replace(/-.*/, ''));
			// A file is empty until it is given away; conf's writer gives its own file away once it is complete.
			const isEmpty = fs.statSync(path.join(directory, name)).size === 0;
			if (!isEmpty && !name.includes('.tmp-'))
				assert.equal(access(path.join(directory, name)), users, `${name} after call ${call}`);
		}
		if (names.length === namesBeside(directory).length && names.length === 2) continue;
		const child = startChild(script, ['attempt', file], user);
		await child.ended;
		assert.match(child.lines[1] ?? '', /^written|^exists/, `after call ${call}`);
		for (const name of fs.readdirSync(directory).filter(each => !/^vault\.json(\.seen)?$/.test(each))) {
			assert.match(name, /\.try-|\.\d{4}-\d\d-\d\d$/);
			fs.rmSync(path.join(directory, name));
		}
	}
	for (const name of ['.lock', '.lock.try', '.next', '.seen']) assert.ok(left.has(`vault.json${name}`), name);
});

test('a memory is readable by whoever may read the vault', {skip: process.platform === 'win32'}, async t => {
	const file = path.join(temporaryFolder(t), 'v');
	await fileVaultPlace(file, quick).create(passphrase);
	fs.rmSync(`${file}.seen`);
	fs.chmodSync(file, 0o664);
	await fileVaultPlace(file, quick).unlock(passphrase);
	assert.equal(fs.statSync(`${file}.seen`).mode & 0o777, 0o644);
	await withLock(file, () => assert.equal(fs.statSync(`${file}.lock`).mode & 0o777, 0o644));
});

test("a memory that the vault's owner could not read is not kept", onlyRoot, async t => {
	const {directory, file, attempt} = await usersVault(t);
	fs.rmSync(`${file}.seen`);
	fs.chmodSync(directory, 0o777);
	fs.chmodSync(file, 0o644);
	fs.chownSync(file, 0, 0);
	assert.equal((await attempt())[0], '0');
	assert.ok(!fs.existsSync(`${file}.seen`) || fs.statSync(`${file}.seen`).uid === user);
});

test(
	"settings and a tool's file that root makes belong to the directory's owner, those it changes keep their owner",
	onlyRoot,
	async t => {
		const directory = path.join(temporaryFolder(t), 'home');
		fs.mkdirSync(directory);
		fs.chownSync(directory, user, user);
		await settingsFile(directory).write({theme: 'dark'});
		await settingsFile(directory).write({theme: 'light'});
		await changeFile(path.join(directory, 'config'), text => ({text: `${text}a`}));
		await changeFile(path.join(directory, 'config'), text => ({text: `${text}b`}));
		assert.deepEqual(fs.readdirSync(directory).sort(), ['config', 'settings.json']);
		for (const name of ['config', 'settings.json']) assert.equal(access(path.join(directory, name)), users);
		fs.chmodSync(path.join(directory, 'config'), 0o640);
		await changeFile(path.join(directory, 'config'), text => ({text: `${text}c`}));
		assert.equal(access(path.join(directory, 'config')), `${user} ${user} 640`);
	},
);

test('a memory that cannot be read is reported with its file, the reason and the remedy', onlyRoot, async t => {
	const {file, vault, attempt} = await usersVault(t);
	await add(vault, 'one');
	fs.chownSync(`${file}.seen`, 0, 0);
	const [line] = await attempt();
	assert.match(line ?? '', /^file can't read `.*vault\.json\.seen`: permission denied$/);
});

test('a directory in place of the memory is reported, by a change too, and is not replaced', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const place = fileVaultPlace(file, quick);
	const vault = await place.create(passphrase);
	fs.rmSync(`${file}.seen`);
	fs.mkdirSync(path.join(`${file}.seen`, 'x'), {recursive: true});
	const before = fs.readFileSync(file);
	const refused = ofCode('file', /can't read `.*\.seen`: it is a directory/);
	await assert.rejects(place.inspect(), refused);
	await assert.rejects(place.unlock(passphrase), error => {
		assert.match((error as {hint: string}).hint, /remove it or use `--accept-rollback`/);
		return refused(error);
	});
	await assert.rejects(add(vault, 'one'), refused);
	assert.ok(fs.readFileSync(file).equals(before));
	await place.inspect({acceptRollback: true});
	await assert.rejects(place.unlock(passphrase, {acceptRollback: true}), ofCode('file', /can't replace `.*\.seen`/));
	assert.deepEqual(fs.readdirSync(path.dirname(file)).sort(), ['v', 'v.seen']);
	fs.rmSync(`${file}.seen`, {recursive: true});
	fs.writeFileSync(`${file}.seen`, '');
	await place.unlock(passphrase);
	assert.equal(JSON.parse(fs.readFileSync(`${file}.seen`, 'utf8')).generation, 1);
});

test(
	'a vault with a name too long for a memory beside it, or with a closed directory, behaves as before',
	onlyRoot,
	async t => {
		const {directory, file, attempt} = await usersVault(t);
		fs.chmodSync(directory, 0o600);
		assert.match((await attempt())[0] ?? '', /^file can't read the vault `.*`: permission denied/);
		fs.chmodSync(directory, 0o700);
		const long = path.join(directory, 'x'.repeat(253));
		fs.copyFileSync(file, long);
		assert.deepEqual((await (await fileVaultPlace(long, quick).unlock(passphrase)).read()).credentials, []);
	},
);

test('a missing vault is reported before a memory that cannot be read', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	fs.mkdirSync(`${file}.seen`);
	await assert.rejects(() => fileVaultPlace(file, quick).inspect(), ofCode('no-vault'));
});
