import assert from 'node:assert/strict';
import {once} from 'node:events';
import fs from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import fc from 'fast-check';
import {longestTotal, requestLimit} from '../../source/agent/protocol.js';
import {listen} from '../../source/agent/server.js';
import {identityOf} from '../../source/platform/agent-socket.js';
import {testAgent, vaultWith, version} from '../helpers/agent.js';
import {exchange, openLine} from '../helpers/agent-line.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const times = {total: longestTotal};
const hello = '{"ask":"hello"}\n';
const answered = `{"is":"hello","version":"${version}","pid":7}`;

/** An agent that holds a vault and serves. `ended` resolves when it has ended. */
async function serving(context: TestContext, lookSeconds = longestTotal) {
	const folder = temporaryFolder(context);
	const vault = await vaultWith(context, 'one');
	const agent = testAgent(context);
	agent.hold(vault, times);
	let end: () => void = () => {};
	const ended = new Promise<void>(resolve => {
		end = resolve;
	});
	const server = await listen(agent.agent, folder, end, lookSeconds);
	context.after(() => server.close());
	const socket = join(folder, 'agent.sock');
	assert.equal(await server.place(socket, undefined), true);
	return {...agent, folder, vault, server, socket, ended};
}

const keyRequest = ({file, id}: {file: string; id: string}): string =>
	`${JSON.stringify({ask: 'key', version, path: file, id})}\n`;

test('the socket is for its user only, and is all that is left in its directory', async context => {
	const {folder, socket, server} = await serving(context);
	assert.equal(fs.lstatSync(socket).mode & 0o777, 0o600);
	assert.deepEqual(fs.readdirSync(folder), ['agent.sock']);
	await server.close();
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('what agents left that were killed while they started is removed, and nothing else', async context => {
	const folder = temporaryFolder(context);
	const old = new Date(Date.now() - 120_000);
	for (const name of ['new0123abc', 'newer', 'new0123abd', 'vault.json']) fs.writeFileSync(join(folder, name), '');
	for (const name of ['new0123abc', 'newer', 'vault.json']) fs.utimesSync(join(folder, name), old, old);
	const {agent} = testAgent(context);
	const server = await listen(agent, folder, () => {});
	context.after(() => server.close());
	const left = fs.readdirSync(folder);
	assert.deepEqual(left.filter(name => !/^new[0-9a-f]{7}$/.test(name)).sort(), ['newer', 'vault.json']);
	assert.deepEqual([left.includes('new0123abc'), left.includes('new0123abd')], [false, true]);
});

test('the vault is read before anybody asks, and not again for a request', async context => {
	const {images, socket, vault} = await serving(context);
	for (let turns = 0; turns < 1000 && images.length === 0; turns++) await sleep(5);
	assert.equal(images.length, 1);
	const line = await openLine(socket);
	line.write(`${JSON.stringify({ask: 'read', version, path: vault.file, name: 'one'})}\n`);
	assert.match((await line.line()) ?? '', /"is":"credential"/);
	line.end();
	assert.equal(images.length, 1);
});

test('requests are answered in whatever pieces they arrive', async context => {
	const {socket, vault} = await serving(context);
	const add = `${JSON.stringify({ask: 'add', version, path: vault.file, id: vault.id, ...times})}\n`;
	const all = Buffer.concat([Buffer.from(hello + add), vault.key, Buffer.from(keyRequest(vault) + hello)]);
	const expected = `${answered}\n{"is":"added"}\n{"is":"key"}\n${vault.key.toString('latin1')}${answered}\n`;
	await fc.assert(
		fc.asyncProperty(fc.array(fc.integer({min: 1, max: 90}), {minLength: 1, maxLength: 20}), async lengths => {
			const line = await openLine(socket);
			let at = 0;
			for (const length of [...lengths, all.length]) {
				line.write(all.subarray(at, at + length));
				at += length;
				// Or they would arrive as one.
				await new Promise(setImmediate);
			}
			line.write('garbage\n');
			assert.equal((await line.rest()).toString('latin1'), expected);
		}),
		{numRuns: 30},
	);
});

test('garbage ends its connection, and nothing else', async context => {
	const {socket, vault, key} = await serving(context);
	const other = await openLine(socket);
	for (const garbage of ['\n', 'x\n', '{}\n', '[]\n', '{"ask":"quit"}\n', '\u0000\n', '{"ask":"add"}\n', '\ud800\n'])
		assert.equal(await exchange(socket, garbage, hello), '', JSON.stringify(garbage));
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({maxLength: 2000}), async bytes => {
			assert.equal(await exchange(socket, bytes, '\n'), '');
		}),
		{numRuns: 30},
	);
	other.write(hello);
	assert.equal(await other.line(), answered);
	other.end();
	assert.deepEqual(await key(vault), vault.key);
});

test('a request of more than 64 KiB ends its connection, whether or not it comes to an end', async context => {
	const {socket} = await serving(context);
	const request = (length: number): string => {
		const empty = JSON.stringify({ask: 'hello', more: ''});
		return `${empty.slice(0, -2)}${'x'.repeat(length - empty.length - 1)}"}\n`;
	};
	const line = await openLine(socket);
	line.write(request(requestLimit));
	assert.equal(await line.line(), answered);
	line.end();
	assert.equal(await exchange(socket, request(requestLimit + 100)), '');
	assert.equal(await exchange(socket, 'x'.repeat(requestLimit * 4)), '');
});

test('nothing is read after a refusal, such as the key of a request that was refused', async context => {
	const {socket, vault, status} = await serving(context);
	const add = `${JSON.stringify({ask: 'add', version: '0', path: vault.file, id: vault.id, ...times})}\n`;
	const refused = '{"is":"no","why":"version"}\n';
	assert.equal(await exchange(socket, add, Buffer.alloc(32, '\n'), '{"ask":"lock"}\n'), refused);
	const line = await openLine(socket);
	line.write(add);
	line.write(vault.key);
	assert.equal(await line.line(), refused.trim());
	line.write('{"ask":"lock"}\n');
	assert.equal((await line.rest()).toString(), '');
	assert.equal((await status(vault)).is, 'unlocked');
});

test('the agent ends at lock, and removes its socket', async context => {
	const {folder, socket, ended} = await serving(context);
	assert.equal(await exchange(socket, '{"ask":"lock"}\n', hello), '{"is":"locked"}\n');
	await ended;
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('the agent ends when nothing is held any more, without a request', async context => {
	const {clock, folder, ended} = await serving(context, 0.02);
	clock.pass(longestTotal);
	await ended;
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('the agent ends when its socket was removed or replaced, and leaves what is there', async context => {
	for (const look of ['by itself', 'with a request']) {
		for (const isReplaced of [false, true]) {
			const {socket, ended, vault, key} = await serving(context, look === 'by itself' ? 0.02 : undefined);
			const line = await openLine(socket);
			fs.rmSync(socket);
			if (isReplaced) fs.writeFileSync(socket, 'of somebody else');
			if (look === 'with a request') line.write(hello);
			await ended;
			assert.equal(fs.existsSync(socket), isReplaced, look);
			assert.equal(await key(vault), undefined);
			line.end();
		}
	}
});

test('an agent that closes late leaves the socket of the next one', async context => {
	const {folder, socket, server, vault} = await serving(context);
	const next = testAgent(context);
	next.hold(vault, times);
	const other = await listen(next.agent, folder, () => {});
	context.after(() => other.close());
	assert.equal(await other.place(socket, undefined), false, 'something is there');
	assert.equal(await other.place(socket, identityOf(socket)), true);
	await server.close();
	const line = await openLine(socket);
	line.write(hello);
	assert.equal(await line.line(), answered);
	line.end();
	await other.close();
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('of two agents that come at once one is placed, and the other leaves nothing', async context => {
	const folder = temporaryFolder(context);
	const socket = join(folder, 'agent.sock');
	const vault = await vaultWith(context);
	const servers = await Promise.all(
		Array.from({length: 5}, () => {
			const {agent, hold} = testAgent(context);
			hold(vault, times);
			return listen(agent, folder, () => {});
		}),
	);
	const placed = await Promise.all(servers.map(server => server.place(socket, undefined)));
	assert.equal(placed.filter(Boolean).length, 1);
	await Promise.all(servers.filter((_, index) => placed[index] !== true).map(server => server.close()));
	assert.deepEqual(fs.readdirSync(folder), ['agent.sock']);
	await Promise.all(servers.map(server => server.close()));
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('a socket that nobody listens at is replaced', async context => {
	const folder = temporaryFolder(context);
	const socket = join(folder, 'agent.sock');
	const stale = createServer();
	stale.listen(join(folder, 'bound'));
	await once(stale, 'listening');
	fs.renameSync(join(folder, 'bound'), socket);
	stale.close();
	await once(stale, 'close');
	const {agent, hold} = testAgent(context);
	hold(await vaultWith(context), times);
	const server = await listen(agent, folder, () => {});
	context.after(() => server.close());
	assert.equal(await server.place(socket, identityOf(socket)), true);
	const line = await openLine(socket);
	line.write(hello);
	assert.equal(await line.line(), answered);
	line.end();
});

test('a thousand requests at once are all answered', async context => {
	const {socket, vault} = await serving(context);
	const read = `${JSON.stringify({ask: 'read', version, path: vault.file, name: 'one'})}\n`;
	const answers = await Promise.all(
		Array.from({length: 1000}, async () => {
			const line = await openLine(socket);
			line.write(read);
			const answer = await line.line();
			line.end();
			return answer;
		}),
	);
	assert.deepEqual([...new Set(answers.map(answer => answer?.slice(0, 31)))], ['{"is":"credential","format":2,"']);
});
