import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exitCodes, type PharmerError} from '../../source/domain/errors.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {slotKey} from '../../source/team/log/object-keys.js';
import {teamIn} from '../../source/team/section.js';
import {type SyncKind, sync} from '../../source/team/sync.js';
import {started} from '../helpers/cut-device.js';
import {countedStore, edit, label, labelsOf, pictureOf} from '../helpers/fleet.js';
import {type Device, founder, joined} from '../helpers/team.js';

/** A storage with the same objects, but for those that are left out. */
async function copyOf(store: Store, isLeftOut: (key: string) => boolean = () => false): Promise<Store> {
	const copy = memoryStore();
	for (let after = ''; ; ) {
		const keys = await store.list('', after);
		for (const key of keys) {
			const found = await store.get(key, 2 ** 26);
			if (found !== undefined && !isLeftOut(key)) await copy.create(key, found.bytes);
		}
		const last = keys.at(-1);
		if (last === undefined) return copy;
		after = last;
	}
}

async function slotOf({vault}: Device, back = 0): Promise<string> {
	const log = teamIn(await vault.read())?.log;
	assert.ok(log);
	return slotKey(log.vault, log.place.seq - back);
}

/** Two devices that have shared some changes by one storage. */
async function two(): Promise<readonly [Device, Device]> {
	const ana = await founder(memoryStore());
	await edit(ana, 'aws');
	await sync(ana);
	const ben = await joined(ana, 'ben');
	for (const turn of [1, 2, 3]) {
		await label(ana, 'aws', `ana-${turn}`);
		await sync(ana);
		await sync(ben);
	}
	return [ana, ben];
}

/** Syncs by another storage, and looks that it is refused so, nothing is taken from it and nothing is written to it. */
async function refuses(one: Device, store: Store, code: 'forked' | 'rolled-back', kind: SyncKind): Promise<void> {
	assert.equal(exitCodes[code], 8);
	const counted = countedStore(store);
	const [before, base] = [await one.vault.read(), one.base.kept()];
	const picture = await pictureOf(one);
	await assert.rejects(sync({...one, store: counted}, kind), (error: PharmerError) => error.code === code);
	assert.equal(counted.asked.create, 0);
	assert.equal(await one.vault.read(), before);
	assert.equal(one.base.kept(), base);
	assert.equal(await pictureOf(one), picture);
}

test('a storage that shows an older state is noticed by a whole sync, and by a process that begins', async () => {
	const [ana, ben] = await two();
	const last = await slotOf(ben);
	const older = await copyOf(ana.store, key => key >= last && key.includes('/log/'));
	await refuses(ben, older, 'rolled-back', 'whole');
	await refuses(started(ben), older, 'rolled-back', 'poll');
});

test('a process that polls notices an older state before it shares something, and within ten polls', async () => {
	const [ana, ben] = await two();
	await sync(ben, 'poll');
	const last = await slotOf(ben);
	const older = await copyOf(ana.store, key => key >= last && key.includes('/log/'));
	const blind = {...ben, store: older};
	let polls = 0;
	await assert.rejects(
		async () => {
			for (; polls < 20; polls++) await sync(blind, 'poll');
		},
		(error: PharmerError) => error.code === 'rolled-back',
	);
	assert.ok(polls <= 10, `${polls} polls`);
	await sync(ben);
	await sync(ben, 'poll');
	await label(ben, 'aws', 'of-ben');
	await refuses(ben, older, 'rolled-back', 'poll');
	await sync(ben, 'poll');
	await sync(ana);
	assert.ok((await labelsOf(ana, 'aws')).includes('of-ben'));
});

test('another entry in a slot that was read is noticed', async () => {
	const [ana, ben] = await two();
	const last = await slotOf(ben);
	const forged = await copyOf(ana.store, key => key === last);
	const before = await ana.store.get(await slotOf(ben, 1), 2 ** 21);
	await forged.create(last, before?.bytes ?? Buffer.alloc(0));
	await refuses(ben, forged, 'forked', 'whole');
});

test('two states that are shown to two people are noticed as soon as one sees an entry of the other', async () => {
	for (const kind of ['poll', 'whole'] as const) {
		const [ana, ben] = await two();
		const other = await copyOf(ana.store);
		const apart = {...ben, store: other};
		await label(ana, 'aws', 'ana-apart');
		await sync(ana);
		await label(apart, 'aws', 'ben-apart');
		await sync(apart);
		await label(apart, 'aws', 'ben-again');
		await sync(apart);
		// From here on the storage shows one of them what the other writes.
		const place = await slotOf(ana);
		const mixed: Store = {...other, get: (key, most) => (key <= place ? ana.store : other).get(key, most)};
		await refuses(ana, mixed, 'forked', kind);
		await refuses(ana, other, 'forked', 'whole');
	}
});

test('a lost base is not made of a storage that lacks an entry, or has another one', async () => {
	const [ana, ben] = await two();
	for (const back of [0, 1, 2]) {
		const missing = await slotOf(ben, back);
		const lost = started(ben);
		lost.base.lose();
		await refuses(lost, await copyOf(ana.store, key => key === missing), 'forked', 'whole');
	}
	await sync(started(ben));
	assert.ok(ben.base.kept());
});

test('a poll with nothing new asks for one object, and a whole sync for two and the snapshots', async () => {
	const [ana, ben] = await two();
	await sync(ben);
	const counted = countedStore(ana.store);
	const one = {...ben, store: counted};
	await sync(one, 'poll');
	assert.deepEqual({...counted.asked, bytesIn: 0}, {get: 1, create: 0, list: 0, created: 0, bytesIn: 0, bytesOut: 0});
	counted.clear();
	await sync(one);
	// The second list says that there are no more.
	assert.deepEqual([counted.asked.get, counted.asked.list, counted.asked.create], [2, 2, 0]);
	await sync(one, 'poll');
	counted.clear();
	await label(one, 'aws', 'of-ben');
	await sync(one, 'poll');
	assert.deepEqual([counted.asked.get, counted.asked.list, counted.asked.create], [2, 0, 1]);
	counted.clear();
	await sync(ana, 'poll');
	assert.ok((await labelsOf(ana, 'aws')).includes('of-ben'));
});
