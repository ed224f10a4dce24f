import {PharmerError} from '../domain/errors.js';
import type {Store} from '../stores/store.js';
import {Authors} from './authors.js';
import {slotLimit} from './log/entry.js';
import type {MemberKeys} from './log/member-keys.js';
import {slotKey} from './log/object-keys.js';
import {mayWrite, peerOf} from './log/roster.js';
import {readSlot} from './log/rule.js';
import {forked} from './log/start.js';
import type {LogState} from './log/state.js';
import {chained} from './log/text.js';
import {type Seen, seenOf} from './seen.js';

/** The most slots that are asked for at once. */
export const widest = 16;
/** So many slots are enough for one time: what was read is kept then, however long a storage goes on. */
export const portion = 4096;

/** What a log says now, what it said behind the first slot that was read since, and what all of these were. */
export type Followed = {
	readonly state: LogState;
	readonly first: LogState | undefined;
	readonly read: readonly Seen[];
	/** Who has changed what in these. */
	readonly authors: Authors;
};

type Apart = {readonly seq: number; readonly why: string};

type How = {
	/** How many slots are asked for at first. */
	readonly width?: number;
	/** The last slot to read, where what lies up to it is known to be right. */
	readonly most?: number;
	/** Whether it may end after a portion. */
	readonly isPart?: boolean;
	/** The id of a member that is about to lose the right to write: where it lies, it stops nobody, nor do others. */
	readonly suspect?: string | undefined;
};

/**
 * Reads the slots of a log from a state on, until there is none: one, then two at once, four, and so on. A member that
 * is removed reads up to that. Throws `forked` when a member has written after another entry than the one that is
 * there, and may write still: the storage has shown that to it, or it lies. Throws what `readSlot()` throws.
 */
export async function follow(
	store: Store,
	from: LogState,
	self: MemberKeys,
	{width = 1, most, isPart = false, suspect}: How = {},
): Promise<Followed> {
	const read: Seen[] = [];
	const authors = new Authors();
	/** The first entry for another line of each member that could still write at the last roster, by its id. */
	const apart = new Map<string, Apart>();
	let [state, beginning]: [LogState, LogState | undefined] = [from, undefined];
	for (let next = width; ; next = Math.min(next * 2, widest)) {
		const first = state.place.seq + 1;
		const numbers = Array.from({length: next}, (_, at) => first + at).filter(seq => most === undefined || seq <= most);
		const slots = await Promise.all(numbers.map(seq => store.get(slotKey(state.vault, seq), slotLimit)));
		for (const slot of slots) {
			if (slot === undefined || isOut(state, self)) return ended();
			const one = readSlot(state, slot.bytes, self);
			read.push(seenOf(one));
			authors.note(state, one);
			state = one.state;
			beginning ??= state;
			if (one.kind === 'skipped' && one.otherLineBy !== undefined && !apart.has(one.otherLineBy))
				apart.set(one.otherLineBy, {seq: state.place.seq, why: one.why});
			if (one.kind === 'roster') for (const by of apart.keys()) if (!isWriter(state, by)) apart.delete(by);
		}
		const isEnough = isPart && read.length >= portion && lieThatStops() === undefined;
		if (numbers.length === 0 || isEnough) return ended();
	}

	/** None where the suspect lies: what tells of a storage that lies is passed for that only. */
	function lieThatStops(): Apart | undefined {
		return suspect !== undefined && apart.has(suspect) ? undefined : [...apart.values()][0];
	}

	function ended(): Followed {
		const lie = lieThatStops();
		if (lie !== undefined && most === undefined) throw otherLine(lie);
		return {state, first: beginning, read, authors};
	}
}

function otherLine({seq, why}: Apart): PharmerError {
	return new PharmerError(
		'forked',
		`the storage shows other entries to others: entry ${seq} does not count here, since ${why}`,
		'nothing was taken from it; ask the others for the number and words of `pharmer team status`. Where these are the same, that member lies, and an admin removes it: `pharmer team remove`',
	);
}

/** Whether a member may share something. */
export function isWriter({roster}: Pick<LogState, 'roster'>, id: string): boolean {
	const role = roster && peerOf(roster, id)?.role;
	return role !== undefined && mayWrite(role, 'change');
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
