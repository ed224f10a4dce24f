import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryStore} from '../../../source/stores/memory.js';
import type {Store} from '../../../source/stores/store.js';
import {entryHash, parseEntry, sealedEntry, sealedObject, slotLimit} from '../../../source/team/log/entry.js';
import {changeEntry, rosterEntry} from '../../../source/team/log/make.js';
import {slotKey, snapshotKey, snapshotPrefix} from '../../../source/team/log/object-keys.js';
import {epochKeyFor, type RosterHeader, rosterText} from '../../../source/team/log/roster.js';
import {readSlot} from '../../../source/team/log/rule.js';
import {dataText, sealedSnapshot, snapshotLimit} from '../../../source/team/log/snapshot.js';
import {type Anchor, newestSnapshot, startOf} from '../../../source/team/log/start.js';
import type {LogState} from '../../../source/team/log/state.js';
import {areWords, sixWords} from '../../../source/team/log/words.js';
import {
	ana,
	at,
	ben,
	cleo,
	difference,
	dora,
	GrowingLog,
	type Person,
	person,
	record,
	vaultId,
} from '../../helpers/team-log.js';
import {ofCode} from '../../helpers/vault-samples.js';

const eve = person('eve', 'admin');

/** A log in which the admin Eve was removed before Dora was added by entry 6; Dora starts there. */
function told(): GrowingLog {
	const log = new GrowingLog();
	log.roster(ana, [ana, ben, eve]);
	log.change(ana, {records: [record('aws'), record('gce')]});
	log.roster(eve, [ana, ben, cleo, eve]);
	log.roster(ana, [ana, ben, cleo]);
	log.change(ben, {records: [record('aws', 'second')]});
	log.roster(ana, [ana, ben, cleo, dora]);
	return log;
}

const anchorOf = (log: GrowingLog, seq = 6): Anchor => {
	const hash = entryHash(log.slots[seq - 1] ?? Buffer.of());
	return {seq, isHash: other => other === hash};
};

type Snap = {readonly seq: number; readonly bytes: Buffer};

/** A storage that shows these slots and snapshots. */
async function shown(slots: readonly Buffer[], ...snapshots: readonly Snap[]): Promise<Store> {
	const store = memoryStore(3);
	for (const [before, bytes] of slots.entries()) await store.create(slotKey(vaultId, before + 1), bytes);
	for (const {seq, bytes} of snapshots) await store.create(snapshotKey(vaultId, seq, bytes), bytes);
	return store;
}

function snapshot(state: LogState, author: Person = ana): Snap {
	return {seq: state.place.seq, bytes: sealedSnapshot(state, author.keys)};
}

const start = async (log: GrowingLog, ...snapshots: readonly Snap[]): Promise<LogState> =>
	startOf(await shown(log.slots, ...snapshots), vaultId, dora.keys, anchorOf(log));

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

/** A snapshot with another text sealed, or another header, by an author. */
function edited(log: GrowingLog, author: Person, header: object, edit: (text: string) => string = text => text): Snap {
	const {vault, place, roster} = log.state;
	const {seq, hash: head} = place;
	const [epoch, number] = [roster?.epoch, roster?.place.seq];
	const h = {format: 1, vault, seq, head, epoch, roster: number, by: author.keys.id, ...header};
	return {seq, bytes: sealedObject(h, Buffer.from(edit(dataText(log.state))), log.key(), author.keys)};
}

/** The text with another list of rosters. */
const withRosters = (text: string, edit: (rosters: string[]) => readonly string[]): string => {
	const data = JSON.parse(text);
	return JSON.stringify({...data, rosters: edit(data.rosters)});
};

for (const [why, what, make] of [
	[/by nobody who may/, 'by a reader', log => snapshot(log.state, cleo)],
	[/by nobody who may/, 'by a removed admin', log => snapshot(log.state, eve)],
	[/by nobody who may/, 'by a stranger', log => snapshot(log.state, person('zoe'))],
	[/by nobody who may/, "in an admin's name", log => edited(log, eve, {by: ana.keys.id})],
	[/of another entry/, 'for another slot', log => ({...snapshot(log.state), seq: log.state.place.seq + 1})],
	[/of another entry/, 'that says another slot', log => edited(log, ana, {seq: 5})],
	[/its entry is not there/, 'of another line', log => edited(log, ana, {head: '1'.repeat(64)})],
	[
		/its entry is not there/,
		'after another entry',
		log => edited(log, ana, {}, text => text.replace(/\w{64}/, '1'.repeat(64))),
	],
	[/by nobody who may/, 'of another vault', log => edited(log, ana, {vault: vaultId.replace('5', '6')})],
	[/another format/, 'of another format', log => edited(log, ana, {format: 2})],
	[/no key for it/, 'that names an older roster', log => edited(log, ana, {roster: 4})],
	[/no key for it/, 'of another epoch', log => edited(log, ana, {epoch: 1})],
	[/by nobody who may/, 'with no roster', log => edited(log, ana, {}, text => withRosters(text, () => []))],
	[
		/does not count/,
		'with the last roster twice',
		log => edited(log, ana, {}, text => withRosters(text, all => [...all, ...all.slice(-1)])),
	],
	[
		/by nobody who may/,
		'without the last roster',
		log => edited(log, ana, {}, text => withRosters(text, all => all.slice(0, -1))),
	],
	[
		/does not count/,
		'without the first roster',
		log => edited(log, ana, {}, text => withRosters(text, all => all.slice(1))),
	],
	[
		/does not count/,
		'without the second roster',
		log => edited(log, ana, {}, text => withRosters(text, all => all.filter((_, index) => index !== 1))),
	],
	[
		/does not count/,
		'with rosters in another order',
		log => edited(log, ana, {}, text => withRosters(text, ([one, two, ...rest]) => [two ?? '', one ?? '', ...rest])),
	],
	[
		/spelled in another way/,
		'with content that is spelled otherwise',
		log => edited(log, ana, {}, text => text.replace('{', '{ ')),
	],
	[/has no `prev`/, 'that says nothing', log => edited(log, ana, {}, () => '{}')],
	[
		/a name appears twice/,
		'with a name twice',
		log => edited(log, ana, {}, text => text.replace('"name":"aws"', '"name":"gce"')),
	],
	[/is not JSON/, 'that is cut', log => ({seq: 6, bytes: snapshot(log.state).bytes.subarray(0, -100)})],
	[/is not JSON/, 'that is noise', () => ({seq: 6, bytes: Buffer.from('noise')})],
	[/missing or too large/, 'of more than 64 MiB', () => ({seq: 6, bytes: Buffer.alloc(snapshotLimit + 1)})],
] as readonly (readonly [RegExp, string, (log: GrowingLog) => Snap])[])
	test(`a snapshot ${what} is refused, and does not hide a right one before it`, async () => {
		const log = told();
		const right = snapshot(log.state);
		await assert.rejects(start(log, make(log)), ofCode('forked', why));
		log.change(ana, {records: [record('later')]});
		const wrong = make(log);
		assert.equal((await start(log, wrong.seq === 6 ? {...wrong, seq: 7} : wrong, right)).place.seq, 6);
	});

test('a state that the storage and a removed admin have made up does not lead to the told entry', async () => {
	const log = told();
	const [real, real6] = [log.slots, log.slots[5] ?? Buffer.of()];
	// Another founder, who lets the admins of the real log in, so that the told entry is by one of them.
	const made = new GrowingLog(eve.keys);
	made.roster(eve, [eve]);
	made.change(eve, {records: [record('trap', 'of eve')]});
	made.roster(eve, [eve, ana, ben, cleo]);
	made.roster(eve, [eve, ana, ben]);
	made.change(eve, {});
	const state = {...made.state, place: {seq: 5, hash: parseEntry(real6).h.prev}};
	const led = readSlot(state, real6, ana.keys);
	assert.equal(led.kind, 'skipped', 'the told entry names the rosters before it');
	// The told entry itself is shown, with a snapshot of what was made up.
	made.roster(eve, [eve, ana, ben, dora]);
	const slots = [...made.slots.slice(0, 5), real6];
	for (const lie of [snapshot(made.state, eve), {...snapshot(made.state, eve), seq: 6}])
		await assert.rejects(
			startOf(await shown(slots, lie), vaultId, dora.keys, anchorOf(log)),
			ofCode('forked', /no snapshot/),
		);
	// Eve goes on from the real one with what she has: her keys, and those of the epoch that she knew.
	const eves = readThrough(real.slice(0, 3), eve);
	const onwards = rosterEntry(eves, [eve, dora], eve.keys, at);
	await assert.rejects(
		startOf(
			await shown([...real.slice(0, 3), onwards], snapshot(readThrough([...real.slice(0, 3), onwards], eve), eve)),
			vaultId,
			dora.keys,
			anchorOf(log),
		),
		ofCode('forked', /entry 6/),
	);
});

function readThrough(slots: readonly Buffer[], who: Person): LogState {
	const log = new GrowingLog(who.keys);
	for (const bytes of slots) log.put(bytes);
	return log.state;
}

test('a later snapshot of the line that the storage shows has to go through the told entry', async () => {
	const log = told();
	const fork = new GrowingLog();
	for (const bytes of log.slots.slice(0, 5)) fork.put(bytes);
	fork.roster(ana, [ana, ben, cleo]);
	fork.roster(ana, [ana, ben, cleo, dora]);
	const slots = [...log.slots, ...fork.slots.slice(6)];
	await assert.rejects(
		startOf(await shown(slots, snapshot(fork.state)), vaultId, dora.keys, anchorOf(log)),
		ofCode('forked', /does not lead to the entry/),
	);
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
