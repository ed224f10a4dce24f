import assert from 'node:assert/strict';
import {type ChildProcess, type SpawnOptions, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, existsSync, openSync, readFileSync, statSync, watch, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Readable, Writable} from 'node:stream';
import {text} from 'node:stream/consumers';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {keyId, secretKey} from '../helpers/credentials.js';
import {program} from '../helpers/program.js';
import {cheapen, passphrase, putVault, typedAws} from '../helpers/quick-vault.js';
import {transpileProgram} from '../helpers/transpiled.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const posix = process.platform !== 'win32';

type Start = {
	readonly environment?: Record<string, string>;
	readonly stdin?: string;
	/** What file descriptor 3 gives. */
	readonly third?: string;
	/** What Node.js runs; the built program otherwise. */
	readonly node?: readonly string[];
	readonly stdout?: number;
};

/** Starts the program without a terminal and with none of the person's own variables. */
function start(folder: string, argv: readonly string[], options: Start = {}): ChildProcess {
	const {environment = {}, stdin = '', third, node = [program], stdout} = options;
	const spawning: SpawnOptions = {
		cwd: root,
		env: {
			PATH: process.env.PATH,
			HOME: folder,
			USERPROFILE: folder,
			APPDATA: folder,
			XDG_CONFIG_HOME: path.join(folder, 'config'),
			SystemRoot: process.env.SystemRoot,
			...environment,
		},
		stdio: ['pipe', stdout ?? 'pipe', 'pipe', ...(third === undefined ? [] : ['pipe' as const])],
	};
	const child = spawn(process.execPath, [...node, ...argv], spawning);
	child.stdin?.on('error', () => {});
	child.stdin?.end(stdin);
	if (third !== undefined) (child.stdio[3] as Writable).end(third);
	return child;
}

async function run(folder: string, argv: readonly string[], options: Start = {}) {
	const child = start(folder, argv, options);
	const [stdout, stderr, [code]] = await Promise.all([
		child.stdout === null ? '' : text(child.stdout),
		text(child.stderr as Readable),
		once(child, 'close'),
	]);
	return {code: code as number | null, stdout, stderr};
}

async function loaded(
	test: TestContext,
	argv: readonly string[],
): Promise<{readonly stdout: string; readonly modules: string}> {
	const folder = temporaryFolder(test);
	const file = path.join(folder, 'modules');
	writeFileSync(file, '');
	const {stdout, code} = await run(folder, argv, {
		// The modules of its source tell more than the files of the build.
		node: ['--import', './test/helpers/trace-modules.mjs', await transpileProgram(path.join(folder, 'program'))],
		environment: {TRACE_MODULES: file, PHARMER_ALLOW_NODE_OPTIONS: '1'},
	});
	assert.equal(code, 0);
	return {stdout, modules: readFileSync(file, 'utf8')};
}

test('--version is answered without loading the command line', async test => {
	const {stdout, modules} = await loaded(test, ['--version']);
	assert.equal(stdout, `${JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version}\n`);
	assert.match(modules, /cli\.js/);
	assert.doesNotMatch(modules, /commander|source\/commands\/(?!exact-form)|node_modules\/(conf|yaml|react|ink)\//);
});

test('--help loads neither the commands, the vault, the formats nor the screen', async test => {
	const {stdout, modules} = await loaded(test, ['create', '--help']);
	assert.match(stdout, /^Usage: /);
	assert.doesNotMatch(
		modules,
		/commander|node_modules\/(conf|yaml|react|ink|csv-parse)\/|source\/(ui|documents|tasks)\/|file-vault/,
	);
});

test('create, get and delete work on a real vault, which only its owner can read', async test => {
	const folder = temporaryFolder(test);
	const passphraseFile = path.join(folder, 'passphrase');
	writeFileSync(passphraseFile, 'open sesame\n', {mode: 0o600});
	const created = await run(folder, ['create', 'cred', 'aws', '-f', '-', '--passphrase-fd', '3'], {
		stdin: `{"accessKeyID": "${keyId}", "secretAccessKey": "${secretKey}",}`,
		third: 'open sesame\n',
	});
	assert.deepEqual([created.code, created.stdout], [0, ''], created.stderr);
	assert.match(created.stderr, /A new vault is made at `.*vault\.json`\.\ncreated `aws`\n$/);
	const vault = /`(.*)`/.exec(created.stderr)?.[1] ?? '';
	if (posix) {
		assert.equal(statSync(vault).mode & 0o777, 0o600);
		assert.equal(statSync(path.dirname(vault)).mode & 0o777, 0o700);
	}
	await cheapen(vault, 'open sesame');
	const environment = {PHARMER_PASSPHRASE_FILE: passphraseFile};
	const listed = await run(folder, ['get', 'credentials', '--vault', vault], {environment});
	assert.deepEqual([listed.code, listed.stderr], [0, '']);
	assert.match(listed.stdout, /^NAME .*\naws {3}aws {7}AKIA~P4Q5 {2}just now\n$/);
	const removed = await run(folder, ['delete', 'cred', 'aws', '-y'], {environment});
	assert.deepEqual([removed.code, removed.stdout], [0, '']);
	const wrong = await run(folder, ['get', 'cred'], {environment: {PHARMER_PASSPHRASE: 'sesame'}});
	assert.equal(wrong.code, 6);
});

test('commands without a terminal exit with a reason and create nothing', async test => {
	const folder = temporaryFolder(test);
	for (const [argv, code] of [
		[[], 2],
		[['create', 'cred'], 2],
		[['get', 'cred'], 13],
	] as const) {
		const {code: ended, stdout, stderr} = await run(folder, argv);
		assert.deepEqual([ended, stdout], [code, ''], stderr);
		assert.match(stderr, /^pharmer: .*\n.*\n$/);
	}
	assert.equal(existsSync(path.join(folder, 'config')), false, 'nothing was made');
});

test('a closed standard output ends the program quietly', {skip: !posix}, async test => {
	const child = start(temporaryFolder(test), ['--help']);
	child.stdout?.destroy();
	const [stderr, [code, signal]] = await Promise.all([text(child.stderr as Readable), once(child, 'close')]);
	assert.deepEqual([code, signal, stderr], [0, null, '']);
});

test('a failed write to standard output gives exit code 9', {skip: !existsSync('/dev/full')}, async test => {
	const {code, stderr} = await run(temporaryFolder(test), ['--help'], {stdout: openSync('/dev/full', 'w')});
	assert.equal(code, 9);
	assert.match(stderr, /^pharmer: standard output can't be written: ENOSPC\n$/);
});

test('SIGTERM and SIGHUP remove the text while an editor is open', {skip: !posix}, async test => {
	const folder = temporaryFolder(test);
	const vault = path.join(folder, 'vault.json');
	await putVault(vault, typedAws());
	const environment = {PHARMER_PASSPHRASE: passphrase, PHARMER_VAULT: vault};
	const editor = path.join(folder, 'editor');
	const told = path.join(folder, 'told');
	writeFileSync(
		editor,
		`#!/bin/sh\necho "$1" > '${told}.new'; umask >> '${told}.new'; mv '${told}.new' '${told}'; exec sleep 60\n`,
	);
	chmodSync(editor, 0o755);
	for (const [signal, expected] of [
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const) {
		const seen = new Promise<void>(resolve => {
			const watcher = watch(folder, (_, name) => {
				if (name !== 'told' || !existsSync(told)) return;
				watcher.close();
				resolve();
			});
		});
		const child = start(folder, ['edit', 'cred', 'aws', '--editor'], {environment: {...environment, EDITOR: editor}});
		await seen;
		const [file = '', mask] = readFileSync(told, 'utf8').split('\n');
		assert.match(mask ?? '', /^0*77$/);
		assert.match(readFileSync(file, 'utf8'), /secretAccessKey/);
		child.kill(signal);
		const [code] = await once(child, 'close');
		assert.equal(code, expected);
		assert.equal(existsSync(path.dirname(file)), false);
	}
});
