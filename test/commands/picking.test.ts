import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {fakeAgent} from '../helpers/fake-agent.js';

const credentials = [storedCredential('aws'), storedCredential('prod')];
const picks = 'prod';
const run = (line: string, world: World = {}) => runCommandLine(line.split(' '), {credentials, picks, ...world});

test('where a name is left out, the one that is picked is taken', async () => {
	const copied = await run('copy');
	assert.deepEqual([copied.code, copied.copies, copied.picked], [0, [secretKey], ['copy']], copied.stderr);
	const executed = await run('exec -- env');
	assert.deepEqual([executed.code, executed.ran.length, executed.picked], [0, 1, ['exec']], executed.stderr);
	for (const line of ['show', 'get', 'describe']) {
		const {code, stdout, picked} = await run(line);
		assert.deepEqual([code, picked], [0, ['show']], line);
		assert.match(stdout, /^name +prod\n/, line);
	}
	const field = await run('get --field accessKeyID');
	assert.deepEqual([field.code, field.stdout, field.picked], [0, keyId, ['show']], field.stderr);
	assert.match((await run('show --reveal')).stdout, new RegExp(secretKey));
	const edited = await run('edit --note text');
	assert.deepEqual([edited.code, edited.stderr], [0, 'changed `prod`\n']);
	const onScreen = await run('edit', {app: {kind: 'quit'}});
	assert.deepEqual(
		onScreen.opened.map(({start, opened}) => [start, opened !== undefined]),
		[[{kind: 'edit', name: 'prod'}, true]],
	);
	const deleted = await run('delete', {answers: ['prod']});
	assert.deepEqual([deleted.code, deleted.asked], [0, ['Type prod to delete it: ']], deleted.stderr);
	assert.deepEqual(
		(await deleted.content())?.credentials.map(({name}) => name),
		['aws'],
	);
});

test('a passphrase that was asked for is not asked for again', async () => {
	for (const line of ['copy', 'exec -- env', 'show', 'get', 'edit --note text', 'delete --yes']) {
		const {code, asked, stderr} = await run(line, {
			environment: {PHARMER_PASSPHRASE: undefined},
			answers: ['open sesame'],
			agent: fakeAgent(credentials),
		});
		assert.deepEqual([code, asked], [0, ['Passphrase: ']], `${line}: ${stderr}`);
	}
});

test('with names, or where nobody is there, nothing is picked', async () => {
	for (const line of ['copy aws', 'exec aws -- env', 'show aws', 'get aws', 'get credentials', 'get -p aws', 'ls'])
		assert.deepEqual((await run(line)).picked, [], line);
	// An empty variable in a script is no name that was left out.
	for (const line of ['copy ', 'show ', 'edit  --note x', 'delete  -y']) {
		const {code, picked} = await run(line);
		assert.deepEqual([code, picked], [4, []], line);
	}
	for (const line of ['copy', 'exec -- env', 'show', 'get', 'edit', 'delete']) {
		const {code, stdout} = await runCommandLine(line.split(' '), {credentials});
		assert.deepEqual([code, stdout], [2, ''], line);
	}
});

test('with nothing to pick, and when nothing is picked, nothing is done', async () => {
	const none = await run('copy', {credentials: []});
	assert.deepEqual([none.code, none.picked], [4, []]);
	assert.match(none.stderr, /there are no credentials yet\n.*`pharmer create credential NAME` adds one/);
	assert.equal((await runCommandLine(['copy'], {picks})).code, 13);
	const left = await run('delete --yes', {picks: 'nobody'});
	assert.deepEqual([left.code, (await left.content())?.credentials.length], [3, 2]);
});
