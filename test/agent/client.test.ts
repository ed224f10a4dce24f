import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {agentClient} from '../../source/agent/client.js';
import {listen} from '../../source/agent/server.js';
import {fingerprintOf} from '../../source/platform/fingerprint.js';
import {keyOf, testAgent, vaultWith, version} from '../helpers/agent.js';
import '../helpers/long.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const onlyLinux = process.platform === 'linux' ? false : 'SKIPPED: a full queue is another error elsewhere';

/** A directory for the agent's socket, and a client that looks there. `starts` is how often it started an agent. */
function placeFor(context: TestContext) {
	const folder = temporaryFolder(context);
	const places = {directories: [folder], runtime: undefined};
	let starts = 0;
	const begin = async (): Promise<void> => {
		starts++;
	};
	const start = {holding: begin, clearing: begin};
	const client = agentClient(places, version, start);
	return {folder, places, socket: join(folder, 'agent.sock'), client, start, starts: () => starts};
}

/** Something listens at a socket, and does this with each connection. Returns how many there were. */
async function listening(context: TestContext, socket: string, onConnection: (connection: Socket) => void) {
	let count = 0;
	const connections: Socket[] = [];
	const server = createServer(connection => {
		count++;
		connections.push(connection);
		connection.on('error', () => {});
		onConnection(connection);
	});
	server.listen(socket);
	await once(server, 'listening');
	const close = (): void => {
		for (const each of connections) each.destroy();
		server.close();
	};
	context.after(close);
	return {count: () => count, close};
}

type Place = ReturnType<typeof placeFor>;

const lease = {path: '/vault.json', id: 'id', total: 60};
const key = Buffer.alloc(32, 'k');

test('an agent that does not answer is waited for once, and never again', async context => {
	const {socket, places, client} = placeFor(context);
	const silent = await listening(context, socket, () => {});
	assert.equal(await client.read('/vault.json', ['one', 'two']), undefined);
	assert.equal(client.isSilent(), true);
	assert.equal(await client.key('/vault.json', 'id'), undefined);
	assert.equal(await client.left('/vault.json'), undefined);
	assert.equal(await agentClient(places, version, undefined, true).read('/vault.json', ['one']), undefined);
	assert.equal(silent.count(), 1);
	assert.equal(fs.existsSync(socket), true);
});

test('names come with the keys of their fields and no value, or not in the time that is given', async context => {
	const [there, silent, absent] = [placeFor(context), placeFor(context), placeFor(context)];
	const vault = await vaultWith(context, 'one', 'two');
	const {agent, hold} = testAgent(context);
	hold(vault, {total: 60});
	const server = await listen(agent, there.folder, () => {});
	context.after(() => server.close());
	await server.place(there.socket, undefined);
	const names = await there.client.names(vault.file, 5000);
	assert.deepEqual(
		names?.map(([name]) => name),
		['one', 'two'],
	);
	assert.deepEqual(names?.[0]?.[1], ['token']);
	assert.equal(await there.client.names(`${vault.file}.other`, 5000), undefined);

	const asked = await listening(context, silent.socket, () => {});
	assert.equal(await silent.client.names(vault.file, 1), undefined);
	assert.ok(asked.count() <= 1);
	assert.equal(await absent.client.names(vault.file, 5000), undefined);
});

test('a clipboard is left to the agent, or to a process that is out of the way of another agent', async context => {
	const timed = {
		clearing: {way: 'xclip', ours: fingerprintOf('text'), environment: {}},
		seconds: 45,
	};
	const alone: boolean[] = [];
	const start = {
		holding: async () => {},
		clearing: async (_: unknown, isAlone: boolean) => void alone.push(isAlone),
	};
	const [absent, other, silent, there] = Array.from({length: 4}, () => placeFor(context)) as [
		Place,
		Place,
		Place,
		Place,
	];
	const clear = ({places}: Place) => agentClient(places, version, start).clearLater(timed);
	assert.equal(await clear(absent), 'process');
	await listening(context, other.socket, connection => connection.end('{"is":"no","why":"version"}\n'));
	assert.equal(await clear(other), 'process');
	await listening(context, silent.socket, () => {});
	assert.equal(await clear(silent), 'process');
	assert.deepEqual(alone, [false, true, true]);
	assert.ok(fs.existsSync(other.socket) && fs.existsSync(silent.socket), 'they are left alone');

	const vault = await vaultWith(context, 'one');
	const {agent, hold} = testAgent(context);
	const server = await listen(agent, there.folder, () => {});
	context.after(() => server.close());
	agent.clearLater(timed);
	await server.place(there.socket, undefined);
	assert.equal(await clear(there), 'process');
	hold(vault, {total: 60});
	assert.equal(await clear(there), 'agent');
	assert.equal(alone.length, 3);
});

test('an agent that does not answer is cut off by unlock and by lock', async context => {
	const places = [placeFor(context), placeFor(context)] as const;
	const silent = await Promise.all(places.map(({socket}) => listening(context, socket, () => {})));
	const [unlock, lock] = places;
	const [, ended] = await Promise.all([unlock.client.hold(lease, key), lock.client.end()]);
	assert.equal(ended, 'silent');
	assert.equal(unlock.starts(), 1);
	for (const [index, {socket}] of places.entries()) {
		assert.equal(silent[index]?.count(), 1);
		assert.equal(fs.existsSync(socket), false);
	}
});

test('an agent whose queue is full is waited for once', {skip: onlyLinux}, async context => {
	const {socket, client} = placeFor(context);
	const script = `require('net').createServer().listen({path: ${JSON.stringify(socket)}, backlog: 1}, () => {
		process.stdout.write('stopped');
		process.kill(process.pid, 'SIGSTOP');
	})`;
	const child = spawn(process.execPath, ['-e', script], {stdio: ['ignore', 'pipe', 'ignore']});
	context.after(() => child.kill('SIGKILL'));
	await once(child.stdout, 'data');
	const waiting = Array.from({length: 4}, () =>
		agentClient({directories: [join(socket, '..')], runtime: undefined}, version),
	);
	const all = [client, ...waiting];
	assert.deepEqual(
		await Promise.all(all.map(each => each.read('/vault.json', ['one']))),
		all.map(() => undefined),
	);
	assert.deepEqual(
		all.map(each => each.isSilent()),
		all.map(() => true),
	);
});

test('an agent that ends the connection may be asked again', async context => {
	const {socket, client} = placeFor(context);
	const ending = await listening(context, socket, connection => connection.once('data', () => connection.destroy()));
	assert.equal(await client.read('/vault.json', ['one']), undefined);
	assert.equal(await client.key('/vault.json', 'id'), undefined);
	assert.equal(client.isSilent(), false);
	assert.equal(ending.count(), 2);
});

test('garbage from a socket is no answer, and a lock that gets nothing else cuts it off', async context => {
	const {socket, client, starts} = placeFor(context);
	const answers = ['\n', '[]\n', '{"is":1}\n', '{\n', `${'x'.repeat(2 ** 21)}\n`];
	const served = await listening(context, socket, connection =>
		connection.once('data', () => connection.write(answers[(served.count() - 1) % answers.length] ?? '')),
	);
	for (const answer of answers) assert.equal(await client.left('/vault.json'), undefined, answer.slice(0, 20));
	await client.hold(lease, key);
	assert.equal(starts(), 1);
	assert.equal(fs.existsSync(socket), true);
	assert.equal(await client.end(), 'silent');
	assert.equal(fs.existsSync(socket), false);
});

test('a lock that comes while the agent ends finds it ended', async context => {
	const {socket, client} = placeFor(context);
	const ending = await listening(context, socket, connection => connection.once('data', () => ending.close()));
	assert.equal(await client.end(), 'ended');
	assert.equal(await client.end(), 'absent');
});

test('two locks at once both find the agent ended', async context => {
	const {folder, socket, places} = placeFor(context);
	const vault = await vaultWith(context);
	for (let round = 0; round < 20; round++) {
		const {agent, hold} = testAgent(context);
		hold(vault, {total: 60});
		const server = await listen(agent, folder, () => {});
		await server.place(socket, undefined);
		const ends = await Promise.all(Array.from({length: 4}, () => agentClient(places, version).end()));
		assert.ok(ends.every(each => each !== 'silent') && ends.includes('ended'), ends.join());
		await server.close();
	}
});

test('an agent of another version counts as absent, and is given no key', async context => {
	const {socket, client, starts} = placeFor(context);
	let received = '';
	await listening(context, socket, connection =>
		connection.on('data', bytes => {
			received += bytes.toString('latin1');
			connection.write('{"is":"hello","version":"0.9.0","pid":1}\n');
		}),
	);
	await client.hold(lease, key);
	assert.equal(starts(), 1);
	assert.equal(received, '{"ask":"hello"}\n');
});

test('a client gets from an agent what it holds', async context => {
	const {folder, socket, client, starts} = placeFor(context);
	const {agent} = testAgent(context);
	const [one, two] = [await vaultWith(context, 'one'), await vaultWith(context, 'two')];
	agent.hold({path: one.file, id: one.id, total: 60}, Buffer.from(one.key));
	const server = await listen(agent, folder, () => {});
	context.after(() => server.close());
	await server.place(socket, undefined);
	await client.hold({path: two.file, id: two.id, total: 60}, two.key);
	assert.equal(starts(), 0);
	assert.deepEqual(two.key, await keyOf(two.vault), 'the client keeps its key');
	assert.deepEqual(await client.key(one.file, one.id), one.key);
	assert.deepEqual(await client.key(two.file, two.id), two.key);
	const found = await client.read(two.file, ['two', 'tow']);
	assert.deepEqual(
		found?.map(each => each.is),
		['credential', 'missing'],
	);
	assert.equal((await client.left(one.file))?.total, 60);
	assert.equal(await client.read('/nowhere', ['two']), undefined);
	assert.equal(await client.end(), 'ended');
});
