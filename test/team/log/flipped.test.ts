import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryStore} from '../../../source/stores/memory.js';
import {entryHash} from '../../../source/team/log/entry.js';
import {slotKey, snapshotKey} from '../../../source/team/log/object-keys.js';
import {readSlot} from '../../../source/team/log/rule.js';
import {sealedSnapshot} from '../../../source/team/log/snapshot.js';
import {startOf} from '../../../source/team/log/start.js';
import {emptyLog} from '../../../source/team/log/state.js';
import {flipped} from '../../helpers/flipped.js';
import {size} from '../../helpers/rounds.js';
import {ana, dora, sampleLog, vaultId} from '../../helpers/team-log.js';
import {ofCode} from '../../helpers/vault-samples.js';

/** Every reason that a changed bit has to be named by. */
const reasons = [
	/^it has not the form of an entry$/,
	/^its signature is not that of (ana|ben|dora|member \w{8})$/,
	/^it is by nobody in the roster$/,
	/^it is of another vault$/,
	/^it is entry \d+, which belongs elsewhere$/,
];

test('no entry of any kind counts with any bit changed, nor does one after it, and each is named', t => {
	const {slots} = sampleLog();
	const counted = reasons.map(() => 0);
	let state = emptyLog(vaultId);
	for (const [at, bytes] of slots.entries()) {
		const after = readSlot(state, bytes, ana.keys);
		const next = slots[at + 1];
		for (let bit = at; after.kind !== 'skipped' && bit < bytes.length * 8; bit += size(7, 1)) {
			const slot = readSlot(state, flipped(bytes, bit), ana.keys);
			assert.equal(slot.kind, 'skipped', `bit ${bit} of entry ${at + 1}`);
			const why = slot.kind === 'skipped' ? slot.why : '';
			const reason = reasons.findIndex(each => each.test(why));
			assert.notEqual(reason, -1, `bit ${bit} of entry ${at + 1}: ${why}`);
			counted[reason] = (counted[reason] ?? 0) + 1;
			if (next !== undefined && bit % 64 < 7)
				assert.equal(readSlot(slot.state, next, ana.keys).kind, 'skipped', `entry ${at + 2} after bit ${bit}`);
		}
		state = after.state;
	}
	assert.ok(counted.every(count => count > 0));
	t.diagnostic(`${counted.reduce((sum, count) => sum + count)} changes, 0 taken: ${counted.join(', ')} by reason`);
});

test('no snapshot is taken with any bit changed, or under another number', async t => {
	const log = sampleLog();
	const bytes = sealedSnapshot(log.state, dora.keys);
	const {seq} = log.state.place;
	const rosterSlot = log.slots[6] ?? Buffer.of();
	const anchor = {seq: 7, isHash: (hash: string) => hash === entryHash(rosterSlot)};
	const start = async (snapshot: Buffer, number = seq) => {
		const store = memoryStore();
		for (const [at, slot] of log.slots.entries()) await store.create(slotKey(vaultId, at + 1), slot);
		await store.create(snapshotKey(vaultId, number, snapshot), snapshot);
		return startOf(store, vaultId, dora.keys, anchor);
	};
	assert.deepEqual((await start(bytes)).shared, log.state.shared);
	await assert.rejects(start(bytes, seq - 1), ofCode('forked', /it is of another entry/));
	let tried = 0;
	for (let bit = 3; bit < bytes.length * 8; bit += size(211, 1), tried++)
		await assert.rejects(start(flipped(bytes, bit)), ofCode('forked', /no snapshot .* is right/), `bit ${bit}`);
	t.diagnostic(`${tried} changes, 0 taken`);
});
