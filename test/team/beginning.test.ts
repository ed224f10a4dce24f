import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseName} from '../../source/domain/name.js';
import {memoryStore} from '../../source/stores/memory.js';
import {noBase} from '../../source/team/base.js';
import {begun} from '../../source/team/beginning.js';
import {vaultOf} from '../../source/team/joining.js';
import {entryHash, parseEntry, sealedObject} from '../../source/team/log/entry.js';
import {snapshotKey} from '../../source/team/log/object-keys.js';
import {dataText} from '../../source/team/log/snapshot.js';
import {add} from '../../source/team/members.js';
import {teamIn} from '../../source/team/section.js';
import {knownAfter, stateOfCopy} from '../../source/team/working-copy.js';
import {edit} from '../helpers/fleet.js';
import {anchorOf, shown, snapshot, told} from '../helpers/log-start.js';
import {founder} from '../helpers/team.js';
import {ana, at, ben, cleo, dora, record, vaultId} from '../helpers/team-log.js';
import {ofCode} from '../helpers/vault-samples.js';

/** A log in which Ben was removed after Dora was added by entry 6, and a false snapshot of Ben's from before. */
function betrayed() {
	const log = told();
	const right = snapshot(log.state);
	const {shared} = log.state;
	const lie = {...shared, records: new Map([[record('aws').id, record('aws', 'of the liar')]])};
	const [falseOne, elsewhere] = [
		snapshot({...log.state, shared: lie, since: new Map([[record('aws').id, 5]])}, ben),
		snapshot({...log.state, shared: lie, since: new Map([[record('aws').id, 5]]), prev: '1'.repeat(64)}, ben),
	];
	log.roster(ana, [ana, cleo, dora]);
	log.change(ana, {records: [record('late')]});
	return {log, right, falseOne, elsewhere};
}

test('a newcomer takes no snapshot of a writer who was removed before it came, but the right one', async () => {
	const {log, right, falseOne, elsewhere} = betrayed();
	const from = async (...snapshots: Parameters<typeof shown>[1][]) =>
		begun(await shown(log.slots, ...snapshots), vaultId, dora.keys, anchorOf(log));
	for (const snapshots of [
		[right, falseOne, elsewhere],
		[falseOne, right],
	])
		assert.equal(dataText((await from(...snapshots)).state), dataText(log.state));
	await assert.rejects(from(falseOne), ofCode('forked', /may write no more/));
	await assert.rejects(from(elsewhere), ofCode('forked'));
});

test('a device that has lost its base takes no snapshot of a writer who was removed', async () => {
	const {log, right, falseOne} = betrayed();
	const known = knownAfter(undefined, log.state, [], dora.keys, at);
	const state = await stateOfCopy(await shown(log.slots, right, falseOne), noBase, known, dora.keys);
	assert.equal(dataText(state), dataText(log.state));
	await assert.rejects(stateOfCopy(await shown(log.slots, falseOne), noBase, known, dora.keys), ofCode('forked'));
});

test('a newcomer whose program is older is told so, and not that the storage lies', async () => {
	const log = told();
	const {h} = parseEntry(log.slots[5] ?? Buffer.of());
	const newer = sealedObject({...h, format: 2, more: true}, Buffer.alloc(1024, ' '), log.key(), ana.keys);
	const anchor = {seq: 6, isHash: (hash: string) => hash === entryHash(newer)};
	const store = await shown([...log.slots.slice(0, 5), newer]);
	assert.equal(await vaultOf(store, anchor), vaultId);
	await assert.rejects(begun(store, vaultId, dora.keys, anchor), ofCode('newer-version', /entry 6/));
	await assert.rejects(begun(store, vaultId, dora.keys, {seq: 6, isHash: () => false}), ofCode('forked'));
});

test('an admin who adds a member again makes a snapshot, whatever noise looks like one', async () => {
	const store = memoryStore();
	const one = await founder(store);
	await edit(one, 'aws');
	const card = {name: parseName('dora'), keys: dora.keys};
	let isDying = true;
	const dying = {
		...one,
		store: {
			...store,
			async create(key: string, bytes: Buffer) {
				if (isDying && key.includes('/snap/')) throw new Error('killed');
				return store.create(key, bytes);
			},
		},
	};
	await assert.rejects(add(dying, card, 'writer'), /killed/);
	isDying = false;
	const log = teamIn(await one.vault.read())?.log;
	assert.ok(log);
	const noise = Buffer.from('noise');
	await store.create(snapshotKey(log.vault, log.place.seq, noise), noise);
	const {seq, hash} = await add(one, card, 'writer');
	const {state} = await begun(store, log.vault, dora.keys, {seq, isHash: other => other === hash});
	assert.equal(state.place.hash, hash);
});
