import '../helpers/long.js';
import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Environment} from '../../source/domain/environment.js';
import {type GitAnswer, gitEnvironment, systemGit} from '../../source/platform/git.js';
import {bareRepository} from '../helpers/bare-repository.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const isPosix = process.platform !== 'win32';

/** A program called git of these lines of shell, alone with the system's in PATH, and its folder. */
function fakeGit(context: TestContext, lines: string): {readonly folder: string; readonly environment: Environment} {
	const folder = temporaryFolder(context);
	mkdirSync(join(folder, 'bin'));
	writeFileSync(join(folder, 'bin/git'), `#!/bin/sh\n${lines}\n`);
	chmodSync(join(folder, 'bin/git'), 0o755);
	return {folder, environment: {PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, FOLDER: folder}};
}

/** Runs a fake git of these lines of shell. */
function runFake(context: TestContext, lines: string, reads = 1000): Promise<GitAnswer> {
	const {folder, environment} = fakeGit(context, lines);
	return systemGit(environment)({repository: folder, args: [], reads, patience: 60_000});
}

test('git gets the ways to servers of its user, and nothing that leads it to another repository', () => {
	const given = {
		HOME: '/home/me',
		SSH_AUTH_SOCK: '/run/agent',
		HTTPS_PROXY: 'http://proxy:8080',
		GIT_SSH_COMMAND: 'ssh -i key',
		GIT_ASKPASS: '/bin/askpass',
		GIT_CONFIG_GLOBAL: '/home/me/other',
		GIT_CONFIG_COUNT: '1',
		GIT_CONFIG_KEY_0: 'http.extraHeader',
		GIT_CONFIG_VALUE_0: 'X: y',
		GIT_SSL_CAINFO: '/etc/ca.pem',
	};
	const taken = {
		...{GIT_DIR: '/else', GIT_WORK_TREE: '/else', GIT_INDEX_FILE: 'i', GIT_OBJECT_DIRECTORY: '/else'},
		...{GIT_ALTERNATE_OBJECT_DIRECTORIES: '/else', GIT_NAMESPACE: 'n', GIT_TEMPLATE_DIR: '/t', GIT_TRACE: '2'},
		...{GIT_CONFIG: '/else', GIT_EDITOR: 'vi', GIT_ALLOW_PROTOCOL: 'ext', GIT_TERMINAL_PROMPT: '1'},
		...{SSH_ASKPASS: '/bin/window', LC_ALL: 'de_DE.UTF-8', PHARMER_PASSPHRASE: 'a passphrase'},
	};
	assert.deepEqual(gitEnvironment({...given, ...taken}), {
		...given,
		GCM_INTERACTIVE: 'never',
		GIT_ALLOW_PROTOCOL: 'https:ssh:file',
		GIT_TERMINAL_PROMPT: '0',
		GIT_NO_LAZY_FETCH: '1',
		LC_ALL: 'C',
	});
});

test('without git it says that git is missing', async context => {
	const run = {repository: '/nowhere', args: ['version'], reads: 10, patience: 1000};
	await assert.rejects(systemGit({PATH: temporaryFolder(context)})(run), {
		code: 'no-command',
		message: 'there is no command `git`',
		hint: 'install Git 2.31 or later, or check PATH',
	});
});

test('a git that hangs is ended with all that it has started', {skip: !isPosix}, async context => {
	const {folder, environment} = fakeGit(
		context,
		'trap "" TERM; sleep 1000 & echo $! > "$FOLDER/other"; echo $$ > "$FOLDER/self"; mv "$FOLDER/other" "$FOLDER/pid"; wait',
	);
	const stop = new AbortController();
	const run = {repository: folder, args: [], reads: 10, patience: 60_000, signal: stop.signal};
	const running = systemGit(environment)(run);
	const pidFile = join(folder, 'pid');
	while (!existsSync(pidFile)) await sleep(5);
	stop.abort();
	assert.equal((await running).code, 'stopped');
	for (const file of ['pid', 'self']) await untilGone(Number(readFileSync(join(folder, file), 'utf8')));

	assert.equal(
		(await systemGit(environment)({...run, signal: new AbortController().signal, patience: 1})).code,
		'late',
	);
	assert.equal((await systemGit(environment)(run)).code, 'stopped', 'nothing is started any more');
});

/** Waits until no process has that number; a test that waits for ever fails by its time limit. */
async function untilGone(pid: number): Promise<void> {
	for (;;) {
		try {
			// What has ended may still be in the table, when nobody has taken notice of it.
			if (existsSync('/proc/self/stat') && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return;
			process.kill(pid, 0);
		} catch {
			return;
		}
		await sleep(5);
	}
}

test('a git that prints more than is wanted is ended', {skip: !isPosix}, async context => {
	const {code, output} = await runFake(context, 'yes', 10);
	assert.deepEqual([code, output.toString()], ['full', 'y\ny\ny\ny\ny\n']);
	const exact = await runFake(context, 'printf 0123456789', 10);
	assert.deepEqual([exact.code, exact.output.toString()], [0, '0123456789']);
});

test('what holds the pipe of errors open after git is not waited for', {skip: !isPosix}, async context => {
	for (const code of [0, 3]) {
		const lines = `sleep 1000 >/dev/null </dev/null & echo $! > "$FOLDER/pid"; exit ${code}`;
		const {folder, environment} = fakeGit(context, lines);
		const answer = await systemGit(environment)({repository: folder, args: [], reads: 10, patience: 60_000});
		process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')));
		assert.equal(answer.code, code);
	}
});

test('what git says of a failure is short, safe to show and without passwords', {skip: !isPosix}, async context => {
	const said = async (text: string): Promise<string> => {
		return (await runFake(context, `cat >&2 <<'END'\n${text}\nEND\nexit 128`)).said;
	};
	assert.equal(
		await said(
			"remote: Invalid username or password.\nfatal: Authentication failed for 'https://me:hunter2@example.com/x/'",
		),
		"Invalid username or password; Authentication failed for 'https://example.com/x/'",
	);
	assert.equal(
		await said(
			'ssh: connect to host example.com port 22: Connection refused\r\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.',
		),
		'ssh: connect to host example.com port 22: Connection refused; Could not read from remote repository',
	);
	assert.equal(await said('error: \u001b]0;title\u0007\rbad'), '\\u001b]0;title\\u0007');
	assert.equal((await said('x'.repeat(5000))).length, 300);
	assert.equal(await said('hint: do this\nwarning: that\n** WARNING: old keys'), '');
});

test('a transport that runs a command is refused, however it is reached', async context => {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const {folder, directory, remote} = repository;
	const proof = join(folder, 'ran');
	const insteadOf = (url: string): Environment => ({
		...process.env,
		GIT_CONFIG_COUNT: '1',
		GIT_CONFIG_KEY_0: `url.${url}.insteadOf`,
		GIT_CONFIG_VALUE_0: remote,
	});
	for (const [environment, url] of [
		[process.env, `ext::sh -c touch% ${proof}`],
		[{...process.env, GIT_ALLOW_PROTOCOL: 'ext'}, `ext::sh -c touch% ${proof}`],
		[insteadOf(`ext::sh -c touch% ${proof}`), remote],
		[process.env, 'http://127.0.0.1:1/x.git'],
		[process.env, 'git://127.0.0.1:1/x.git'],
	] as const) {
		const git = systemGit(environment);
		const {code, said} = await git({
			repository: directory,
			args: ['ls-remote', '--', url],
			reads: 100,
			patience: 60_000,
		});
		assert.equal(code, 128);
		assert.match(said, /^transport '(?:ext|http|git)' not allowed/);
	}
	assert.ok(!existsSync(proof));
});
