import {PharmerError} from '../domain/errors.js';
import type {Store} from '../stores/store.js';
import {slotLimit} from './log/entry.js';
import type {MemberKeys} from './log/member-keys.js';
import {slotKey} from './log/object-keys.js';
import {peerOf} from './log/roster.js';
import {type ReadSlot, readSlot} from './log/rule.js';
import {forked} from './log/start.js';
import type {LogState} from './log/state.js';
import {chained} from './log/text.js';

/** The most slots that are asked for at once. */
export const widest = 16;

/** What a log says now, and the slots that were read since. */
export type Followed = {readonly state: LogState; readonly read: readonly ReadSlot[]};

/**
 * Reads the slots of a log from a state on, until there is none: one, then two at once, four, and so on, or `width`
 * from the start. A member that is removed reads up to that. Throws `forked` when a member has written after another
 * entry than the one that is there, which the storage must have shown to it, and what `readSlot()` throws.
 */
export async function follow(
	store: Store,
	from: LogState,
	self: MemberKeys,
	width = 1,
	most = Number.MAX_SAFE_INTEGER,
): Promise<Followed> {
	const read: ReadSlot[] = [];
	let state = from;
	for (let next = width; ; next = Math.min(next * 2, widest)) {
		const first = state.place.seq + 1;
		const numbers = Array.from({length: next}, (_, at) => first + at).filter(seq => seq <= most);
		const slots = await Promise.all(numbers.map(seq => store.get(slotKey(state.vault, seq), slotLimit)));
		for (const slot of slots) {
			if (slot === undefined || isOut(state, self)) return {state, read};
			const one = readSlot(state, slot.bytes, self);
			if (one.kind === 'skipped' && one.isOtherLine) throw otherLine(one.why, one.state.place.seq);
			read.push(one);
			state = one.state;
		}
		if (numbers.length === 0) return {state, read};
	}
}

function otherLine(why: string, seq: number): PharmerError {
	return forked(`the storage shows other entries to others: entry ${seq} does not count here, since ${why}`);
}

/** Whether a member is not in the roster any more. */
export function isOut({roster}: LogState, {id}: MemberKeys): boolean {
	return roster !== undefined && peerOf(roster, id) === undefined;
}

/**
 * Looks whether a slot that was read is still what it was. Throws `rolled-back` when it is gone, and `forked` when it
 * is another one.
 */
export async function assertThere(store: Store, {vault, place, prev}: LogState): Promise<void> {
	const {seq, hash} = place;
	const found = await store.get(slotKey(vault, seq), slotLimit);
	if (found === undefined)
		throw new PharmerError(
			'rolled-back',
			`the storage shows an older state of the shared vault: entry ${seq}, which was there, is gone`,
			'nothing was taken from it; find out who has put an older copy there, or hides the newer one',
		);
	if (chained(prev, found.bytes) !== hash)
		throw forked(`the storage shows another entry ${seq} of the shared vault than before`);
}
