import {dataDigest} from '../credentials/data-digest.js';
import type {Exposed} from '../domain/team.js';
import {parseEntry} from './log/entry.js';
import {rosterDataOf} from './log/roster.js';
import type {LogState} from './log/state.js';

type Removal = {readonly seq: number; readonly id: string; readonly member: string};

/** The most names for one credential: each is kept with thousands of credentials. */
const named = 5;

/** What a member without a name that is known here is called. */
const nameless = 'a removed member';

/** The credentials that a removed member could read, and whose data nobody has changed since. */
export function exposedIn(state: Pick<LogState, 'rosters' | 'keys' | 'shared' | 'since'>): readonly Exposed[] {
	const removals = removalsIn(state);
	if (removals.length === 0) return [];
	return [...state.shared.records.values()].flatMap(record => {
		const since = state.since.get(record.id) ?? 0;
		const members = [...new Set(removals.filter(({seq}) => seq > since).map(({member}) => member))].slice(-named);
		return members.length === 0 ? [] : [{id: record.id, digest: dataDigest(record), members}];
	});
}

/** Who was removed by which entry, oldest first, and has not come back since: whoever is a member may read all. */
function removalsIn({rosters, keys}: Pick<LogState, 'rosters' | 'keys'>): readonly Removal[] {
	const removals: Removal[] = [];
	let before: ReadonlyMap<string, string> = new Map();
	for (const text of rosters) {
		const entry = parseEntry(Buffer.from(text, 'latin1'));
		const {h} = entry;
		if (h.kind !== 'roster') continue;
		const names = rosterDataOf(entry, keys.get(h.epoch))?.names;
		const now = new Map(h.members.map(({id}) => [id, names?.get(id) ?? before.get(id) ?? nameless]));
		for (const [id, member] of before) {
			if (!now.has(id)) removals.push({seq: h.seq, id, member});
		}
		before = now;
	}
	return removals.filter(({id}) => !before.has(id));
}
