import assert from 'node:assert/strict';
import {parseEntry, sealedEntry} from '../../source/team/log/entry.js';
import {rosterEntry} from '../../source/team/log/make.js';
import {epochKeyFor, type RosterHeader, rosterText} from '../../source/team/log/roster.js';
import {type ReadSlot, readSlot} from '../../source/team/log/rule.js';
import {chained} from '../../source/team/log/text.js';
import {ana, at, ben, cleo, GrowingLog, type Person, readAll, record} from './team-log.js';

/** A log with an admin, a writer and a reader, and a credential. */
export function begun(): GrowingLog {
	const log = new GrowingLog();
	log.roster(ana, [ana, ben, cleo]);
	log.change(ana, {records: [record('aws'), record('gce')]});
	return log;
}

/** Fails unless the next slot counts for nobody, for that reason, and whoever writes takes the slot after it. */
export function assertSkipped(log: GrowingLog, bytes: Buffer, why: RegExp, what?: string): void {
	const before = log.state;
	for (const {keys} of [ana, cleo]) {
		const from = readAll(log.slots, keys).at(-1)?.state ?? before;
		const slot = readSlot(from, bytes, keys);
		assert.equal(slot.kind, 'skipped', what);
		assert.match(slot.kind === 'skipped' ? slot.why : '', why, what);
		assert.deepEqual(
			slot.state,
			{...from, place: {seq: from.place.seq + 1, hash: chained(from.place.hash, bytes)}, prev: from.place.hash},
			what,
		);
	}
	log.put(bytes);
	assert.equal(log.change(ben, {}).kind, 'change', what);
}

/** A roster with an edited header, signed by its author. */
export function editedRoster(
	log: GrowingLog,
	members: readonly Person[],
	edit: (h: RosterHeader) => object,
	author: Person = ana,
	text?: string,
): Buffer {
	const {h} = parseEntry(rosterEntry(log.state, members, ana.keys, at));
	if (h.kind !== 'roster') throw new Error('no roster');
	const key = epochKeyFor(ana.keys, h) ?? log.state.keys.get(h.epoch) ?? Buffer.alloc(32);
	const names = new Map(members.map(({keys, name}) => [keys.id, name]));
	const edited = {...h, by: author.keys.id, ...edit(h)} as RosterHeader;
	return sealedEntry(edited, text ?? rosterText({at, names}), key, author.keys);
}

/** Why a slot counts for nobody. */
export function skippedWhy(slot: ReadSlot): string {
	assert.equal(slot.kind, 'skipped');
	return slot.kind === 'skipped' ? slot.why : '';
}
