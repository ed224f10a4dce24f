import '../helpers/long.js';
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {Unreachable} from '../../source/domain/exchange.js';
import {type GitAnswer, systemGit} from '../../source/platform/git.js';
import {gitStore} from '../../source/stores/git.js';
import type {Store} from '../../source/stores/store.js';
import {type Between, gitStores} from '../helpers/git-stores.js';

const keyOf = (number: number): string => `a/log/${String(number).padStart(12, '0')}`;
const textAt = async (store: Store, number: number): Promise<string | undefined> =>
	(await store.get(keyOf(number), 1000))?.bytes.toString();
const create = (store: Store, number: number, text: string) => store.create(keyOf(number), Buffer.from(text));

const none: GitAnswer = {code: 'late', output: Buffer.alloc(0), said: ''};

test('any number of reads ask the remote once, and what is known is not asked for', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	let now = 0;
	const [writer, reader] = [stores.open('writer'), stores.open('reader', undefined, {now: () => now})];
	for (const number of [1, 2, 3]) await create(writer, number, `text ${number}`);
	const next = (...numbers: readonly number[]) => Promise.all(numbers.map(number => textAt(reader, number)));
	await next(9);
	stores.took();

	assert.deepEqual(await next(1, 2, 3), ['text 1', 'text 2', 'text 3']);
	assert.deepEqual(stores.took(), ['cat-file', 'cat-file', 'cat-file']);
	assert.deepEqual(await next(4, 5, 6, 7, 8, 9, 10, 11), Array(8).fill(undefined));
	assert.deepEqual(stores.took(), ['ls-remote']);

	await create(writer, 4, 'text 4');
	stores.took();
	assert.deepEqual(await next(4), ['text 4']);
	assert.deepEqual(stores.took(), ['ls-remote', 'ls-tree', 'fetch', 'ls-tree', 'cat-file']);

	now += 10_000;
	assert.deepEqual(await next(1, 2), ['text 1', 'text 2']);
	assert.deepEqual(stores.took(), ['ls-remote', 'cat-file', 'cat-file']);

	// Looking at the next one first is what a sync does: it knows then where to push.
	await next(5);
	await create(reader, 5, 'text 5');
	assert.deepEqual(stores.took(), ['ls-remote', 'fast-import', 'push', 'update-ref']);
});

test('what was there when one asked is found, while an older question is under way', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const writer = stores.open('writer');
	await create(writer, 1, 'one');
	let isFirst = true;
	// The second object comes after the answer to the first question has been made, and before it arrives.
	const late: Between = async (run, go) => {
		const answer = await go();
		if (run.args[0] === 'ls-remote' && isFirst) {
			isFirst = false;
			await create(writer, 2, 'two');
			second = textAt(reader, 2);
		}
		return answer;
	};
	let second: Promise<string | undefined> = Promise.resolve(undefined);
	const reader = stores.open('reader', late);
	assert.equal(await textAt(reader, 1), 'one');
	assert.equal(await second, 'two');
});

test('a lost answer to a push is no second object', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const lost: Between = async (run, go) => {
		const answer = await go();
		return run.args[0] === 'push' ? none : answer;
	};
	const store = stores.open('cache', lost);
	assert.equal(await create(store, 1, 'one'), 'created');
	assert.equal(await create(store, 1, 'one'), 'exists');
	assert.equal(stores.git('rev-list', '--count', 'pharmer').trim(), '1');

	const other = stores.open('other');
	const overtaken: Between = async (run, go) => {
		const answer = await lost(run, go);
		if (run.args[0] === 'push') await create(other, 3, 'three');
		return answer;
	};
	// Whoever asked compares the bytes.
	assert.equal(await create(stores.open('third', overtaken), 2, 'two'), 'exists');
	assert.equal(await textAt(other, 2), 'two');
});

test('a push that did not get there is told as not known, and nothing is there', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const store = stores.open('cache', async (run, go) => (run.args[0] === 'push' ? none : go()));
	await assert.rejects(create(store, 1, 'one'), (error: unknown) => {
		assert.ok(error instanceof Unreachable);
		assert.equal(error.message, `the storage ${stores.directory} does not answer`);
		return true;
	});
	assert.equal(await textAt(stores.open('other'), 1), undefined);
	const deaf = stores.open('deaf', async () => none);
	await assert.rejects(textAt(deaf, 1), Unreachable);
	await assert.rejects(create(deaf, 1, 'one'), Unreachable);
	await assert.rejects(deaf.list('', ''), Unreachable);
});

test('a push that others are always faster than is given up', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const rival = stores.open('rival');
	await create(rival, 2, 'two');
	await create(rival, 3, 'three');
	const states = stores.git('rev-list', 'pharmer').trim().split('\n');
	let pushes = 0;
	const store = stores.open('cache', async (run, go) => {
		if (run.args[0] !== 'push') return go();
		stores.git('update-ref', 'refs/heads/pharmer', states[++pushes % 2] ?? '');
		return {code: 1, output: Buffer.from('!\ta:b\t[rejected] (stale info)\n'), said: ''};
	});
	await assert.rejects(create(store, 1, 'one'), {
		message: `the storage ${stores.directory} was changed by others 40 times in a row`,
	});
	assert.equal(pushes, 40);
	assert.equal(await textAt(rival, 1), undefined);
});

test('a remote that takes no commit says so', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const store = stores.open('cache');
	await create(store, 1, 'one');
	stores.git('config', 'receive.hideRefs', 'refs/heads/pharmer');
	stores.took();
	await assert.rejects(create(store, 2, 'two'), (error: unknown) => {
		assert.ok(error instanceof PharmerError);
		assert.equal(error.code, 'refused');
		assert.match(error.message, /^the storage \S+remote\.git takes no commit: /);
		return true;
	});
	assert.equal(stores.took().filter(each => each === 'push').length, 6);
	assert.equal(await textAt(store, 2), undefined);
});

test('a remote that is no repository, and a host that nobody knows', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const at = (remote: string) =>
		gitStore({remote, branch: 'pharmer'}, systemGit(process.env), join(stores.folder, 'cache'));
	await assert.rejects(textAt(at(`file://${stores.folder}/nothing`), 1), {
		code: 'refused',
		message: `the storage ${stores.folder}/nothing can't be used: '${stores.folder}/nothing' does not appear to be a git repository; Could not read from remote repository`,
		hint: `try \`git ls-remote file://${stores.folder}/nothing\` yourself`,
	});
	await assert.rejects(textAt(at('https://no-such-host.invalid/x.git'), 1), {
		kind: 'no-host',
		message: 'there is no host `no-such-host.invalid`',
	});
	await assert.rejects(textAt(at('ssh://git@127.0.0.1:1/x.git'), 1), Unreachable);
});

test('a branch that somebody has rewritten is read as it is now', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	let now = 0;
	const store = stores.open('cache', undefined, {now: () => now});
	for (const number of [1, 2, 3]) await create(store, number, `text ${number}`);
	stores.git('update-ref', 'refs/heads/pharmer', 'pharmer~2');
	assert.equal(await textAt(store, 4), undefined);
	assert.deepEqual(await store.list('', ''), [keyOf(1)]);
	assert.equal(await textAt(store, 2), undefined);
	assert.equal(await create(store, 2, 'another'), 'created');
	assert.equal(await textAt(stores.open('second'), 2), 'another');

	stores.git('update-ref', '-d', 'refs/heads/pharmer');
	now += 10_000;
	assert.equal(await textAt(store, 1), undefined);
	assert.deepEqual(await store.list('', ''), []);
	assert.equal(await create(store, 1, 'first'), 'created');
	assert.equal(await textAt(stores.open('third'), 1), 'first');
});

test('only files count: what else is in the place of an object is nothing', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const {git, directory} = stores;
	const hash = (text: string): string =>
		execFileSync('git', ['--git-dir', directory, 'hash-object', '-w', '--stdin'], {
			input: text,
			encoding: 'utf8',
		}).trim();
	const text = hash('text');
	const someCommit = '1234567890123456789012345678901234567890';
	const index = join(stores.folder, 'index');
	const entries = [
		`100644 ${text}\tREADME.md`,
		`100644 ${text}\ta/log/000000000007`,
		`100644 ${text}\ta/log_/x`,
		`100644 ${text}\ta/log_/123`,
		`100644 ${text}\ta/A_/bc`,
		`100755 ${text}\ta/log/0000000000_/01`,
		`120000 ${hash('/etc/passwd')}\ta/log/0000000000_/02`,
		`160000 ${someCommit}\ta/log/0000000000_/03`,
		`100644 ${text}\ta/log/0000000000_/04/file`,
		`100644 ${text}\tb`,
	];
	const env = {...process.env, GIT_INDEX_FILE: index};
	const inIndex = (args: readonly string[], input = ''): string =>
		execFileSync('git', ['--git-dir', directory, ...args], {env, input, encoding: 'utf8'}).trim();
	inIndex(['update-index', '--add', '--index-info'], `${entries.join('\n')}\n`);
	const tree = inIndex(['write-tree']);
	const author = ['-c', 'user.name=x', '-c', 'user.email=x@localhost'];
	git('update-ref', 'refs/heads/pharmer', git(...author, 'commit-tree', '-m', 'by hand', tree).trim());

	const store = stores.open('cache');
	assert.deepEqual(await store.list('', ''), [keyOf(1), keyOf(2)]);
	assert.deepEqual([await textAt(store, 1), await textAt(store, 2)], ['text', '/etc/passwd']);
	for (const number of [3, 4]) {
		assert.equal(await textAt(store, number), undefined);
		assert.equal(await create(store, number, 'mine'), 'created');
		assert.equal(await textAt(stores.open('other'), number), 'mine');
	}
	assert.equal(await store.create('b/log/1', Buffer.from('mine')), 'created');
	assert.equal(await create(store, 1, 'mine'), 'exists');
	assert.equal(git('show', 'pharmer:README.md'), 'text');
});

test('a malformed tree of a remote is refused', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const {git, directory} = stores;
	const blob = git('hash-object', '-w', '/dev/null').trim();
	const entry = (name: string): Buffer => Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex')]);
	const tree = execFileSync(
		'git',
		['--git-dir', directory, 'hash-object', '-w', '-t', 'tree', '--literally', '--stdin'],
		{
			input: Buffer.concat([entry('b'), entry('a'), entry('a')]),
			encoding: 'utf8',
		},
	).trim();
	const author = ['-c', 'user.name=x', '-c', 'user.email=x@localhost'];
	git('update-ref', 'refs/heads/pharmer', git(...author, 'commit-tree', '-m', 'by hand', tree).trim());
	await assert.rejects(stores.open('cache').list('', ''), /treeNotSorted|duplicateEntries|fsck/);
});

test('hooks of a repository on this machine do not run, nor what its settings start', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const proof = join(stores.folder, 'ran');
	const script = join(stores.folder, 'script');
	writeFileSync(script, `#!/bin/sh\necho "$0 $*" >> '${proof}'\nexit 1\n`);
	chmodSync(script, 0o755);
	const hooks = [
		'pre-receive',
		'update',
		'post-receive',
		'post-update',
		'reference-transaction',
		'proc-receive',
		'pre-push',
	];
	const fill = (folder: string): void => {
		mkdirSync(folder, {recursive: true});
		for (const hook of hooks) execFileSync('cp', [script, join(folder, hook)]);
	};
	fill(join(stores.directory, 'hooks'));
	fill(join(stores.folder, 'template/hooks'));
	for (const name of ['core.alternateRefsCommand', 'core.fsmonitor', 'uploadpack.packObjectsHook', 'core.sshCommand'])
		stores.git('config', name, script);
	stores.git('config', 'core.hooksPath', join(stores.folder, 'template/hooks'));
	stores.git('config', 'gc.auto', '1');
	const config = join(stores.folder, 'config');
	writeFileSync(config, `[init]\n\ttemplateDir = ${stores.folder}/template\n[core]\n\tfsmonitor = ${script}\n`);
	const git = systemGit({...process.env, GIT_CONFIG_GLOBAL: config, GIT_TEMPLATE_DIR: `${stores.folder}/template`});
	for (const cache of ['one', 'two']) {
		const store = gitStore({remote: stores.remote, branch: 'pharmer'}, git, join(stores.folder, cache));
		await store.list('', '');
		assert.equal(await store.create(`${cache}/log/1`, Buffer.from('bytes')), 'created');
		assert.equal((await store.get('one/log/1', 9))?.bytes.toString(), 'bytes');
	}
	assert.ok(!existsSync(proof));
	// The hooks are ones that would have run.
	const plain = join(stores.folder, 'plain.git');
	assert.throws(() => {
		execFileSync('git', ['clone', '--quiet', '--bare', stores.remote, plain], {stdio: 'ignore'});
		execFileSync('git', ['--git-dir', plain, 'push', '--quiet', stores.remote, 'pharmer:refs/heads/other'], {
			stdio: 'ignore',
		});
	});
	assert.ok(existsSync(proof));
});

test('a cache that is broken is made anew', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const {folder} = stores;
	const writer = stores.open('writer');
	await create(writer, 1, 'one');
	const cacheOf = (name: string): string => join(folder, name, readdirSync(join(folder, name))[0] ?? '');
	const objects = (repository: string): readonly string[] =>
		readdirSync(join(repository, 'objects'), {recursive: true, encoding: 'utf8'})
			.map(each => join(repository, 'objects', each))
			.filter(each => statSync(each).isFile());
	const breakages: Readonly<Record<string, (repository: string) => void>> = {
		'no objects': repository => rmSync(join(repository, 'objects'), {recursive: true}),
		'empty objects': repository => {
			for (const file of objects(repository)) {
				chmodSync(file, 0o600);
				truncateSync(file);
			}
		},
		'a lost object': repository => rmSync(objects(repository)[0] ?? ''),
		'no head': repository => rmSync(join(repository, 'HEAD')),
		'garbage settings': repository => writeFileSync(join(repository, 'config'), '[core'),
		'stale locks': repository => {
			for (const name of ['refs/pharmer/head.lock', 'packed-refs.lock', 'HEAD.lock', 'gc.pid', 'config.lock'])
				writeFileSync(join(repository, name), '');
		},
		'nothing at all': repository => rmSync(repository, {recursive: true}),
		'a file': repository => {
			rmSync(repository, {recursive: true});
			writeFileSync(repository, 'a file');
		},
	};
	let number = 2;
	for (const [name, breakIt] of Object.entries(breakages)) {
		const cache = name.replaceAll(' ', '-');
		const store = stores.open(cache);
		assert.equal(await textAt(store, 1), 'one');
		breakIt(cacheOf(cache));
		// The store that is open, and one that is opened later.
		assert.equal(await textAt(store, 1), 'one', name);
		breakIt(cacheOf(cache));
		assert.equal(await create(store, number++, name), 'created', name);
		await create(writer, number++, 'more');
		breakIt(cacheOf(cache));
		const later = stores.open(cache);
		assert.equal(await textAt(later, 1), 'one', name);
		assert.equal(await textAt(later, number - 1), 'more', name);
		assert.deepEqual(readdirSync(join(folder, cache)).length, 1, name);
	}
	assert.equal((await writer.list('', '')).length, number - 1);
});

test('a remote that fails leaves the cache as it is', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const [writer, store] = [stores.open('writer'), stores.open('cache')];
	await create(writer, 1, 'one');
	assert.equal(await textAt(store, 1), 'one');
	await create(writer, 2, 'two');
	const broken = stores.open('cache', async (run, go) => (run.args[0] === 'fetch' ? {...none, code: 128} : go()));
	await assert.rejects(textAt(broken, 2), Unreachable);
	assert.equal(readdirSync(join(stores.folder, 'cache')).length, 1);
	stores.took();
	assert.equal(await textAt(store, 1), 'one');
	assert.deepEqual(stores.took(), ['cat-file']);
});

test('only its user can read the cache', {skip: process.platform === 'win32'}, async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	await create(stores.open('deep/down/cache'), 1, 'one');
	const cache = join(stores.folder, 'deep/down/cache');
	for (const folder of [cache, join(cache, readdirSync(cache)[0] ?? '')])
		assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test('what a store has open ends with it', async context => {
	const stores = gitStores(context);
	if (stores === undefined) return;
	const store: Store = stores.open('cache', async (run, go) => {
		const answer = go();
		if (run.args[0] === 'ls-remote') store.close();
		return answer;
	});
	for (const asked of [textAt(store, 1), create(store, 1, 'one'), store.list('', '')])
		await assert.rejects(asked, {message: 'it was stopped'});
	assert.deepEqual(stores.took(), ['ls-remote', 'ls-remote']);
});
