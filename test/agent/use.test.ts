import assert from 'node:assert/strict';
import {once} from 'node:events';
import fs from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {test} from 'node:test';
import {agentClient} from '../../source/agent/client.js';
import {longestTotal} from '../../source/agent/protocol.js';
import {listen} from '../../source/agent/server.js';
import {deleteCredentials, getByName, purgeTrash} from '../../source/vault/operations.js';
import {hours, type TestVault, testAgent, vaultWith, version} from '../helpers/agent.js';
import '../helpers/long.js';
import {until} from '../helpers/real-agent.js';
import {size} from '../helpers/rounds.js';
import {changePassphrase, temporaryFolder} from '../helpers/vault-samples.js';

const times = {total: longestTotal};
const at = '2026-03-01T12:00:00Z';

/** What is in the log of a vault, newest first. */
const usesOf = async ({vault}: TestVault) => (await vault.openUseLog().read()).list;

test('a use is noted in the log of a vault that is held, and in no other', async context => {
	const [vault, other] = [await vaultWith(context, 'one'), await vaultWith(context, 'two')];
	const {agent, hold} = testAgent(context);
	hold(vault, times);
	await agent.note({ask: 'use', version, path: vault.file, ids: ['a', 'b'], kind: 'exec'});
	for (const path of [other.file, '/nowhere/vault.json'])
		await agent.note({ask: 'use', version, path, ids: ['a'], kind: 'exec'});
	await agent.note({ask: 'use', version: '1.2.4', path: vault.file, ids: ['other version'], kind: 'exec'});
	assert.deepEqual(
		[...(await usesOf(vault))].sort((one, two) => (one.id < two.id ? -1 : 1)),
		[
			{id: 'a', kind: 'exec', at},
			{id: 'b', kind: 'exec', at},
		],
	);
	assert.deepEqual(await usesOf(other), []);
	assert.equal(fs.existsSync(`${other.file}.used`), false);
});

test('nothing is noted after a lock, nor when the time is over, nor under a key that opens nothing any more', async context => {
	const vault = await vaultWith(context, 'one');
	const {agent, hold, clock, answer, status} = testAgent(context);
	const note = (id: string) => agent.note({ask: 'use', version, path: vault.file, ids: [id], kind: 'get'});
	hold(vault, {total: hours});
	clock.pass(hours + 1);
	await note('late');
	hold(vault, times);
	await answer({ask: 'lock'});
	await note('locked');
	hold(vault, times);
	await changePassphrase(vault.vault, 'another one');
	await status(vault);
	await note('void');
	assert.deepEqual(await usesOf(vault), []);
});

test('shortened by the agent, it keeps what is in the trash and drops what is gone', async context => {
	const vault = await vaultWith(context, 'kept', 'trashed', 'purged');
	const {credentials} = await vault.vault.read();
	const idOf = (name: string): string => credentials.find(each => each.name === name)?.id ?? '';
	const drop = (name: string) =>
		vault.vault.change(content => deleteCredentials(content, [getByName(content, name)], new Date()));
	await drop('trashed');
	const [purged] = await drop('purged');
	await vault.vault.change(content => purgeTrash(content, purged === undefined ? [] : [purged]));
	const {agent, hold, read} = testAgent(context);
	hold(vault, times);
	const note = (...ids: string[]) => agent.note({ask: 'use', version, path: vault.file, ids, kind: 'get'});
	await note(idOf('trashed'), idOf('purged'));
	await read(vault, 'kept');
	await note(...Array.from({length: 1100}, () => idOf('kept')));
	assert.deepEqual(new Set((await usesOf(vault)).map(({id}) => id)), new Set([idOf('kept'), idOf('trashed')]));
	assert.ok(fs.statSync(`${vault.file}.used`).size <= 4 * 256);
});

test('what is told on the way out of a connection is noted, every time', async context => {
	const vault = await vaultWith(context, 'one');
	const {agent, hold} = testAgent(context);
	const folder = temporaryFolder(context);
	const server = await listen(agent, folder, () => {});
	context.after(() => server.close());
	hold(vault, times);
	const noted: string[] = [];
	const noteIt = agent.note.bind(agent);
	agent.note = async given => {
		noted.push(...given.ids);
		await noteIt(given);
	};
	assert.ok(await server.place(join(folder, 'agent.sock'), undefined));
	const client = agentClient({directories: [folder], runtime: undefined}, version);
	const count = size(100, 3000);
	for (let round = 0; round < count; round++) {
		const found = await client.read(vault.file, ['one'], ([only], note) => note([`${only?.is} ${round}`], 'get'));
		assert.equal(found?.length, 1);
		await client.note(vault.file, [`alone ${round}`], 'exec');
	}
	await until(() => noted.length === 2 * count, 'every use');
	assert.equal(new Set(noted).size, 2 * count);
	assert.ok((await usesOf(vault)).length > 0);
	const many = Array.from({length: 2500}, (_, index) => `many ${index}`);
	await client.note(vault.file, many, 'export');
	await until(() => noted.length === 2 * count + many.length, 'thousands at once');
	assert.deepEqual(noted.slice(2 * count), many);
});

test('an agent that does not know the request answers reads as before, and the client does not wait', async context => {
	const folder = temporaryFolder(context);
	const seen: string[] = [];
	// What an older program does: it ends a connection with what it does not understand.
	const server = createServer(connection => {
		connection.on('error', () => {});
		connection.on('data', bytes => {
			for (const line of bytes.toString().split('\n').filter(Boolean)) {
				seen.push(JSON.parse(line).ask);
				if (line.includes('"read"')) connection.write('{"is":"missing"}\n');
				else connection.destroy();
			}
		});
	});
	server.listen(join(folder, 'agent.sock'));
	await once(server, 'listening');
	context.after(() => server.close());
	const client = agentClient({directories: [folder], runtime: undefined}, version);
	const found = await client.read('/vault.json', ['one'], (_, note) => note(['id'], 'get'));
	assert.deepEqual(found, [{is: 'missing'}]);
	await client.note('/vault.json', ['id'], 'exec');
	assert.equal(client.isSilent(), false);
	assert.deepEqual(await client.read('/vault.json', ['one']), [{is: 'missing'}]);
	await until(() => seen.length === 4, 'all requests');
});
