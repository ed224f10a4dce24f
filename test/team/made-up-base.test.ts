import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryStore} from '../../source/stores/memory.js';
import {sealedObject} from '../../source/team/log/entry.js';
import {slotKey, snapshotKey} from '../../source/team/log/object-keys.js';
import {dataText, sealedSnapshot} from '../../source/team/log/snapshot.js';
import {knownAfter, stateOfCopy} from '../../source/team/working-copy.js';
import {memoryBase} from '../helpers/team.js';
import {ana, at, ben, cleo, GrowingLog, person, record, vaultId} from '../helpers/team-log.js';
import {ofCode} from '../helpers/vault-samples.js';

const eve = person('eve', 'admin');

/** A log, and what Ben's working copy knows of it. His base is lost. */
function told() {
	const log = new GrowingLog();
	log.roster(ana, [ana, ben]);
	log.change(ana, {records: [record('aws')]});
	log.roster(ana, [ana, ben, cleo]);
	log.change(ben, {records: [record('gce')]});
	const his = new GrowingLog(ben.keys);
	for (const bytes of log.slots) his.put(bytes);
	return {log, his: his.state, known: knownAfter(undefined, his.state, [], ben.keys, at)};
}

/** A snapshot by whoever owns the storage, of a state that is made up but for the last slot and what lies before it. */
function madeUp({log}: ReturnType<typeof told>) {
	const hers = new GrowingLog(eve.keys);
	hers.roster(eve, [eve, ben, cleo]);
	hers.roster(eve, [eve, ben]);
	hers.state = {...hers.state, place: log.state.place, prev: log.state.prev};
	const {seq, hash: head} = log.state.place;
	const h = {format: 1, vault: vaultId, seq, head, epoch: 2, roster: 2, by: eve.keys.id};
	const bytes = sealedObject(h, Buffer.from(dataText(hers.state)), hers.key(), eve.keys);
	return {rosters: hers.slots, bytes};
}

test('whoever owns the storage makes up no state for a device whose base is lost', async () => {
	const one = told();
	const {log, known} = one;
	const {rosters, bytes} = madeUp(one);
	const store = memoryStore();
	for (const [before, slot] of [...rosters, ...log.slots.slice(2)].entries())
		await store.create(slotKey(vaultId, before + 1), slot);
	await store.create(snapshotKey(vaultId, 4, bytes), bytes);
	await assert.rejects(stateOfCopy(store, memoryBase(), known, ben.keys), ofCode('forked', /another line/));
});

test('a made-up snapshot does not hide a right one before it from a device whose base is lost', async () => {
	const one = told();
	const {log, his, known} = one;
	const early = new GrowingLog();
	for (const slot of log.slots.slice(0, 3)) early.put(slot);
	const store = memoryStore();
	for (const [before, slot] of log.slots.entries()) await store.create(slotKey(vaultId, before + 1), slot);
	const noise = Buffer.from('noise');
	for (const [seq, bytes] of [
		[3, sealedSnapshot(early.state, ana.keys)],
		[4, madeUp(one).bytes],
		[4, noise],
	] as const)
		await store.create(snapshotKey(vaultId, seq, bytes), bytes);
	const state = await stateOfCopy(store, memoryBase(), known, ben.keys);
	assert.equal(dataText(state), dataText(his));
	assert.deepEqual(state.roster, his.roster);
});
