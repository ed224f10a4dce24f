import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {constants} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {newerNode} from '../helpers/newer-node.js';
import {openProgram, program, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws, usualVault} from '../helpers/quick-vault.js';
import {rounds} from '../helpers/rounds.js';

const posix = process.platform !== 'win32' ? false : 'SKIPPED: Windows has no such signals';
const linux = process.platform === 'linux' ? false : 'SKIPPED: only Linux has such a file';
const given = {PHARMER_PASSPHRASE: passphrase};
const filter = '/proc/self/coredump_filter';

async function homeWithVault(context: TestContext): Promise<string> {
	const home = temporaryHome(context);
	await putVault(usualVault(home), typedAws());
	return home;
}

/** Each Node.js to run the program with. */
function nodes(): readonly string[] {
	const newer = newerNode();
	return newer === undefined ? [process.execPath] : [process.execPath, newer];
}

test('core files contain no memory of pharmer, and a command keeps the core filter of its caller', {
	skip: linux,
}, async context => {
	const home = await homeWithVault(context);
	const usual = readFileSync(filter, 'utf8');
	assert.notEqual(Number.parseInt(usual, 16), 0, 'a process has something to lose here');
	for (const node of nodes()) {
		const command = await runProgram({node, args: ['exec', 'aws', '--', 'cat', filter], home, environment: given});
		assert.equal(command.stdout, usual, command.stderr);
		const app = openProgram(context, {node, home});
		await app.see(/vault is locked/);
		assert.equal(Number.parseInt(readFileSync(`/proc/${app.pid}/coredump_filter`, 'utf8'), 16), 0);
		app.press('ctrl+c');
		await app.ended();
		const parent = await runProgram({
			node,
			args: ['exec', 'aws', '--', 'sh', '-c', 'sleep 0.2; cat /proc/$PPID/coredump_filter'],
			home,
			environment: given,
		});
		assert.equal(Number.parseInt(parent.stdout, 16), 0, 'and while the command runs');
	}
});

test('Node.js options that debug, preload or dump memory are refused unless they are allowed explicitly', async context => {
	const home = await homeWithVault(context);
	const preload = join(home, 'preload.cjs');
	writeFileSync(preload, '');
	for (const node of nodes()) {
		for (const [environment, name] of [
			[{NODE_OPTIONS: '--inspect=127.0.0.1:0'}, 'NODE_OPTIONS'],
			[{NODE_OPTIONS: `--require ${preload}`}, 'NODE_OPTIONS'],
			[{NODE_OPTIONS: '--import=data:text/javascript,1'}, 'NODE_OPTIONS'],
			[{NODE_OPTIONS: '--heapsnapshot-signal=SIGUSR2'}, 'NODE_OPTIONS'],
			[{NODE_V8_COVERAGE: join(home, 'coverage')}, 'NODE_V8_COVERAGE'],
			[{NODE_DEBUG: 'fs,child_process'}, 'NODE_DEBUG'],
		] as const) {
			for (const args of [['get', 'credentials'], ['--version'], ['exec', 'aws', '--', 'true']]) {
				const {code, stdout, stderr} = await runProgram({node, args, home, environment: {...given, ...environment}});
				assert.equal(code, 2, `${JSON.stringify(environment)} ${stderr}`);
				assert.equal(stdout, '');
				assert.match(stderr, new RegExp(`pharmer: .*${name}.*\\nunset ${name}; PHARMER_ALLOW_NODE_OPTIONS=1 `));
			}
		}
		const allowed = await runProgram({
			node,
			args: ['exec', 'aws', '--', 'true'],
			home,
			environment: {...given, NODE_OPTIONS: `--require ${preload}`, PHARMER_ALLOW_NODE_OPTIONS: '1'},
		});
		assert.equal(allowed.code, 0, allowed.stderr);
		assert.match(allowed.stderr, /^warning: NODE_OPTIONS holds `--require`[^\n]*\n$/);
		const usual = await runProgram({
			node,
			args: ['get', 'credentials'],
			home,
			environment: {...given, NODE_OPTIONS: '--max-old-space-size=4096 --no-warnings', NODE_DEBUG: ''},
		});
		assert.equal(usual.code, 0, usual.stderr);
		assert.equal(usual.stderr, '');
	}
});

test('SIGUSR1 never leaves a debugger open, however early it comes', {skip: posix}, async context => {
	const home = await homeWithVault(context);
	for (const node of nodes()) {
		for (let round = 0; round < rounds; round++) {
			for (const delay of [20, 30, 40, 60, 100, 200]) {
				const app = openProgram(context, {node, home, args: ['get', 'credentials']});
				await sleep(delay);
				try {
					process.kill(app.pid, 'SIGUSR1');
				} catch {
					// It has been too early even for a signal, or it has stopped.
				}
				const asked = await app.seeOrEnd(/Passphrase:/);
				if (asked) {
					assert.doesNotMatch(app.text(), /Debugger listening/, `${delay} ms`);
					app.press('ctrl+c');
				}
				const code = await app.ended();
				// Before Node.js handles it, the signal ends the process.
				if (!asked)
					assert.ok([2, 128 + constants.signals.SIGUSR1].includes(code), `${delay} ms: ${code} ${app.text()}`);
				if (code === 2) assert.match(app.text(), /a debugger is open in this process/);
			}
		}
	}
});

test('every signal that can be handled ends the app with its own code', {skip: posix}, async context => {
	const home = temporaryHome(context);
	const names = Object.keys(constants.signals) as NodeJS.Signals[];
	const isAlias = (name: NodeJS.Signals, index: number) =>
		names.findIndex(each => constants.signals[each] === constants.signals[name]) < index;
	const passed: readonly string[] = [
		...['SIGKILL', 'SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGCONT'],
		...['SIGCHLD', 'SIGURG', 'SIGWINCH', 'SIGPIPE', 'SIGUSR1', 'SIGXFSZ', 'SIGINFO', 'SIGUNUSED'],
		...['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'],
	];
	for (const name of names.filter((name, index) => !passed.includes(name) && !isAlias(name, index))) {
		const app = openProgram(context, {home, args: ['--demo']});
		await app.see(/Credentials 20/);
		process.kill(app.pid, constants.signals[name]);
		assert.equal(await app.ended(), 128 + constants.signals[name], name);
		assert.equal(app.isAlternate(), false, name);
	}
	assert.deepEqual(
		readdirSync(home).filter(each => each.startsWith('core')),
		[],
	);
});

test('a write over the file size limit is reported and does not end the app', {skip: posix}, async context => {
	const home = await homeWithVault(context);
	const app = openProgram(context, {
		home,
		environment: given,
		command: ['sh', '-c', 'ulimit -f 1; exec "$@"', 'sh', process.execPath, program],
	});
	await app.see(/Credentials 1/);
	app.press('t', 'team=infra', 'enter');
	await app.see(/larger than the system permits/);
	app.press('ctrl+c');
	await app.ended();
	assert.equal(existsSync(join(home, '.config/pharmer/vault.json')), true);
});
