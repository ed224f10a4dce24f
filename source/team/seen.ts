import type {MemberKeys} from './log/member-keys.js';
import type {ReadSlot} from './log/rule.js';

/**
 * What is remembered of a slot that was read: who wrote it where it counts, and why not where it doesn't. Nothing of
 * what it says, and no state: there may be thousands, each with a megabyte.
 */
export type Seen = {readonly seq: number} & ({readonly by: string} | {readonly why: string});

export function seenOf(slot: ReadSlot): Seen {
	const {seq} = slot.state.place;
	return slot.kind === 'skipped' ? {seq, why: slot.why} : {seq, by: slot.entry.h.by};
}

/** Whether it counts, and somebody else wrote it. */
export function isOthers(slot: Seen, {id}: Pick<MemberKeys, 'id'>): boolean {
	return 'by' in slot && slot.by !== id;
}
