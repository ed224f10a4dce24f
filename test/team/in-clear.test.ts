import '../helpers/long.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseName} from '../../source/domain/name.js';
import {systemGit} from '../../source/platform/git.js';
import {gitStore} from '../../source/stores/git.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {remove} from '../../source/team/members.js';
import {sync} from '../../source/team/sync.js';
import {bareRepository} from '../helpers/bare-repository.js';
import {edit, label} from '../helpers/fleet.js';
import {founder, joined} from '../helpers/team.js';

/** What nobody without a key may read: names, people, providers, fields, labels, notes and secrets. */
const hidden =
	/canary-one|quuxquux|benedikt|cleopatra|"ana"|"aws"|accessKeyID|secretAccessKey|"zones"|"records"|"journals"/;

/** A team that has made every kind of object in a storage. */
async function life(store: Store): Promise<void> {
	const ana = await founder(store);
	await edit(ana, 'canary-one', old => ({...old, note: 'a quuxquux of a note'}));
	await sync(ana);
	const ben = await joined(ana, 'benedikt');
	await label(ben, 'canary-one', 'zones', 'quuxquux');
	await sync(ben);
	await joined(ana, 'cleopatra', 'reader');
	const {state} = await sync(ana);
	await remove(ana, state.members.find(({name}) => name === parseName('benedikt'))?.id ?? '');
	await edit(ana, 'quuxquux');
	await sync(ana);
}

/** All keys and bytes, with the base64 in them also decoded. */
function assertHidden(text: string): void {
	const decoded = (text.match(/[A-Za-z0-9+/]{24,}={0,2}/g) ?? []).map(part =>
		Buffer.from(part, 'base64').toString('latin1'),
	);
	for (const each of [text, ...decoded]) assert.equal(hidden.exec(each)?.[0], undefined);
}

test('a storage holds no name, provider, person, field or secret in clear', async () => {
	const store = memoryStore();
	await life(store);
	const all: string[] = [];
	for (let after = ''; ; ) {
		const keys = await store.list('', after);
		for (const key of keys) all.push(key, (await store.get(key, 2 ** 24))?.bytes.toString('latin1') ?? '');
		const last = keys.at(-1);
		if (last === undefined) break;
		after = last;
	}
	assert.ok(all.length > 16);
	for (const each of all) assertHidden(each);
});

test('a row of entries does not tell how many credentials there are: small changes have one size', async () => {
	const sizes = await Promise.all(
		[1, 2].map(async count => {
			const store = memoryStore();
			const ana = await founder(store);
			for (let each = 0; each < count; each++) await edit(ana, `canary-${each}`);
			await sync(ana);
			const [vault = ''] = ((await store.list('', ''))[0] ?? '').split('/');
			return (await store.get(`${vault}/log/000000000002`, 2 ** 24))?.bytes.length;
		}),
	);
	assert.ok(sizes[0]);
	assert.equal(sizes[0], sizes[1]);
});

test('a repository holds none in its files, words, authors and branches either', async context => {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const store = gitStore(
		{remote: repository.remote, branch: 'pharmer'},
		systemGit(process.env),
		`${repository.folder}/cache`,
	);
	context.after(() => store.close());
	await life(store);
	const words = repository.git('log', '--format=%an <%ae> %cn <%ce> %s %b', 'pharmer').trim().split('\n');
	const own = /^pharmer <pharmer@localhost> pharmer <pharmer@localhost> [0-9a-f-]{36} *$/;
	for (const line of words.filter(Boolean)) assert.match(line, own);
	assert.equal(repository.git('for-each-ref', '--format=%(refname)').trim(), 'refs/heads/pharmer');
	assertHidden(repository.git('log', '-p', '--text', '--format=%B', 'pharmer'));
});
