import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {
	chmodSync,
	chownSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	rmSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {openProgram, program, temporaryHome} from '../helpers/program.js';
import {passphrase} from '../helpers/quick-vault.js';
import {homeWithAgent, isRunning, onlyLinux} from '../helpers/real-agent.js';

const skip = onlyLinux;
const user = 65_534;
const onlyRoot = {
	skip: onlyLinux || (process.getuid?.() === 0 ? false : 'SKIPPED: only root runs the program as somebody else'),
};

/** A home with a directory for the environment's XDG_RUNTIME_DIR. */
async function withRuntime(context: TestContext) {
	const home = await homeWithAgent(context);
	// Not in that home, which may become somebody else's.
	const runtime = temporaryHome(context);
	const environment = {XDG_RUNTIME_DIR: runtime};
	return {...home, runtime, environment, inRuntime: join(runtime, 'pharmer', 'agent.sock')};
}

const modeOf = (file: string): number => lstatSync(file).mode & 0o777;

test('the socket is in the runtime directory, for its user only, and needs no D-Bus', {skip}, async context => {
	const {environment, socket, inRuntime, unlock, get} = await withRuntime(context);
	assert.equal((await unlock([], {environment})).code, 0);
	assert.deepEqual([modeOf(dirname(inRuntime)), modeOf(inRuntime), existsSync(socket)], [0o700, 0o600, false]);
	assert.equal((await get({environment})).code, 0);
	assert.equal((await get()).code, 2, 'without the variable there is no agent');
});

test('a runtime directory that others can enter, or that is a link, is passed over', {skip}, async context => {
	const {runtime, environment, socket, inRuntime, unlock, get, run} = await withRuntime(context);
	const directory = dirname(inRuntime);
	const elsewhere = join(runtime, 'elsewhere');
	mkdirSync(elsewhere, {mode: 0o700});
	for (const spoil of [
		() => mkdirSync(directory, {mode: 0o755}),
		() => symlinkSync(elsewhere, directory),
		() => chmodSync(runtime, 0o755),
	]) {
		spoil();
		const {code, stderr} = await unlock([], {environment});
		assert.equal(code, 0, stderr);
		assert.ok(existsSync(socket));
		assert.equal(existsSync(inRuntime), false);
		assert.equal((await get({environment})).code, 0);
		assert.equal((await run(['lock'], {environment})).stderr, 'locked\n');
		rmSync(directory, {recursive: true, force: true});
	}
	assert.deepEqual(readdirSync(elsewhere), []);
});

test('where no directory is safe, `pharmer unlock` says which is not', {skip}, async context => {
	const {socket, unlock, agents} = await homeWithAgent(context);
	const directory = dirname(socket);
	for (const spoil of [
		() => mkdirSync(directory, {mode: 0o755}),
		() => symlinkSync(temporaryHome(context), directory),
	]) {
		spoil();
		const {code, stderr} = await unlock();
		assert.equal(code, 9);
		assert.match(
			stderr,
			/^pharmer: there is no place for the agent's socket: `.*\/run` is not a directory that only you can reach\n/,
		);
		assert.deepEqual(agents(), []);
		rmSync(directory, {recursive: true});
	}
});

test('a path that is too long for a socket is refused with the reason', {skip}, async context => {
	const {home, socket, unlock, agents, run} = await homeWithAgent(context);
	const runtime = join(home, 'x'.repeat(134 - home.length - 1 - '/pharmer/agent.sock'.length));
	mkdirSync(runtime, {mode: 0o700});
	const environment = {XDG_RUNTIME_DIR: runtime};
	assert.equal(join(runtime, 'pharmer/agent.sock').length, 134);
	const {code, stderr} = await unlock([], {environment});
	assert.equal(code, 9);
	assert.match(stderr, /`.*x\/pharmer` is too long: a socket's has at most 100 bytes/);
	assert.deepEqual([agents(), existsSync(socket)], [[], false]);
	const status = await run(['status'], {environment});
	assert.deepEqual([status.code, status.stderr], [6, '']);
});

test("another user's agent counts as absent, and does not answer", onlyRoot, async context => {
	const {home, runtime, environment, socket, inRuntime, unlock, get, vault} = await withRuntime(context);
	assert.equal((await unlock([], {environment})).code, 0);
	for (const each of [home, join(home, '.config'), dirname(vault), vault, `${vault}.seen`]) chownSync(each, user, user);
	// As after `su` without `-`: the environment names the runtime directory of somebody else.
	for (const mode of [0o700, 0o755]) {
		chmodSync(runtime, mode);
		assert.equal((await get({environment, user})).code, 2);
	}
	const own = await unlock([], {environment, user});
	assert.equal(own.code, 0, own.stderr);
	assert.equal(lstatSync(socket).uid, user);
	assert.equal((await get({environment, user})).code, 0);
	assert.equal((await get({environment})).code, 0, "root's own");
	chownSync(dirname(inRuntime), user, user);
	const {code} = await get({environment});
	assert.equal(code, 2, "root does not ask an agent in another user's directory");
});

/** Programs that run a command as another user, with the environment of root. */
const switches: Readonly<Record<string, readonly string[]>> = {
	setpriv: ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--'],
	su: ['su', 'nobody', '-s', '/bin/sh', '-m', '-c', 'exec "$0" "$@"', '--'],
	sudo: ['sudo', '--preserve-env', '-u', 'nobody', '--'],
};

for (const [name, words] of Object.entries(switches)) {
	const isThere = spawnSync(name, ['--version']).status === 0;
	if (!isThere && process.env.CI) throw new Error(`${name} is needed and is not there`);
	const missing = `SKIPPED: there is no ${name}, so nothing is known of an agent that is started through it`;

	test(`an agent of another user is started and found through ${name}`, {
		skip: onlyRoot.skip || (isThere ? false : missing),
	}, async context => {
		const {home, environment, runtime, socket, agent, vault} = await withRuntime(context);
		for (const each of [home, join(home, '.config'), dirname(vault), vault, `${vault}.seen`])
			chownSync(each, user, user);
		const as = (...args: readonly string[]) =>
			openProgram(context, {
				home,
				agent: true,
				environment,
				command: [...words, process.execPath, program, ...args],
			});
		const unlock = as('unlock');
		await unlock.see(/Passphrase:/);
		unlock.press(passphrase, 'enter');
		assert.equal(await unlock.ended(), 0, unlock.text());
		assert.equal(statSync(`/proc/${agent()}`).uid, user);
		assert.equal(lstatSync(socket).uid, user);
		assert.deepEqual(readdirSync(runtime), []);
		unlock.hangUp();
		const get = as('get', 'credentials', 'aws', '-o', 'json');
		assert.equal(await get.ended(), 0, get.text());
		const lock = as('lock');
		assert.equal(await lock.ended(), 0);
		assert.match(lock.text(), /^locked$/m);
	});
}

test('the agent lives on when its terminal is closed', {skip}, async context => {
	const {home, get, agent} = await homeWithAgent(context);
	const command = ['/bin/sh', '-c', `"${process.execPath}" "${program}" unlock; exec cat`] as const;
	const terminal = openProgram(context, {home, agent: true, command});
	await terminal.see(/Passphrase:/);
	terminal.press(passphrase, 'enter');
	await terminal.see(/unlocked/);
	const pid = agent();
	terminal.hangUp();
	await terminal.ended();
	assert.equal((await get()).code, 0);
	assert.ok(isRunning(pid));
});
