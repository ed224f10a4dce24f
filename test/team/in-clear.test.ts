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
import {fakeKv, token} from '../helpers/fake-kv.js';
import {edit, label} from '../helpers/fleet.js';
import {gofakes3} from '../helpers/gofakes3.js';
import {kvAt, kvBy} from '../helpers/kv-reach.js';
import {openBao} from '../helpers/openbao.js';
import {isProving} from '../helpers/rounds.js';
import {s3At, s3By} from '../helpers/s3-reach.js';
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

/** Keys or bytes, with the base64 in them also decoded, and what is in that. */
function assertHidden(text: string): void {
	assert.equal(hidden.exec(text)?.[0], undefined);
	for (const part of text.match(/[A-Za-z0-9+/]{24,}={0,2}/g) ?? [])
		assertHidden(Buffer.from(part, 'base64').toString('latin1'));
}

/** What a server answers to those who may see everything: its headers and body. */
async function answered(url: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
	const answer = await fetch(url, {headers});
	assert.equal(answer.status, 200, url);
	return `${JSON.stringify([...answer.headers])}\n${Buffer.from(await answer.arrayBuffer()).toString('latin1')}`;
}

/** Asserts that those are all objects of a team's life, and that each is hidden. */
function assertObjects(objects: readonly (readonly [key: string, text: string])[]): void {
	const keys = objects.map(([key]) => key);
	assert.ok(keys.filter(key => /[/]log[/]\d{12}$/.test(key)).length === 7, keys.join('\n'));
	assert.ok(keys.some(key => key.includes('/snap/')));
	for (const each of objects.flat()) assertHidden(each);
}

test('what is looked for is found, also in base64 of base64', () => {
	const twice = Buffer.from(Buffer.from('{"name":"canary-one","more":1}').toString('base64')).toString('base64');
	assert.throws(() => assertHidden(`{"bytes":"${twice}"}`));
});

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

test('a bucket holds none, nor what it says of its objects', async context => {
	const origin = await gofakes3(context, 'team');
	if (origin === undefined) return;
	await life(s3By(context, s3At(origin)));
	const list = await answered(`${origin}/team?list-type=2`);
	assertHidden(list);
	const keys = [...list.matchAll(/<Key>([^<]*)<[/]Key>/g)].map(([, key = '']) => key);
	assertObjects(await Promise.all(keys.map(async key => [key, await answered(`${origin}/team/${key}`)] as const)));
});

test('an engine for keys and values holds none', async context => {
	const kv = await fakeKv(context);
	await life(kvBy(context, kvAt(kv.origin), {kind: 'token', token}));
	assertObjects([...kv.keys].map(([key, versions]) => [key, JSON.stringify(versions)]));
	for (const {target, body} of kv.received) assertHidden(`${target}\n${body.toString('latin1')}`);
});

if (isProving)
	test('OpenBao holds none, nor what it says of its values', async context => {
		const bao = await openBao(context);
		if (bao === undefined) return;
		await life(kvBy(context, kvAt(bao.origin), {kind: 'token', token: bao.root}));
		const below = async (folder: string): Promise<readonly string[]> => {
			const found = (await bao.list(`secret/metadata/${folder}`)).map(name => `${folder}${name}`);
			return (await Promise.all(found.map(async path => (path.endsWith('/') ? below(path) : [path])))).flat();
		};
		const ask = (path: string) => answered(`${bao.origin}/v1/secret/${path}`, {'x-vault-token': bao.root});
		const whole = async (key: string) => [key, (await ask(`data/${key}`)) + (await ask(`metadata/${key}`))] as const;
		assertObjects(await Promise.all((await below('')).map(whole)));
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
	const objects = repository.git('cat-file', '--batch-all-objects', '--batch');
	assert.equal(objects.match(/"kind":"(change|roster)"/g)?.length, 7);
	assertHidden(objects);
});
