import '../helpers/long.js';
import assert from 'node:assert/strict';
import {chmodSync, existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import type {Environment} from '../../source/domain/environment.js';
import {Unreachable} from '../../source/domain/exchange.js';
import {systemGit} from '../../source/platform/git.js';
import {gitStore} from '../../source/stores/git.js';
import type {Store} from '../../source/stores/store.js';
import {bareRepository} from '../helpers/bare-repository.js';
import {gitHttps} from '../helpers/git-https.js';

/** A helper of a user's settings that signs in with that password. */
const signsIn = (password: string, caPath: string): Environment => ({
	...process.env,
	GIT_SSL_CAINFO: caPath,
	GIT_CONFIG_COUNT: '1',
	GIT_CONFIG_KEY_0: 'credential.helper',
	GIT_CONFIG_VALUE_0: `!f() { test "$1" = get && echo username=me && echo password=${password}; }; f`,
});

async function roundTrip(store: Store): Promise<void> {
	assert.equal(await store.get('a/log/1', 1), undefined);
	assert.equal(await store.create('a/log/1', Buffer.from('one')), 'created');
	assert.equal(await store.create('a/log/1', Buffer.from('uno')), 'exists');
	assert.equal(await store.create('a/log/2', Buffer.alloc(3_000_000, 2)), 'created');
}

test('a repository at https is reached with the helper of the user', async context => {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const {remote, caPath, requests} = await gitHttps(context, repository, 'hunter2');
	const open = (environment: Environment, cache: string): Store =>
		gitStore({remote, branch: 'pharmer'}, systemGit(environment), join(repository.folder, cache));
	const environment = signsIn('hunter2', caPath);
	await roundTrip(open(environment, 'one'));
	const other = open(environment, 'two');
	assert.deepEqual(await other.list('', ''), ['a/log/1', 'a/log/2']);
	assert.equal((await other.get('a/log/2', 4_000_000))?.bytes.length, 3_000_000);

	const before = requests.length;
	assert.equal(await other.get('a/log/3', 1), undefined);
	context.diagnostic(`a look that finds nothing is ${requests.length - before} requests`);

	await assert.rejects(open(signsIn('wrong', caPath), 'three').get('a/log/1', 1), {
		code: 'refused',
		message: /^the storage localhost:\d+ can't be used: Authentication failed for/,
	});
	await assert.rejects(open({...process.env, GIT_SSL_CAINFO: caPath}, 'four').get('a/log/1', 1), {
		code: 'refused',
		message: /could not read Username for .*: terminal prompts disabled$/,
	});
	await assert.rejects(open(signsIn('hunter2', ''), 'five').get('a/log/1', 1), Unreachable);
});

test('a repository that leads to another address is not followed there', async context => {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const {remote, caPath, requests} = await gitHttps(context, repository, 'hunter2');
	const moved = remote.replace(/([^/])\/([^/]+)$/, '$1/moved/$2');
	const git = systemGit(signsIn('hunter2', caPath));
	const store = gitStore({remote: moved, branch: 'pharmer'}, git, join(repository.folder, 'cache'));
	await assert.rejects(store.get('a/log/1', 1), {
		code: 'refused',
		message: /^the storage localhost:\d+ leads to another address: .*301$/,
		hint: /write that into its address/,
	});
	assert.deepEqual(
		requests.filter(each => !each.startsWith('GET /moved/')),
		[],
	);
});

test('who may only read is told so', async context => {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const {remote, caPath} = await gitHttps(context, repository, 'hunter2', true);
	const git = systemGit(signsIn('hunter2', caPath));
	const store = gitStore({remote, branch: 'pharmer'}, git, join(repository.folder, 'cache'));
	assert.deepEqual(await store.list('', ''), []);
	await assert.rejects(store.create('a/log/1', Buffer.from('one')), {
		code: 'refused',
		message: /^the storage localhost:\d+ can't be used: .*The requested URL returned error: 403$/,
	});
});

test('a repository at ssh is reached by the ssh of the user', {skip: process.platform === 'win32'}, async context => {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const {directory, folder} = repository;
	const ssh = join(folder, 'ssh');
	// What stands in for ssh has no terminal that it could ask at.
	writeFileSync(
		ssh,
		`#!/bin/sh\n(: </dev/tty) 2>/dev/null && touch '${folder}/terminal'\nfor last; do :; done\nexec sh -c "$last"\n`,
	);
	chmodSync(ssh, 0o755);
	const git = systemGit({...process.env, GIT_SSH_COMMAND: ssh});
	const at = {remote: `ssh://git@localhost${directory}`, branch: 'pharmer'};
	await roundTrip(gitStore(at, git, join(folder, 'one')));
	assert.deepEqual(await gitStore(at, git, join(folder, 'two')).list('', ''), ['a/log/1', 'a/log/2']);
	assert.ok(!existsSync(join(folder, 'terminal')));
});

test('a server that takes no request to its end is given up', async context => {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const {createServer} = await import('node:net');
	const server = createServer(socket => socket.on('error', () => {}));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	context.after(() => server.close());
	const address = server.address();
	assert.ok(typeof address === 'object' && address !== null);
	const git = systemGit(process.env);
	const store = gitStore(
		{remote: `https://127.0.0.1:${address.port}/x.git`, branch: 'pharmer'},
		run => git({...run, patience: 300}),
		join(repository.folder, 'cache'),
	);
	await assert.rejects(store.get('a/log/1', 1), {
		message: `the storage 127.0.0.1:${address.port} does not answer`,
	});
});
