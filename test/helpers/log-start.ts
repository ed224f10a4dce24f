import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {entryHash} from '../../source/team/log/entry.js';
import {slotKey, snapshotKey} from '../../source/team/log/object-keys.js';
import {sealedSnapshot} from '../../source/team/log/snapshot.js';
import {type Anchor, startOf} from '../../source/team/log/start.js';
import type {LogState} from '../../source/team/log/state.js';
import {ana, ben, cleo, dora, GrowingLog, type Person, person, record, vaultId} from './team-log.js';

export const eve = person('eve', 'admin');

/** A log in which the admin Eve was removed before Dora was added by entry 6; Dora starts there. */
export function told(): GrowingLog {
	const log = new GrowingLog();
	log.roster(ana, [ana, ben, eve]);
	log.change(ana, {records: [record('aws'), record('gce')]});
	log.roster(eve, [ana, ben, cleo, eve]);
	log.roster(ana, [ana, ben, cleo]);
	log.change(ben, {records: [record('aws', 'second')]});
	log.roster(ana, [ana, ben, cleo, dora]);
	return log;
}

export const anchorOf = (log: GrowingLog, seq = 6): Anchor => {
	const hash = entryHash(log.slots[seq - 1] ?? Buffer.of());
	return {seq, isHash: other => other === hash};
};

export type Snap = {readonly seq: number; readonly bytes: Buffer};

/** A storage that shows these slots and snapshots. */
export async function shown(slots: readonly Buffer[], ...snapshots: readonly Snap[]): Promise<Store> {
	const store = memoryStore(3);
	for (const [before, bytes] of slots.entries()) await store.create(slotKey(vaultId, before + 1), bytes);
	for (const {seq, bytes} of snapshots) await store.create(snapshotKey(vaultId, seq, bytes), bytes);
	return store;
}

export function snapshot(state: LogState, author: Person = ana): Snap {
	return {seq: state.place.seq, bytes: sealedSnapshot(state, author.keys)};
}

export const start = async (log: GrowingLog, ...snapshots: readonly Snap[]): Promise<LogState> =>
	startOf(await shown(log.slots, ...snapshots), vaultId, dora.keys, anchorOf(log));
