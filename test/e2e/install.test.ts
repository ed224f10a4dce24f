import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import {delimiter, dirname, join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {newerNode} from '../helpers/newer-node.js';
import {temporaryHome} from '../helpers/program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const [, line = ''] = /as a command:\s+```sh\n(.+)\n```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];

/** Copies to `folder` what a fresh clone has once the working tree is committed: no packages, nothing built. */
function cloneTo(folder: string): void {
	const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
	const {stdout, status} = spawnSync('git', listing, {cwd: root, encoding: 'utf8'});
	if (status !== 0) {
		// The sources of a release have no repository.
		cpSync(root, folder, {recursive: true, filter: path => !/[\\/](node_modules|dist)$/.test(path)});
		return;
	}
	for (const file of stdout.split('\0').filter(name => name !== '' && existsSync(join(root, name)))) {
		mkdirSync(dirname(join(folder, file)), {recursive: true});
		copyFileSync(join(root, file), join(folder, file));
	}
}

/** A path that finds `node` first, as a shell outside any npm script has it. */
function pathWith(node: string): string {
	const path = (process.env.PATH ?? '').split(delimiter).filter(each => !each.includes('node_modules'));
	return [dirname(node), ...path].join(delimiter);
}

/** Runs a shell's line with this machine's settings of npm, and the global packages in `prefix`. */
function runNpm(command: string, cwd: string, node: string, prefix: string) {
	const {NODE_ENV: _, ...environment} = process.env;
	const settings = {
		npm_config_prefix: prefix,
		npm_config_prefer_offline: 'true',
		npm_config_audit: 'false',
		npm_config_fund: 'false',
	};
	const env = {...environment, ...settings, PATH: pathWith(node)};
	return spawnSync(command, {cwd, env, encoding: 'utf8', shell: true});
}

/** Runs the program that is installed in `prefix`, by its name. */
function runInstalled(args: string, cwd: string, node: string, prefix: string, input = '') {
	const bin = process.platform === 'win32' ? prefix : join(prefix, 'bin');
	const passphrase = {PHARMER_PASSPHRASE: 'correct horse battery staple'};
	const env = {PATH: [bin, pathWith(node)].join(delimiter), HOME: cwd, USERPROFILE: cwd, ...passphrase};
	return spawnSync(`pharmer ${args}`, {cwd, env, input, encoding: 'utf8', shell: true});
}

const unreachable = /\b(ENOTCACHED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|ECONN(REFUSED|RESET)|E(CONN|SOCKET)?TIMED?OUT)\b/;

for (const [which, find] of [
	['this Node.js', () => process.execPath],
	['a newer Node.js', newerNode],
] as const) {
	test(`the README's install command works in a fresh clone and outlives it, on ${which}`, context => {
		const node = find();
		if (node === undefined) return context.skip('SKIPPED: no newer Node.js could be installed');
		const home = temporaryHome(context);
		const [clone, prefix] = [join(home, 'clone'), join(home, 'prefix')];
		cloneTo(clone);
		const {status, stderr} = runNpm(line, clone, node, prefix);
		if (status !== 0 && unreachable.test(stderr) && !process.env.CI)
			return context.skip('SKIPPED: npm has neither the packages nor a network');
		assert.equal(status, 0, stderr);
		rmSync(clone, {recursive: true});

		assert.equal(runInstalled('--version', home, node, prefix).stdout, `${version}\n`);
		// npm links it for a global install, on a system that has such pages.
		if (process.platform !== 'win32')
			assert.match(readFileSync(join(prefix, 'share/man/man1/pharmer.1'), 'utf8'), /^\.TH PHARMER 1/m);
		const create = 'create credential web --provider generic --from-file -';
		const created = runInstalled(create, home, node, prefix, '{"token": "t-0123456789"}');
		assert.equal(created.status, 0, created.stderr);
		assert.match(runInstalled('get credentials web -o yaml', home, node, prefix).stdout, /token: t-0123456789/);
	});
}

test('installing a fresh clone without packages fails and says how to install', context => {
	const home = temporaryHome(context);
	const clone = join(home, 'clone');
	cloneTo(clone);
	for (const command of ['npm install -g .', 'npm pack']) {
		const {status, stderr} = runNpm(command, clone, process.execPath, join(home, 'prefix'));
		assert.notEqual(status, 0, command);
		assert.ok(line !== '' && stderr.includes(line), stderr);
		assert.doesNotMatch(stderr, /ERR_MODULE_NOT_FOUND|\bat \S+ \(/);
	}
});
