import assert from 'node:assert/strict';
import fs from 'node:fs';
import {join as pathOf} from 'node:path';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {parseName} from '../../source/domain/name.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {entryLimit} from '../../source/team/log/entry.js';
import {sync} from '../../source/team/sync.js';
import {deleteCredentials, getByName, replaceCredentials} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {started} from '../helpers/cut-device.js';
import {fileDevice, reopened} from '../helpers/file-device.js';
import {conflictsOf, edit, label, labelsOf, logOf, settle, timesLabelled} from '../helpers/fleet.js';
import {type Device, founder, join, joined, share} from '../helpers/team.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const now = new Date('2026-11-30T08:00:00Z');

/** A storage that does something else before a call of that name. */
function withBefore(store: Store, name: 'get' | 'create', deed: () => Promise<unknown>): Store {
	return {
		...store,
		async get(key, most) {
			if (name === 'get') await deed();
			return store.get(key, most);
		},
		async create(key, bytes) {
			if (name === 'create') await deed();
			return store.create(key, bytes);
		},
	};
}

async function two(): Promise<readonly [Device, Device]> {
	const ana = await founder(memoryStore());
	await edit(ana, 'one');
	await edit(ana, 'two');
	await sync(ana);
	const ben = await joined(ana, 'ben');
	await settle([ana, ben]);
	return [ana, ben];
}

test('what is changed while a sync runs is neither lost nor a conflict', async () => {
	for (const call of ['get', 'create'] as const) {
		const [ana, ben] = await two();
		await label(ana, 'one', 'of-ana');
		await sync(ana);
		await label(ben, 'one', 'before');
		await edit(ben, 'two', old => ({...old, note: 'before'}));
		let turn = 0;
		const deed = async (): Promise<void> => {
			if (turn++ > 3) return;
			await label(ben, 'one', `during-${turn}`);
			await edit(ben, 'two', old => ({...old, note: `during ${turn}`}));
		};
		await sync({...ben, store: withBefore(ben.store, call, deed)});
		await settle([ana, ben]);
		const expected = ['before', 'of-ana', ...Array.from({length: Math.min(turn, 4)}, (_, at) => `during-${at + 1}`)];
		assert.deepEqual(await labelsOf(ana, 'one'), expected.sort());
		assert.equal(getByName(await ana.vault.read(), 'two').note, `during ${Math.min(turn, 4)}`);
		assert.deepEqual(await conflictsOf(ben), []);
		for (const [each, count] of timesLabelled(await logOf(ana))) assert.equal(count, 1, each);
	}
});

test('a vault that is locked while a sync runs ends it, and the next one goes on from there', async context => {
	const folder = temporaryFolder(context);
	const store = memoryStore();
	const ana = await share(await fileDevice(pathOf(folder, 'ana'), store));
	await edit(ana, 'one');
	await sync(ana);
	let ben = await join(ana, await fileDevice(pathOf(folder, 'ben'), store), 'ben');
	const labels: string[] = [];
	for (const call of ['get', 'create'] as const) {
		await label(ben, 'one', `before-${call}`);
		labels.push(`before-${call}`);
		await label(ana, 'one', `ana-${call}`);
		labels.push(`ana-${call}`);
		await sync(ana);
		const locking = {...ben, store: withBefore(store, call, () => ben.vault.close())};
		await assert.rejects(sync(locking), (error: PharmerError) => error.code === 'bug');
		ben = await reopened(ben);
		await settle([ana, ben]);
		assert.deepEqual(await labelsOf(ben, 'one'), labels.toSorted());
		assert.deepEqual(await conflictsOf(ben), []);
	}
});

test('a vault that can not be written says so, takes nothing in, and loses nothing', async () => {
	const full = (vault: Vault): Vault => ({
		...vault,
		change: () => Promise.reject(new PharmerError('file', 'the disk is full')),
	});
	const isFull = (error: PharmerError): boolean => error.code === 'file';
	const [ana, ben] = await two();
	await label(ana, 'one', 'of-ana');
	await sync(ana);
	await label(ben, 'one', 'of-ben');
	const before = await ben.vault.read();
	let created = 0;
	const store = withBefore(ben.store, 'create', async () => void created++);
	await assert.rejects(sync({...ben, store, vault: full(ben.vault)}), isFull);
	assert.equal(await ben.vault.read(), before);
	// Nothing to take in: it is noted before it is sent.
	await assert.rejects(
		sync({...ana, vault: full(ana.vault)})
			.then(() => label(ana, 'one', 'later'))
			.then(() => sync({...ana, store, vault: full(ana.vault)})),
		isFull,
	);
	assert.equal(created, 0);
	// The disk is full only after the entry was sent.
	let changes = 0;
	const filling = {
		...ben.vault,
		change: ((operation: never) =>
			changes++ < 2 ? ben.vault.change(operation) : full(ben.vault).change(operation)) as Vault['change'],
	};
	await assert.rejects(sync({...ben, vault: filling}), isFull);
	await edit(ben, 'one', old => ({...old, note: 'since'}));
	const next = started(ben);
	await settle([ana, next]);
	assert.deepEqual(await labelsOf(ana, 'one'), ['later', 'of-ana', 'of-ben']);
	for (const one of [ana, next]) assert.deepEqual(await conflictsOf(one), []);
	for (const [each, count] of timesLabelled(await logOf(ana))) assert.equal(count, 1, each);
});

test('a base that can not be written is done without', async context => {
	const folder = temporaryFolder(context);
	const store = memoryStore();
	const ana = await share(await fileDevice(pathOf(folder, 'ana'), store));
	fs.rmSync(`${ana.file}.base`);
	fs.mkdirSync(`${ana.file}.base`);
	await edit(ana, 'one');
	await sync(ana);
	await label(await reopened(ana), 'one', 'next');
	const next = await reopened(ana);
	assert.equal((await sync(next)).went, 1);
	assert.deepEqual(
		fs.readdirSync(pathOf(folder, 'ana')).filter(name => name.endsWith('.part')),
		[],
	);
});

test('a credential that is too large to be shared is said each time, and stops no other', async () => {
	const [ana, ben] = await two();
	const large = new Map(Array.from({length: 12}, (_, at) => [`part-${at}`, 'x'.repeat(60_000)] as const));
	await edit(ana, 'large', old => ({...old, labels: large}));
	await edit(ana, 'three');
	for (const went of [1, 0]) {
		const synced = await sync(ana);
		assert.deepEqual([synced.went, synced.state.pending], [went, 1]);
		assert.deepEqual(synced.said, ['`large` is too large to be shared: it stays on this device']);
	}
	await sync(ben);
	assert.deepEqual((await ben.vault.read()).credentials.map(({name}) => name).sort(), ['one', 'three', 'two']);
	await edit(ana, 'large', old => ({...old, labels: new Map()}));
	assert.deepEqual((await sync(ana)).said, []);
	await settle([ana, ben]);
});

test('of more than a shared vault holds the rest stays, and goes as soon as there is room', async () => {
	const [ana, ben] = await two();
	const large = (nth: number) => edit(ana, `large-${nth}`, old => ({...old, note: 'x'.repeat(420_000)}));
	for (let nth = 0; nth < 62; nth++) await large(nth);
	const full = await sync(ana);
	assert.deepEqual(full.said, ['the shared vault is full: `large-59` and 2 others stay on this device']);
	assert.deepEqual([full.went, full.state.pending], [59, 3]);
	await edit(ana, 'one', old => ({...old, note: 'small'}));
	assert.equal((await sync(ana)).went, 1);
	await ana.vault.change(content => {
		const gone = content.credentials.filter(({name}) => ['large-1', 'large-2'].includes(name));
		return deleteCredentials(content, gone, now);
	});
	const {said} = await sync(ana);
	assert.deepEqual(said, ['the shared vault is full: `large-61` stays on this device']);
	await sync(ben);
	assert.equal((await ben.vault.read()).credentials.length, 2 + 59);
});

test('many deletions, and names that go round, are shared in entries that others can read', async () => {
	const [ana, ben] = await two();
	const count = 4000;
	const name = (number: number) => parseName(`number-${number}`);
	await ana.vault.change(content => {
		const one = getByName(content, 'one');
		const credentials = Array.from({length: count}, (_, at) => ({
			...one,
			id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
			name: name(at),
			note: 'n'.repeat(200),
		}));
		return {content: {...content, credentials: [...content.credentials, ...credentials]}, result: undefined};
	});
	await sync(ana);
	await sync(ben);
	await ana.vault.change(content => {
		const list = content.credentials.filter(each => each.name.startsWith('number-'));
		const changes = list.map((basis, at) => ({basis, next: {...basis, name: name((at + 1) % (count + 1))}}));
		return replaceCredentials(content, changes, now);
	});
	await settle([ana, ben]);
	await ana.vault.change(content => {
		const list = content.credentials.filter(each => each.name.startsWith('number-'));
		return deleteCredentials(content, list, now);
	});
	await edit(ana, 'number-7', old => ({...old, note: 'another one'}));
	await settle([ana, ben]);
	assert.equal((await ben.vault.read()).credentials.length, 3);
	const log = await logOf(ana);
	assert.ok(log.every(({kind}) => kind !== 'skipped'));
	assert.ok(log.length > 10);
	for (const slot of log) if (slot.kind !== 'skipped') assert.ok(JSON.stringify(slot.entry).length < 0.75 * entryLimit);
});
