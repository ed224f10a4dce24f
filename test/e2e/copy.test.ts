import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import type {Readable} from 'node:stream';
import {type TestContext, test} from 'node:test';
import {findProgram} from '../../source/platform/find-program.js';
import {secretKey} from '../helpers/credentials.js';
import {countInMemory} from '../helpers/memory-scan.js';
import {openProgram, program, temporaryHome} from '../helpers/program.js';
import {ended, given, type HomeWithAgent, homeWithAgent, onlyLinux, until} from '../helpers/real-agent.js';

/** Why to skip, if so: these tests look at processes, and need a real clipboard. */
function without(...programs: readonly string[]): string | false {
	const missing = programs.filter(each => findProgram(each, process.env, process.platform) === undefined);
	if (onlyLinux !== false || missing.length === 0) return onlyLinux;
	if (process.env.CI) throw new Error(`needed and not installed: ${missing.join(', ')}`);
	return `SKIPPED: without ${missing.join(', ')} nothing is known of a real clipboard`;
}

/** An X server of its own, and what its clipboard holds. */
async function display(context: TestContext) {
	const server = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp', '-screen', '0', '64x64x24'], {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
	});
	context.after(() => server.kill());
	const [number] = await once(server.stdio[3] as Readable, 'data');
	const environment = {...given, DISPLAY: `:${String(number).trim()}`};
	const env = {...process.env, ...environment};
	const holds = (): string => {
		try {
			const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
			return execFileSync('xclip', ['-selection', 'clipboard', '-o'], {env, stdio, timeout: 5000}).toString();
		} catch {
			return '';
		}
	};
	return {environment, holds, empty: () => until(() => holds() === '', 'an empty clipboard')};
}

function set({vault}: HomeWithAgent, settings: object): void {
	fs.writeFileSync(join(dirname(vault), 'settings.json'), JSON.stringify(settings));
}

/** A PATH with this program only, so that no other is used. */
function pathOf(context: TestContext, name: string): string {
	const folder = temporaryHome(context);
	fs.symlinkSync(findProgram(name, process.env, process.platform) ?? name, join(folder, name));
	return folder;
}

/** Everything that can be seen of a process from outside. */
function seenOf(pid: number): string {
	return ['cmdline', 'environ'].map(file => fs.readFileSync(`/proc/${pid}/${file}`, 'latin1')).join('\n');
}

test('without an agent a process of its own empties the clipboard, and `lock` at once', {
	skip: without('Xvfb', 'xclip'),
}, async context => {
	const home = await homeWithAgent(context);
	const {environment, holds, empty} = await display(context);
	const {code, stdout, stderr} = await home.run(['copy', 'aws'], {environment});
	assert.deepEqual([code, stdout], [0, ''], stderr);
	assert.match(stderr, /to the clipboard; a process in the background clears it in 45 seconds\n$/);
	assert.equal(holds(), secretKey);
	const pid = home.agent();
	assert.doesNotMatch(seenOf(pid), new RegExp(`${secretKey}|correct horse`));
	const needles = {utf8: Buffer.from(secretKey), utf16: Buffer.from(secretKey, 'utf16le')};
	assert.deepEqual(countInMemory(pid, needles), {utf8: 0, utf16: 0}, 'it knows only the hash');
	const stat = fs
		.readFileSync(`/proc/${pid}/stat`, 'latin1')
		.replace(/^.*\) /s, '')
		.split(' ');
	assert.deepEqual([stat[3], stat[4]], [`${pid}`, '0'], 'a session of its own, without a terminal');
	assert.equal(fs.readlinkSync(`/proc/${pid}/cwd`), '/');
	for (const descriptor of ['0', '1', '2']) assert.equal(fs.readlinkSync(`/proc/${pid}/fd/${descriptor}`), '/dev/null');
	// A second copy goes to the same process.
	await home.run(['copy', 'aws', 'accessKeyID'], {environment});
	await home.run(['copy', 'aws'], {environment});
	assert.equal(home.agent(), pid);
	assert.equal((await home.run(['status'])).code, 6, 'it holds no vault');
	assert.equal((await home.run(['lock'])).code, 0);
	await empty();
	await ended(pid);
});

test('the agent empties the clipboard, also when it ends; what was copied since stays', {
	skip: without('Xvfb', 'xclip'),
}, async context => {
	const home = await homeWithAgent(context);
	const {environment, holds, empty} = await display(context);
	await home.unlock();
	const pid = home.agent();
	const {stderr} = await home.run(['copy', 'aws'], {environment});
	assert.match(stderr, /; the agent clears it in 45 seconds\n$/);
	assert.equal(home.agent(), pid);
	process.kill(pid, 'SIGTERM');
	await empty();
	await ended(pid);
	await home.unlock();
	await home.run(['copy', 'aws'], {environment});
	execFileSync('xclip', ['-selection', 'clipboard'], {
		env: {...process.env, ...environment},
		input: 'mine',
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	await until(() => holds() === 'mine', 'the other text');
	const last = home.agent();
	await home.run(['lock']);
	await ended(last);
	assert.equal(holds(), 'mine');
});

test('xsel is used where there is no xclip', {skip: without('Xvfb', 'xclip', 'xsel')}, async context => {
	const home = await homeWithAgent(context);
	const {environment, holds, empty} = await display(context);
	const {stderr} = await home.run(['copy', 'aws'], {environment: {...environment, PATH: pathOf(context, 'xsel')}});
	assert.match(stderr, /to the clipboard; a process/);
	await until(() => holds() === secretKey, 'the secret');
	await home.run(['lock']);
	await empty();
});

test("tmux's buffer is deleted, and what was copied there since stays", {skip: without('tmux')}, async context => {
	const home = await homeWithAgent(context);
	const socket = join(home.home, 'tmux');
	const terminal = openProgram(context, {
		home: home.home,
		command: ['tmux', '-S', socket, '-f', '/dev/null', 'new-session', 'cat'],
	});
	await terminal.see(/\[0\]/);
	const tmux = (...args: readonly string[]): string => execFileSync('tmux', ['-S', socket, ...args]).toString();
	const server = Number(tmux('display-message', '-p', '#{pid}'));
	context.after(() => process.kill(server));
	const environment = {...given, TERM: 'screen', TMUX: `${socket},${server},0`};
	const {stderr} = await home.run(['copy', 'aws'], {environment});
	assert.match(stderr, /to tmux; a process in the background clears it in 45 seconds/);
	assert.equal(tmux('show-buffer'), secretKey);
	tmux('set-buffer', 'mine');
	const pid = home.agent();
	await home.run(['lock']);
	await ended(pid);
	assert.equal(tmux('list-buffers', '-F', '#{buffer_size}'), '4\n');
	assert.equal(tmux('show-buffer'), 'mine');
});

test('where no socket can be, a process that nobody reaches empties the clipboard when it is time', {
	skip: without('Xvfb', 'xclip'),
}, async context => {
	const home = await homeWithAgent(context);
	const {environment, holds, empty} = await display(context);
	fs.mkdirSync(join(dirname(home.vault), 'run'), {mode: 0o755});
	set(home, {clipboardSeconds: 10});
	const {stderr} = await home.run(['copy', 'aws'], {environment});
	assert.match(stderr, /; a process in the background clears it in 10 seconds\n$/);
	assert.equal(holds(), secretKey);
	const pid = home.agent();
	await empty();
	await ended(pid);
});

/** How often a terminal was told to empty its clipboard. */
const emptied = (written: string): number => written.split('\u001b]52;c;\u0007').length - 1;

test('a terminal is told to empty its clipboard only when the setting says so, and while it is there', {
	skip: onlyLinux,
}, async context => {
	const home = await homeWithAgent(context);
	const open = () =>
		openProgram(context, {
			home: home.home,
			agent: true,
			columns: 200,
			environment: {...given, SSH_TTY: '/dev/pts/0'},
			command: ['/bin/sh', '-c', `'${process.execPath}' '${program}' copy aws; cat`],
		});
	const unset = open();
	await unset.see(/nothing empties it; the setting `over ssh`/);
	assert.deepEqual(home.agents(), []);
	assert.ok(unset.written().includes(Buffer.from(secretKey).toString('base64')));

	set(home, {clipboardBlind: true});
	const [one, two] = [open(), open()];
	await one.see(/has it emptied in 45 seconds/);
	await two.see(/has it emptied in 45 seconds/);
	two.kill('SIGKILL');
	await two.ended();
	// Two that start at once end as one.
	await until(() => home.agents().length === 1, 'one agent');
	const pid = home.agent();
	await home.run(['lock']);
	await ended(pid);
	one.press('x', 'enter');
	await one.see(/^x$/m);
	assert.deepEqual([emptied(one.written()), emptied(unset.written())], [1, 0]);
});
