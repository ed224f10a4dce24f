import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {existsSync, readdirSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {dirname} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {programVersion} from '../../source/platform/version.js';
import {exchange, openLine} from '../helpers/agent-line.js';
import {secretKey} from '../helpers/credentials.js';
import {openProgram} from '../helpers/program.js';
import {passphrase} from '../helpers/quick-vault.js';
import {askAgent, ended, homeWithAgent, isRunning, onlyLinux, until} from '../helpers/real-agent.js';

const skip = onlyLinux;
const version = programVersion();

/** A home whose vault is unlocked. */
async function unlocked(context: TestContext, ...args: readonly string[]) {
	const home = await homeWithAgent(context);
	const {code, stderr} = await home.unlock(args);
	assert.equal(code, 0, stderr);
	return {...home, pid: home.agent(), left: () => readdirSync(dirname(home.socket))};
}

test('the agent ends by itself when the time is over', {skip}, async context => {
	const {run, pid, get, left} = await unlocked(context, '--for', '2s');
	const status = await run(['status']);
	assert.deepEqual([status.code, status.stderr], [0, '']);
	assert.match(status.stdout, /is unlocked for [12] seconds?\n$/);
	await ended(pid);
	assert.deepEqual(left(), []);
	assert.equal((await get()).code, 2);
});

test('each signal that ends the agent removes its socket, and so does `pharmer lock`', {skip}, async context => {
	const {unlock, run, agent, socket} = await homeWithAgent(context);
	const left = () => readdirSync(dirname(socket));
	for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'lock'] as const) {
		await unlock();
		const pid = agent();
		assert.deepEqual(left(), ['agent.sock']);
		if (signal === 'lock') assert.deepEqual(await run(['lock']), {code: 0, stdout: '', stderr: 'locked\n'});
		else process.kill(pid, signal);
		await ended(pid);
		assert.deepEqual(left(), [], signal);
	}
	assert.deepEqual(await run(['lock']), {code: 0, stdout: '', stderr: 'nothing is unlocked here\n'});
});

test('garbage closes its connection and nothing else', {skip}, async context => {
	const {socket, pid, get} = await unlocked(context);
	const other = await openLine(socket);
	assert.equal(await exchange(socket, randomBytes(300), '\n'), '');
	assert.equal(await exchange(socket, '{"ask":"hel\n'), '');
	assert.equal(await exchange(socket, `{"ask":"hello","more":"${'x'.repeat(70 * 1024)}"}\n`), '');
	const half = await openLine(socket);
	half.write('{"ask":"hel');
	half.end();
	other.write('{"ask":"hello"}\n');
	assert.deepEqual(JSON.parse((await other.line()) ?? ''), {is: 'hello', version, pid});
	other.end();
	const {code, stdout} = await get();
	assert.equal(code, 0);
	assert.ok(stdout.includes(secretKey));
});

test('a connection that never ends its line is cut off after five seconds', {skip}, async context => {
	const {socket, pid} = await unlocked(context);
	assert.equal(await exchange(socket, '{"ask":"hel'), '');
	assert.ok(isRunning(pid));
});

test('a thousand requests at once are all answered', {skip}, async context => {
	const {socket, vault} = await unlocked(context);
	const request = {ask: 'read', version, path: vault, name: 'aws'};
	const answers = await Promise.all(Array.from({length: 1000}, () => askAgent(socket, request)));
	assert.deepEqual([...new Set(answers.map(answer => answer?.is))], ['credential']);
});

test('after a kill nothing is waited for, and `pharmer unlock` works again', {skip}, async context => {
	const {socket, pid, run, get, unlock, agent} = await unlocked(context);
	process.kill(pid, 'SIGKILL');
	await ended(pid);
	assert.ok(existsSync(socket), 'a stale socket is left');
	const asked = await get();
	assert.equal(asked.code, 2);
	assert.match(asked.stderr, /passphrase/);
	assert.equal((await run(['status'])).code, 6);
	assert.equal((await unlock()).code, 0);
	assert.notEqual(agent(), pid);
	assert.equal((await get()).code, 0);
});

test('`pharmer lock` says that a stopped agent does not answer, and cuts it off', {skip}, async context => {
	const {socket, pid, run, get} = await unlocked(context);
	process.kill(pid, 'SIGSTOP');
	const {code, stdout, stderr} = await run(['lock']);
	assert.deepEqual([code, stdout], [12, '']);
	assert.match(stderr, /^pharmer: the agent does not answer\nnobody reaches it any more/);
	assert.equal(existsSync(socket), false);
	assert.equal((await get()).code, 2);
	assert.ok(isRunning(pid));
	process.kill(pid, 'SIGCONT');
	await ended(pid);
});

test('`pharmer unlock` takes the place of a stopped agent, which ends when it goes on', {skip}, async context => {
	const {pid, unlock, get, agents, left} = await unlocked(context);
	process.kill(pid, 'SIGSTOP');
	const {code, stderr} = await unlock();
	assert.equal(code, 0, stderr);
	assert.equal(agents().length, 2);
	process.kill(pid, 'SIGCONT');
	await ended(pid);
	assert.deepEqual(left(), ['agent.sock']);
	assert.equal((await get()).code, 0);
});

test('a command connects once to an agent that does not answer', {skip}, async context => {
	const {socket, unlock, run, get} = await homeWithAgent(context);
	await unlock();
	await run(['lock']);
	await until(() => !existsSync(socket), 'the end of the agent');
	const connections: Socket[] = [];
	const silent = createServer(connection => connections.push(connection.on('error', () => {})));
	silent.listen(socket);
	context.after(() => {
		for (const connection of connections) connection.destroy();
		silent.close();
	});
	await until(() => existsSync(socket), 'the socket');
	for (const command of [get, () => run(['get', 'credentials'])]) {
		connections.length = 0;
		const {code, stderr} = await command();
		assert.equal(code, 2);
		assert.match(stderr, /passphrase/);
		assert.equal(connections.length, 1);
	}
});

test('at a terminal, the passphrase is asked for when a stopped agent does not answer', {skip}, async context => {
	const {home, pid, run} = await unlocked(context);
	process.kill(pid, 'SIGSTOP');
	const args = ['get', 'credentials', 'aws', '-o', 'json'];
	const terminal = openProgram(context, {home, agent: true, args});
	const [piped] = await Promise.all([run(args), terminal.see(/Passphrase:/)]);
	assert.equal(piped.code, 2);
	terminal.press(passphrase, 'enter');
	assert.equal(await terminal.ended(), 0);
	assert.match(terminal.text(), /"aws"/);
	const app = openProgram(context, {home, agent: true});
	await app.see(/vault is locked/);
	app.press('ctrl+c');
	await app.ended();
	process.kill(pid, 'SIGCONT');
	assert.equal((await run(args)).code, 0, 'it was left alone');
});
