import type {Changed, Role, Skipped} from '../domain/team.js';
import {Damage} from '../vault/json-values.js';
import {widest} from './follow.js';
import {parseChange} from './log/change.js';
import {type Entry, entryLimit, isSignedEntry, openedData, parseEntry} from './log/entry.js';
import type {MemberKeys} from './log/member-keys.js';
import {slotKey} from './log/object-keys.js';
import {mayWrite, type Peer, peerOf, type Roster} from './log/roster.js';
import {readSlot} from './log/rule.js';
import {forked, withRosters} from './log/start.js';
import {emptyLog, type LogState} from './log/state.js';
import {chained, logText} from './log/text.js';
import {knownIn, type SyncWorld} from './sync.js';
import {stateOfCopy} from './working-copy.js';

/** What was done to a member; its role is the one that it has then, or had. */
type MemberChanged = {
	readonly verb: 'added' | 'changed' | 'removed' | 'left';
	readonly name: string;
	readonly role: Role;
};

/** An entry as a person reads it. `at` is a moment of its author's clock (RFC 3339). */
export type AuditEntry = {readonly seq: number} & (
	| {readonly kind: 'change'; readonly by: string; readonly at: string; readonly what: readonly Changed[]}
	| {
			readonly kind: 'roster';
			readonly by: string;
			readonly at: string | undefined;
			readonly what: readonly MemberChanged[];
	  }
	/** It counts for nobody. */
	| {readonly kind: 'skipped'; readonly why: string}
	/** It is of an epoch that this device has no key of: before it was added. */
	| {readonly kind: 'sealed'; readonly by: string}
);

/**
 * The newest entries that this device has read, newest first. Throws as `stateOfCopy()` does, and `forked` when one of
 * them is gone.
 */
export async function audit({vault, store, base}: SyncWorld, most: number): Promise<readonly AuditEntry[]> {
	const {log, self} = knownIn(await vault.read());
	const state = await stateOfCopy(store, base, log, self);
	const rosters = rosterStates(state, self);
	const last = state.place.seq;
	const first = Math.max(1, last - most + 1);
	const entries: AuditEntry[] = [];
	/** The hash up to a slot, and the slots since then that nobody says the hash before of. */
	let known = state.place.hash;
	let behind: readonly Buffer[] = [];
	for (let to = last; to >= first; to -= widest) {
		const numbers = Array.from({length: Math.min(widest, to - first + 1)}, (_, at) => to - at);
		const slots = await Promise.all(numbers.map(seq => store.get(slotKey(state.vault, seq), entryLimit + 1)));
		for (const [at, slot] of slots.entries()) {
			const seq = to - at;
			if (slot === undefined) throw forked(`entry ${seq} of the shared vault is not there any more`);
			const prev = parsedEntry(slot.bytes)?.h.prev ?? '';
			const isNext = [slot.bytes, ...behind].reduce(chained, prev) === known;
			const before = rosters.findLast(each => each.place.seq < seq) ?? emptyLog(state.vault);
			const place = {seq: seq - 1, hash: isNext ? prev : ''};
			entries.push(entryOf({...before, keys: state.keys, place}, slot.bytes, self, log.skipped));
			if (isNext) known = prev;
			behind = isNext ? [] : [slot.bytes, ...behind];
		}
	}
	return entries;
}

/** The states after each roster. */
function rosterStates({vault, rosters, keys}: LogState, self: MemberKeys): readonly LogState[] {
	const states: LogState[] = [];
	for (const text of rosters) states.push(withRosters(states.at(-1) ?? {...emptyLog(vault), keys}, [text], self));
	return states;
}

function entryOf(before: LogState, bytes: Buffer, self: MemberKeys, skipped: readonly Skipped[]): AuditEntry {
	const seq = before.place.seq + 1;
	const known = skipped.find(each => each.seq === seq);
	if (known !== undefined) return {seq, kind: 'skipped', why: known.why};
	const {roster} = before;
	const entry = roster && changeIn(bytes, before, roster);
	if (entry !== undefined && roster !== undefined) {
		const by = callOf(peerOf(roster, entry.h.by), entry.h.by);
		const key = before.keys.get(entry.h.epoch);
		if (key === undefined) return {seq, kind: 'sealed', by};
		const text = openedData(entry.data, key, logText(entry.h));
		if (text !== undefined) return changeEntryOf(text, seq, by);
	}
	const slot = readSlot(before, bytes, self);
	if (slot.kind === 'roster') {
		const {by} = slot.entry.h;
		// Who leaves is not in its own roster any more.
		const [is, was] = [slot.state.roster, roster].map(each => each && peerOf(each, by));
		const what = membersChanged(roster, slot.state.roster, by);
		return {seq, kind: 'roster', by: callOf(is ?? was, by), at: slot.data?.at, what};
	}
	return {seq, kind: 'skipped', why: slot.kind === 'skipped' ? slot.why : 'it can not be read'};
}

function changeEntryOf(text: string, seq: number, by: string): AuditEntry {
	try {
		const {at, what} = parseChange(text);
		return {seq, kind: 'change', by, at, what};
	} catch (error) {
		if (error instanceof Damage) return {seq, kind: 'skipped', why: `what it seals is wrong: ${error.message}`};
		throw error;
	}
}

/** The change that a slot is, if somebody has written it who may. */
function changeIn(bytes: Buffer, {vault, place}: LogState, roster: Roster): Entry | undefined {
	const entry = parsedEntry(bytes);
	if (entry?.h.kind !== 'change') return undefined;
	const {h} = entry;
	const author = peerOf(roster, h.by);
	const isNext = h.vault === vault && h.seq === place.seq + 1 && h.prev === place.hash && h.epoch === roster.epoch;
	const counts = isNext && author !== undefined && mayWrite(author.role, 'change') && isSignedEntry(entry, author);
	return counts ? entry : undefined;
}

function parsedEntry(bytes: Buffer): Entry | undefined {
	try {
		return parseEntry(bytes);
	} catch {
		return undefined;
	}
}

/** What a roster by that member changes. */
function membersChanged(before: Roster | undefined, after: Roster | undefined, by: string): readonly MemberChanged[] {
	const members = after?.members ?? [];
	const old = before?.members ?? [];
	const changed = members.flatMap((each): readonly MemberChanged[] => {
		const was = old.find(({id}) => id === each.id);
		if (was?.role === each.role) return [];
		const verb = was === undefined ? 'added' : 'changed';
		return [{verb, name: callOf(each, each.id), role: each.role}];
	});
	const removed = old.filter(({id}) => !members.some(each => each.id === id));
	const gone = removed.map(({id, name, role}): MemberChanged => {
		return {verb: id === by ? 'left' : 'removed', name: callOf({name}, id), role};
	});
	return [...changed, ...gone];
}

function callOf(peer: Pick<Peer, 'name'> | undefined, id: string): string {
	return peer?.name ?? id.slice(0, 8);
}
