import type {Store} from '../stores/store.js';
import {breath} from './breath.js';
import type {MemberKeys} from './log/member-keys.js';
import {snapshotKey} from './log/object-keys.js';
import {mayWrite, peerOf} from './log/roster.js';
import {sealedSnapshot} from './log/snapshot.js';
import {newestSnapshot} from './log/start.js';
import type {LogState} from './log/state.js';
import {put} from './put.js';

/** Slots between two snapshots. */
const every = 256;

/** Keeps what a log says as a snapshot at its place. One of whom may not write would count for nobody. */
export async function makeSnapshot(store: Store, state: LogState, self: MemberKeys): Promise<void> {
	if (!mayShare(state, self)) return;
	await breath();
	const bytes = sealedSnapshot(state, self);
	await put(store, snapshotKey(state.vault, state.place.seq, bytes), bytes);
}

/** Makes the snapshot that a device which was killed has left out: a newcomer and a lost base need one. */
export async function makeSnapshotIfDue(store: Store, state: LogState, self: MemberKeys): Promise<void> {
	if (state.roster === undefined || !mayShare(state, self)) return;
	const newest = await newestSnapshot(store, state.vault, state.roster.place.seq, state.place.seq);
	if (newest === undefined || state.place.seq - newest >= every) await makeSnapshot(store, state, self);
}

/** Whether a snapshot belongs to a slot of that number. */
export const isSnapshotSlot = (seq: number): boolean => seq % every === 0;

/** Whether what a member shares counts. */
export function mayShare({roster}: LogState, {id}: MemberKeys): boolean {
	const role = roster && peerOf(roster, id)?.role;
	return role !== undefined && mayWrite(role, 'change');
}
