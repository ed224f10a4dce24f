import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parseName} from '../../../source/domain/name.js';
import {slotKey} from '../../../source/team/log/object-keys.js';
import {readSlot} from '../../../source/team/log/rule.js';
import {dataText} from '../../../source/team/log/snapshot.js';
import {emptyLog, type LogState} from '../../../source/team/log/state.js';
import {credentialRecord} from '../../../source/vault/format/credential-record.js';
import {flipped} from '../../helpers/flipped.js';
import {readTeamLog} from '../../helpers/independent-log-reader.js';
import {size} from '../../helpers/rounds.js';
import {ana, ben, cleo, dora, GrowingLog, record, seedOf, vaultId} from '../../helpers/team-log.js';

type Step = (log: GrowingLog) => void;

const names = ['aws', 'gce', 'new', 'AWS', 'old'] as const;
const name = fc.constantFrom(...names);
const people = fc.constantFrom(ana, ben, cleo, dora);

/** What members do, well or badly, and what a thief of the storage's key can put between. */
const step: fc.Arbitrary<Step> = fc.oneof(
	fc.tuple(people, name, name, fc.nat(3)).map(
		([who, one, other, secret]): Step =>
			log => {
				const renamed = record(one, `${secret}`, {name: parseName(other)});
				log.change(who, {records: [renamed]});
			},
	),
	fc.tuple(people, name).map(
		([who, one]): Step =>
			log =>
				void log.change(who, {gone: [record(one).id]}),
	),
	fc.tuple(people, fc.subarray([ana, ben, cleo, dora])).map(
		([who, list]): Step =>
			log =>
				void log.roster(who, list),
	),
	fc.uint8Array({maxLength: 40}).map(
		(bytes): Step =>
			log =>
				void log.put(Buffer.from(bytes)),
	),
	fc.nat().map(
		(at): Step =>
			log =>
				void log.put(log.slots[at % log.slots.length] ?? Buffer.of()),
	),
	fc.tuple(fc.nat(), fc.nat()).map(
		([at, bit]): Step =>
			log => {
				const bytes = log.slots[at % log.slots.length] ?? Buffer.of(0);
				log.put(bytes.length === 0 ? bytes : flipped(bytes, bit % (bytes.length * 8)));
			},
	),
	fc.tuple(people, people, fc.nat(9)).map(
		([who, as, seq]): Step =>
			log => {
				log.put(log.forged(who, {by: as.keys.id, ...(seq === 0 ? {} : {seq})}));
			},
	),
);

const byId = (one: {id: string}, other: {id: string}): number => (one.id < other.id ? -1 : 1);
const recordsOf = ({shared}: LogState) => [...shared.records.values()].map(credentialRecord).sort(byId);

test('all readers of a log, and one of another program, say the same of every slot, whatever lies in it', () => {
	const counts = {change: 0, roster: 0, skipped: 0};
	fc.assert(
		fc.property(fc.array(step, {minLength: 1, maxLength: 25}), steps => {
			const log = new GrowingLog();
			log.roster(ana, [ana, ben, cleo]);
			for (const one of steps) one(log);
			const readers = new Map<typeof ana, LogState>([ana, ben, cleo].map(who => [who, emptyLog(vaultId)]));
			let mine = emptyLog(vaultId);
			const skipped: number[] = [];
			for (const bytes of log.slots) {
				const slot = readSlot(mine, bytes, ana.keys);
				counts[slot.kind]++;
				if (slot.kind === 'skipped') skipped.push(slot.state.place.seq);
				mine = slot.state;
				for (const [who, before] of readers) {
					const isIn = before.roster === undefined || before.roster.members.some(({id}) => id === who.keys.id);
					if (!isIn) {
						readers.delete(who);
						continue;
					}
					const theirs = readSlot(before, bytes, who.keys);
					assert.equal(theirs.kind, slot.kind);
					assert.deepEqual(theirs.state.place, mine.place);
					assert.equal(dataText(theirs.state), dataText(mine));
					readers.set(who, theirs.state);
				}
			}
			assert.equal(dataText(log.state), dataText(mine));
			const objects = new Map(log.slots.map((bytes, at) => [slotKey(vaultId, at + 1), bytes] as const));
			const other = readTeamLog(objects, vaultId, seedOf('ana'));
			assert.deepEqual([other.hash, other.skipped], [mine.place.hash, skipped]);
			assert.equal(JSON.stringify(other.records.sort(byId)), JSON.stringify(recordsOf(mine)));
			// Whatever was there, the next slot is free for whoever may write.
			if (mine.roster?.members.some(({id, role}) => id === ana.keys.id && role === 'admin'))
				assert.equal(log.change(ana, {}).kind, 'change');
		}),
		{numRuns: size(60, 1000)},
	);
	assert.ok(
		Object.values(counts).every(count => count > 0),
		JSON.stringify(counts),
	);
});
