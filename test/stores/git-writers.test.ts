import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {systemGit} from '../../source/platform/git.js';
import {gitStore} from '../../source/stores/git.js';
import {bareRepository} from '../helpers/bare-repository.js';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {gitStores} from '../helpers/git-stores.js';
import {randomFrom} from '../helpers/losing.js';
import {seed, size} from '../helpers/rounds.js';

/** Writers in processes of their own, which all want the next number of one log, each with that cache. */
async function writeAtOnce(context: TestContext, writers: number, each: number, cacheOf: (writer: number) => string) {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const {remote, folder, git} = repository;
	const script = await bundleScript('git-writer-child.ts', folder);
	const start = performance.now();
	const children = Array.from({length: writers}, (_, index) =>
		startChild(script, [remote, join(folder, cacheOf(index)), `writer-${index}`, String(each)]),
	);
	for (const {ended} of children) assert.deepEqual(await ended, {code: 0, signal: null});
	context.diagnostic(`${writers * each} objects in ${Math.round(performance.now() - start)} ms`);
	const store = gitStore({remote, branch: 'pharmer'}, systemGit(process.env), join(folder, 'reader'));
	const keys = await store.list('', '');
	assert.deepEqual(
		keys,
		Array.from({length: writers * each}, (_, index) => `a/log/${String(index + 1).padStart(12, '0')}`),
	);
	// Each number is of whom it was given to, in the order in which they wrote.
	for (const [index, {lines}] of children.entries()) {
		assert.equal(lines.length, each);
		for (const [done, number] of lines.entries()) {
			const stored = await store.get(keys[Number(number) - 1] ?? '', 100);
			assert.equal(stored?.bytes.toString(), `writer-${index} ${done}`);
		}
	}
	assert.equal(Number(git('rev-list', '--count', 'pharmer')), writers * each);
}

test('of four processes that write at once nothing is lost, and nothing is there twice', async context => {
	await writeAtOnce(context, 4, size(3, 40), index => `cache-${index}`);
});

test('four processes write at once by one cache', async context => {
	await writeAtOnce(context, 4, size(3, 40), () => 'cache');
});

test('a process whose cache others replace again and again while it begins writes all the same', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	await stores.open('rival').create('a/log/1', Buffer.from('first'));
	let replaced = 0;
	const store = stores.open('cache', (run, go) => {
		// What another process puts in its place knows nothing of this one's.
		if (run.args[0] === 'fast-import' && replaced++ < 4) rmSync(run.repository, {recursive: true, force: true});
		return go();
	});
	assert.equal(await store.create('a/log/2', Buffer.from('second')), 'created');
	assert.equal(replaced, 5);
	assert.deepEqual(await stores.open('reader').list('', ''), ['a/log/1', 'a/log/2']);
});

test('many processes write at once', async context => {
	await writeAtOnce(context, size(8, 20), size(2, 30), index => `cache-${index}`);
});

test('a process that is killed leaves a cache that works, and what it was told to have is there', async context => {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const {remote, folder} = repository;
	const script = await bundleScript('git-writer-child.ts', folder);
	const random = randomFrom(seed);
	const told: string[] = [];
	for (let round = 0; round < size(4, 60); round++) {
		const child = startChild(script, [remote, join(folder, 'cache'), `round-${round}`, '1000']);
		await child.printed(1);
		const timer = setTimeout(() => child.process.kill('SIGKILL'), random() * 100);
		await child.ended;
		clearTimeout(timer);
		for (const [done, number] of child.lines.entries()) told[Number(number)] = `round-${round} ${done}`;
	}
	const store = gitStore({remote, branch: 'pharmer'}, systemGit(process.env), join(folder, 'cache'));
	for (const [number, text] of told.entries()) {
		const stored = await store.get(`a/log/${String(number).padStart(12, '0')}`, 100);
		if (text !== undefined) assert.equal(stored?.bytes.toString(), text);
	}
	assert.equal(await store.create('a/log/last', Buffer.from('bytes')), 'created');
});

test('a git that is killed at any moment leaves a cache that works', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const random = randomFrom(seed);
	let killed = 0;
	const chaos = stores.open('cache', async (run, go) => {
		const answer = random() < 0.5 ? await go() : await stores.run({...run, patience: random() * 40});
		if (answer.code === 'late') killed++;
		return answer;
	});
	const rival = stores.open('rival');
	const told = new Map<string, string>();
	for (let round = 0; round < size(15, 400); round++) {
		const [mine, other] = [`mine/log/${round}`, `other/log/${round}`];
		await rival.create(other, Buffer.from(other));
		told.set(other, other);
		const created = await chaos.create(mine, Buffer.from(mine)).catch(() => undefined);
		if (created === 'created') told.set(mine, mine);
		await chaos.get(other, 100).catch(() => undefined);
	}
	assert.ok(killed > 0);
	context.diagnostic(`git was killed ${killed} times`);
	const store = stores.open('cache');
	for (const [key, text] of told) assert.equal((await store.get(key, 100))?.bytes.toString(), text);
	assert.equal(await store.create('a/log/last', Buffer.from('bytes')), 'created');
});
