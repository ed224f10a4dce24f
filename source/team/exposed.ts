import {dataDigest} from '../credentials/data-digest.js';
import type {Exposed} from '../domain/team.js';
import {parseEntry} from './log/entry.js';
import {rosterDataOf} from './log/roster.js';
import type {LogState} from './log/state.js';

type Removal = {
	readonly seq: number;
	readonly member: string;
	/** It is a member again, and may read all. */
	readonly isBack: boolean;
};

type Read = Pick<LogState, 'rosters' | 'keys' | 'shared' | 'since'>;

/** The most secrets that are gone, and are remembered. */
const pastKept = 1000;

/** The most names for one credential: each is kept with thousands of credentials. */
const named = 5;

/** What a member without a name that is known here is called. */
const nameless = 'somebody';

/**
 * The credentials that a removed member could read, and whose data nobody has changed since. Behind what is `known`
 * that is gone: from the trash, by an undo or as an older version a secret comes back that the member has read.
 * `self` is this device's id: what it can read itself is no reason to rotate.
 */
export function exposedIn(state: Read, known: readonly Exposed[], self: string): readonly Exposed[] {
	const removals = removalsIn(state, self);
	if (removals.length === 0) return known;
	const after = (id: string): readonly Removal[] => removals.filter(({seq}) => seq > (state.since.get(id) ?? 0));
	const now: Exposed[] = [];
	const told = new Set<string>();
	for (const record of state.shared.records.values()) {
		const all = after(record.id);
		if (all.length === 0) continue;
		const digest = dataDigest(record);
		told.add(`${record.id} ${digest}`);
		const members = [...new Set(all.filter(({isBack}) => !isBack).map(({member}) => member))].slice(-named);
		if (members.length > 0) now.push({id: record.id, digest, members});
	}
	const past = known.filter(({id, digest}) => !told.has(`${id} ${digest}`)).slice(-pastKept);
	return [...past, ...now];
}

/** Who else was removed by which entry, oldest first. */
function removalsIn({rosters, keys}: Pick<LogState, 'rosters' | 'keys'>, self: string): readonly Removal[] {
	const removals: (Omit<Removal, 'isBack'> & {readonly id: string})[] = [];
	let before: ReadonlyMap<string, string> = new Map();
	for (const text of rosters) {
		const entry = parseEntry(Buffer.from(text, 'latin1'));
		const {h} = entry;
		if (h.kind !== 'roster') continue;
		const names = rosterDataOf(entry, keys.get(h.epoch))?.names;
		const now = new Map(h.members.map(({id}) => [id, names?.get(id) ?? before.get(id) ?? nameless]));
		for (const [id, member] of before) {
			if (!now.has(id) && id !== self) removals.push({seq: h.seq, id, member});
		}
		before = now;
	}
	return removals.map(({id, ...removal}) => ({...removal, isBack: before.has(id)}));
}
