import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {readStart, startLine} from '../../source/agent/handshake.js';
import {startAgent} from '../../source/agent/start.js';
import {
	allSockets,
	findSocket,
	safeDirectory,
	socketPathLimit,
	socketPlaces,
} from '../../source/platform/agent-socket.js';
import {isRunning, onlyLinux} from '../helpers/real-agent.js';
import {ofCode, temporaryFolder} from '../helpers/vault-samples.js';

const posix = {skip: process.platform === 'win32' ? 'SKIPPED: Windows has no permission bits' : false};
const onlyRoot = {skip: process.getuid?.() === 0 ? false : 'SKIPPED: only root makes directories of others'};
const nobody = 65_534;

/** Starts the script as an agent, in the places for these directories. */
function start(script: string, runtime: string | undefined, settings: string, patienceMs = 30_000): Promise<void> {
	const places = socketPlaces(runtime === undefined ? {} : {XDG_RUNTIME_DIR: runtime}, settings);
	const lease = {path: '/vault.json', id: 'id', total: 60};
	return startAgent({node: process.execPath, script, environment: {}, places, patienceMs}, lease, Buffer.alloc(32));
}

/** A script that says it serves, and where its socket would be. */
function readyScript(context: TestContext) {
	const folder = temporaryFolder(context);
	const script = join(folder, 'ready.cjs');
	const told = join(folder, 'told');
	fs.writeFileSync(
		script,
		`const fs = require('node:fs');
		const {socket} = JSON.parse(fs.readFileSync(0, 'utf8').split('\\n')[0]);
		fs.writeFileSync(${JSON.stringify(told)}, socket);
		fs.writeSync(1, 'ready\\n');`,
	);
	return {script, socket: () => fs.readFileSync(told, 'utf8')};
}

const modeOf = (path: string): number => fs.statSync(path).mode & 0o777;

test(
	'the socket is in the runtime directory, or else beside the settings, and clients find it there',
	posix,
	async context => {
		const {script, socket} = readyScript(context);
		const folder = temporaryFolder(context);
		const [runtime, settings] = [join(folder, 'runtime'), join(folder, 'settings')];
		const both = [runtime, `${runtime}/`, `${runtime}//`];
		for (const named of [undefined, '', 'relative', ...both]) {
			await start(script, named, settings);
			assert.equal(socket(), join(settings, 'run/agent.sock'), `${named}: no such directory`);
		}
		assert.equal(fs.existsSync(runtime), false);
		fs.mkdirSync(runtime, {mode: 0o700});
		for (const named of both) {
			await start(script, named, settings);
			assert.equal(socket(), join(runtime, 'pharmer/agent.sock'));
			const places = socketPlaces({XDG_RUNTIME_DIR: named}, settings);
			assert.equal(findSocket(places), socket());
			assert.deepEqual(allSockets(places), [socket(), join(settings, 'run/agent.sock')]);
		}
		assert.deepEqual([modeOf(join(runtime, 'pharmer')), modeOf(join(settings, 'run'))], [0o700, 0o700]);
	},
);

test('an agent that serves has started, even if it has ended by then', {skip: onlyLinux}, async context => {
	const folder = temporaryFolder(context);
	const [script, pid] = [join(folder, 'script.cjs'), join(folder, 'pid')];
	const text = `const fs = require('node:fs');
		fs.writeFileSync(${JSON.stringify(pid)}, String(process.pid));
		fs.writeSync(1, 'ready\\n');`;
	fs.writeFileSync(script, text);
	const started = start(script, undefined, folder);
	// Nothing else happens in this process meanwhile, so that it hears of everything at once.
	const hasEnded = (): boolean => fs.existsSync(pid) && !isRunning(Number(fs.readFileSync(pid, 'utf8')));
	for (let polls = 0; polls < 3000 && !hasEnded(); polls++)
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
	assert.ok(hasEnded());
	await started;
});

test('a directory that is a link, a file, or open to others counts as absent', posix, async context => {
	const {script, socket} = readyScript(context);
	const folder = temporaryFolder(context);
	const [runtime, target] = [join(folder, 'runtime'), join(folder, 'target')];
	for (const each of [runtime, target]) fs.mkdirSync(each, {mode: 0o700});
	const preferred = join(runtime, 'pharmer');
	const makers = {
		link: () => fs.symlinkSync(target, preferred),
		dangling: () => fs.symlinkSync(join(folder, 'nowhere'), preferred),
		file: () => fs.writeFileSync(preferred, ''),
		open: () => {
			fs.mkdirSync(preferred);
			fs.chmodSync(preferred, 0o750);
		},
	};
	for (const [kind, make] of Object.entries(makers)) {
		make();
		const settings = join(folder, kind);
		await start(script, runtime, settings);
		assert.equal(socket(), join(settings, 'run/agent.sock'), kind);
		const places = socketPlaces({XDG_RUNTIME_DIR: runtime}, settings);
		assert.equal(findSocket(places), socket());
		assert.equal(safeDirectory(preferred), undefined);
		fs.rmSync(preferred, {recursive: true});
	}
	assert.deepEqual(fs.readdirSync(target), []);
});

test(
	'a directory in one that others can write in counts as absent: they could put another in its place',
	posix,
	async context => {
		const {script} = readyScript(context);
		const settings = temporaryFolder(context);
		const places = socketPlaces({}, settings);
		await start(script, undefined, settings);
		assert.ok(findSocket(places));
		fs.chmodSync(settings, 0o770);
		assert.deepEqual([findSocket(places), allSockets(places)], [undefined, []]);
		await assert.rejects(
			start(script, undefined, settings),
			ofCode('file', /^there is no place for the agent's socket: others can write in `.*`$/),
		);
	},
);

test('so does one further down, also behind a link', posix, async context => {
	const {script} = readyScript(context);
	const folder = temporaryFolder(context);
	const [open, link] = [join(folder, 'open'), join(folder, 'link')];
	fs.mkdirSync(join(open, 'own/settings'), {recursive: true, mode: 0o700});
	fs.symlinkSync(join(open, 'own'), link);
	for (const settings of [join(open, 'own/settings'), join(link, 'settings')]) {
		fs.chmodSync(open, 0o700);
		await start(script, undefined, settings);
		const places = socketPlaces({}, settings);
		assert.equal(findSocket(places), `${fs.realpathSync(join(open, 'own/settings/run'))}/agent.sock`);
		fs.chmodSync(open, 0o777);
		assert.deepEqual([findSocket(places), allSockets(places)], [undefined, []]);
		await assert.rejects(start(script, undefined, settings), ofCode('file', /others can write in `.*open`$/));
	}
});

const asRoot = {skip: process.getuid?.() === 0 ? false : 'SKIPPED: only root gives a directory to somebody else'};

test("a directory of our own in somebody else's runtime directory counts as absent", asRoot, async context => {
	const {script, socket} = readyScript(context);
	const folder = temporaryFolder(context);
	const [runtime, settings] = [join(folder, 'runtime'), join(folder, 'settings')];
	fs.mkdirSync(join(runtime, 'pharmer'), {recursive: true, mode: 0o700});
	fs.chownSync(runtime, 65_534, 65_534);
	const places = socketPlaces({XDG_RUNTIME_DIR: runtime}, settings);
	assert.equal(findSocket(places), undefined);
	await start(script, runtime, settings);
	assert.equal(socket(), join(settings, 'run/agent.sock'));
	assert.deepEqual([findSocket(places), allSockets(places)], [socket(), [socket()]]);
});

test('without a directory of our own there is no agent', posix, async context => {
	const {script} = readyScript(context);
	const settings = temporaryFolder(context);
	fs.mkdirSync(join(settings, 'run'));
	fs.chmodSync(join(settings, 'run'), 0o755);
	await assert.rejects(
		start(script, undefined, settings),
		ofCode('file', /^there is no place for the agent's socket: `.*run` is not a directory that only you can reach$/),
	);
	assert.equal(findSocket(socketPlaces({}, settings)), undefined);
	await assert.rejects(
		start(script, undefined, '/proc/nowhere'),
		ofCode('file', /^there is no place for the agent's socket: `.*run` can't be made: /),
	);
});

test("another user's directory is never used, and nothing is made in it", onlyRoot, async context => {
	const {script, socket} = readyScript(context);
	const folder = temporaryFolder(context);
	const [runtime, settings] = [join(folder, 'runtime'), join(folder, 'settings')];
	fs.mkdirSync(runtime, {mode: 0o700});
	fs.chownSync(runtime, nobody, nobody);
	for (const named of [runtime, `${runtime}/`]) {
		await start(script, named, settings);
		assert.equal(socket(), join(settings, 'run/agent.sock'));
		assert.deepEqual(fs.readdirSync(runtime), []);
	}
	fs.mkdirSync(join(runtime, 'pharmer'), {mode: 0o700});
	fs.chownSync(join(runtime, 'pharmer'), nobody, nobody);
	await start(script, runtime, settings);
	assert.equal(socket(), join(settings, 'run/agent.sock'));
	assert.equal(findSocket(socketPlaces({XDG_RUNTIME_DIR: runtime}, settings)), socket());
	fs.chownSync(join(settings, 'run'), nobody, nobody);
	await assert.rejects(start(script, runtime, settings), ofCode('file', /is not a directory that only you can reach/));
	assert.equal(findSocket(socketPlaces({XDG_RUNTIME_DIR: runtime}, settings)), undefined);
});

test('a path that is too long for a socket is refused, since Node.js cuts it', posix, async context => {
	const {script, socket} = readyScript(context);
	const folder = temporaryFolder(context);
	const settingsFor = (length: number): string => {
		const rest = length - Buffer.byteLength(join(folder, 'run/agent.sock')) - 1;
		return join(folder, 'ä'.repeat(rest / 2) + 'x'.repeat(rest % 2));
	};
	assert.equal(socketPathLimit, 100);
	await start(script, undefined, settingsFor(100));
	assert.equal(Buffer.byteLength(socket()), 100);
	for (const length of [101, 134]) {
		const settings = settingsFor(length);
		await assert.rejects(
			start(script, undefined, settings),
			ofCode('file', /the path of `.*` is too long: a socket's has at most 100 bytes$/),
		);
		assert.equal(findSocket(socketPlaces({}, settings)), undefined);
	}
});

test('an agent that does not start is reported with how it ended', posix, async context => {
	const folder = temporaryFolder(context);
	const script = join(folder, 'script.cjs');
	const started = (text: string, patienceMs?: number): Promise<void> => {
		fs.writeFileSync(script, `const fs = require('node:fs'); ${text}`);
		return start(script, undefined, folder, patienceMs);
	};
	await assert.rejects(started('process.exit(3)'), ofCode('file', /^the agent did not start: it ended with 3$/));
	await assert.rejects(started('fs.writeSync(1, "read")'), ofCode('file', /it ended with 0$/));
	await assert.rejects(started('process.kill(process.pid, 9)'), ofCode('file', /it ended with SIGKILL$/));
	const pid = join(folder, 'pid');
	await assert.rejects(
		started(`fs.writeFileSync(${JSON.stringify(pid)}, String(process.pid)); setInterval(() => {}, 1e6)`, 500),
		ofCode('file', /^the agent did not start: it does not answer$/),
	);
	if (fs.existsSync(pid)) await untilGone(Number(fs.readFileSync(pid, 'utf8')));
});

async function untilGone(pid: number): Promise<void> {
	for (;;) {
		try {
			process.kill(pid, 0);
		} catch {
			return;
		}
		await new Promise(resolve => setTimeout(resolve, 5));
	}
}

test('a new agent waits for a key that comes late, though its input does not wait', posix, async context => {
	const folder = temporaryFolder(context);
	const [pipe, text] = [join(folder, 'pipe'), join(folder, 'text')];
	const lease = {path: '/vault.json', id: 'id', total: 60};
	const line = startLine('/run/agent.sock', lease);
	const key = Buffer.alloc(32, 7);
	fs.writeFileSync(text, Buffer.concat([Buffer.from(line), key]));
	const late =
		'mkfifo "$0"; exec 3<>"$0" 4>"$0" 3>&-; echo open; sleep 0.1; head -c 40 "$1" >&4; sleep 0.1; tail -c +41 "$1" >&4';
	const writer = spawn('/bin/sh', ['-c', late, pipe, text], {stdio: ['ignore', 'pipe', 'ignore']});
	await once(writer.stdout, 'data');
	const descriptor = fs.openSync(pipe, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
	try {
		assert.deepEqual(readStart(descriptor), {socket: '/run/agent.sock', lease, key});
	} finally {
		fs.closeSync(descriptor);
	}
});
