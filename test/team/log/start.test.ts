import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Store} from '../../../source/stores/store.js';
import {parseEntry, sealedEntry, slotLimit} from '../../../source/team/log/entry.js';
import {changeEntry, rosterEntry} from '../../../source/team/log/make.js';
import {snapshotKey, snapshotPrefix} from '../../../source/team/log/object-keys.js';
import {epochKeyFor, type RosterHeader, rosterText} from '../../../source/team/log/roster.js';
import {readSlot} from '../../../source/team/log/rule.js';
import {dataText, snapshotLimit} from '../../../source/team/log/snapshot.js';
import {newestSnapshot, startOf} from '../../../source/team/log/start.js';
import {areWords, sixWords} from '../../../source/team/log/words.js';
import {anchorOf, shown, snapshot, start, told} from '../../helpers/log-start.js';
import {ana, at, ben, difference, dora, GrowingLog, person, record, vaultId} from '../../helpers/team-log.js';
import {ofCode} from '../../helpers/vault-samples.js';

test('a newcomer has what the others have, and reads on from there', async () => {
	const log = told();
	const made = snapshot(log.state);
	const state = await start(log, made);
	assert.equal(dataText(state), dataText(log.state));
	assert.deepEqual([...state.keys.keys()], [2]);
	assert.deepEqual({...state, keys: 0}, {...log.state, keys: 0});
	const next = changeEntry(log.state, difference({records: [record('new')]}), ben.keys, at);
	assert.equal(readSlot(state, next, dora.keys).kind, 'change');
});

test('the newest snapshot from the told entry on is taken, by whichever writer, at whichever slot', async () => {
	const log = told();
	const old = snapshot(log.state);
	log.change(ben, {records: [record('new')]});
	log.put(Buffer.from('noise'));
	const newest = snapshot(log.state, ben);
	const state = await start(log, newest, old);
	assert.equal(state.place.seq, 8);
	assert.equal(dataText(state), dataText(log.state));
	log.roster(ana, [ana, ben, dora]);
	const [later, after] = [snapshot(log.state, dora), await start(log, old, snapshot(log.state, dora), newest)];
	assert.equal(after.place.seq, later.seq);
	assert.deepEqual([...after.keys.keys()].sort(), [2, 3]);
});

test('words of another entry, or another number, are refused', async () => {
	const log = told();
	const store = await shown(log.slots, snapshot(log.state));
	const words = sixWords(log.state.place.hash);
	const by = (text: string, seq: number) =>
		startOf(store, vaultId, dora.keys, {seq, isHash: hash => areWords(text, sixWords(hash))});
	assert.equal((await by(words.toUpperCase(), 6)).place.seq, 6);
	await assert.rejects(
		by(words.split(' ').reverse().join(' '), 6),
		ofCode('forked', /entry 6 .* not the one that you/),
	);
	await assert.rejects(by(words, 5), ofCode('forked', /entry 5/));
	await assert.rejects(by(words, 7), ofCode('forked', /entry 7/));
});

test('an entry that names no such member, or is no roster, is refused', async () => {
	const log = told();
	const store = await shown(log.slots, snapshot(log.state));
	for (const seq of [4, 5])
		await assert.rejects(
			startOf(store, vaultId, dora.keys, anchorOf(log, seq)),
			ofCode('refused', /no place for this/),
		);
	await assert.rejects(startOf(store, vaultId, person('fay').keys, anchorOf(log)), ofCode('refused'));
	const noise = await shown([...log.slots, Buffer.from('noise')]);
	const anchor = {seq: 7, isHash: () => true};
	await assert.rejects(startOf(noise, vaultId, dora.keys, anchor), ofCode('refused'));
});

test('without a snapshot from there on there is nothing to begin with', async () => {
	const log = told();
	const old = new GrowingLog();
	for (const bytes of log.slots.slice(0, 5)) old.put(bytes);
	await assert.rejects(start(log), ofCode('not-found', /no snapshot at entry 6 yet/));
	await assert.rejects(start(log, snapshot(old.state)), ofCode('not-found'));
});

test('an admin who once left this member without its key keeps it from nothing once that is mended', async () => {
	const log = told();
	const {h, data: _} = parseEntry(rosterEntry(log.state, [ana, ben, dora], ana.keys, at));
	if (h.kind !== 'roster') throw new Error('no roster');
	const key = epochKeyFor(ana.keys, h) ?? Buffer.of();
	const members = h.members.map(each => (each.id === dora.keys.id ? {...each, wrap: h.members[0]?.wrap} : each));
	const names = new Map([ana, ben, dora].map(({keys, name}) => [keys.id, name]));
	log.put(sealedEntry({...h, members} as RosterHeader, rosterText({at, names}), key, ana.keys));
	const hidden = snapshot(log.state);
	await assert.rejects(start(log, hidden), ofCode('forked', /no key for it/));
	log.change(ben, {records: [record('new')]});
	log.roster(ana, [ana, ben, dora]);
	const state = await start(log, hidden, snapshot(log.state));
	assert.equal(dataText(state), dataText(log.state));
	assert.deepEqual([...state.keys.keys()].sort(), [2, 3]);
});

test('objects that vanish or are replaced between two looks are refused, or what was there is taken', async () => {
	const log = told();
	const good = await shown(log.slots, snapshot(log.state));
	const noise = {bytes: Buffer.from('noise'), isCut: false};
	let calls = 0;
	await startOf(
		counting(good, () => void calls++),
		vaultId,
		dora.keys,
		anchorOf(log),
	);
	assert.ok(calls >= 4);
	for (let from = 1; from <= calls; from++)
		for (const answer of [undefined, noise]) {
			let seen = 0;
			const turned: Store = {...good, get: async (key, most) => (++seen >= from ? answer : good.get(key, most))};
			try {
				const state = await startOf(turned, vaultId, dora.keys, anchorOf(log));
				assert.equal(dataText(state), dataText(log.state));
			} catch (error) {
				ofCode('forked')(error);
			}
		}
});

function counting(store: Store, count: () => void): Store {
	return {
		...store,
		get(key, most) {
			count();
			assert.ok(most === slotLimit || most === snapshotLimit);
			return store.get(key, most);
		},
	};
}

test('a storage that lists the same keys again and again is not listed for ever', async () => {
	const prefix = snapshotPrefix(vaultId);
	const store = await shown([]);
	let asked = 0;
	const turning: Store = {
		...store,
		list: async () => {
			assert.ok(++asked < 10);
			return [`${prefix}000000000256-0123456789abcdef`, `${prefix}000000000512-0123456789abcdef`, `${prefix}x`];
		},
	};
	assert.equal(await newestSnapshot(turning, vaultId, 1), 512);
	assert.equal(await newestSnapshot(turning, vaultId, 1, 300), 256);
	assert.equal(await newestSnapshot(turning, vaultId, 513), undefined);
});

test('nobody can take the place of a snapshot beforehand', async () => {
	const log = told();
	const store = await shown(log.slots, {seq: 6, bytes: Buffer.from('noise')});
	const {seq, bytes} = snapshot(log.state);
	assert.equal(await store.create(snapshotKey(vaultId, seq, bytes), bytes), 'created');
	assert.equal((await startOf(store, vaultId, dora.keys, anchorOf(log))).place.seq, 6);
});
