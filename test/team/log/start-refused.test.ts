import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseEntry, sealedObject} from '../../../source/team/log/entry.js';
import {rosterEntry} from '../../../source/team/log/make.js';
import {readSlot} from '../../../source/team/log/rule.js';
import {dataText, snapshotLimit} from '../../../source/team/log/snapshot.js';
import {startOf} from '../../../source/team/log/start.js';
import type {LogState} from '../../../source/team/log/state.js';
import {anchorOf, eve, type Snap, shown, snapshot, start, told} from '../../helpers/log-start.js';
import {ana, at, ben, cleo, dora, GrowingLog, type Person, person, record, vaultId} from '../../helpers/team-log.js';
import {ofCode} from '../../helpers/vault-samples.js';

/** A snapshot with another text sealed, or another header, by an author. */
function edited(log: GrowingLog, author: Person, header: object, edit: (text: string) => string = text => text): Snap {
	const {vault, place, roster} = log.state;
	const {seq, hash: head} = place;
	const [epoch, number] = [roster?.epoch, roster?.place.seq];
	const h = {format: 1, vault, seq, head, epoch, roster: number, by: author.keys.id, ...header};
	return {seq, bytes: sealedObject(h, Buffer.from(edit(dataText(log.state))), log.key(), author.keys)};
}

/** The same with a space more. */
const spaced = ({seq, bytes}: Snap): Snap => ({seq, bytes: Buffer.from(bytes.toString().replace('"h":', '"h": '))});

/** The text with another list of rosters. */
const withRosters = (text: string, edit: (rosters: string[]) => readonly string[]): string => {
	const data = JSON.parse(text);
	return JSON.stringify({...data, rosters: edit(data.rosters)});
};

for (const [why, what, make] of [
	[/by nobody who may/, 'by a reader', log => snapshot(log.state, cleo)],
	[/by nobody who may/, 'by a removed admin', log => snapshot(log.state, eve)],
	[/by nobody who may/, 'by a stranger', log => snapshot(log.state, person('zoe'))],
	[/by nobody who may/, "in an admin's name", log => edited(log, eve, {by: ana.keys.id})],
	[/of another entry/, 'for another slot', log => ({...snapshot(log.state), seq: log.state.place.seq + 1})],
	[/of another entry/, 'that says another slot', log => edited(log, ana, {seq: 5})],
	[/its entry is not there/, 'of another line', log => edited(log, ana, {head: '1'.repeat(64)})],
	[
		/its entry is not there/,
		'after another entry',
		log => edited(log, ana, {}, text => text.replace(/\w{64}/, '1'.repeat(64))),
	],
	[/by nobody who may/, 'of another vault', log => edited(log, ana, {vault: vaultId.replace('5', '6')})],
	[/another format/, 'of another format', log => edited(log, ana, {format: 2})],
	[/no key for it/, 'that names an older roster', log => edited(log, ana, {roster: 4})],
	[/no key for it/, 'of another epoch', log => edited(log, ana, {epoch: 1})],
	[/by nobody who may/, 'with no roster', log => edited(log, ana, {}, text => withRosters(text, () => []))],
	[
		/does not count/,
		'with the last roster twice',
		log => edited(log, ana, {}, text => withRosters(text, all => [...all, ...all.slice(-1)])),
	],
	[
		/by nobody who may/,
		'without the last roster',
		log => edited(log, ana, {}, text => withRosters(text, all => all.slice(0, -1))),
	],
	[
		/does not count/,
		'without the first roster',
		log => edited(log, ana, {}, text => withRosters(text, all => all.slice(1))),
	],
	[
		/does not count/,
		'without the second roster',
		log => edited(log, ana, {}, text => withRosters(text, all => all.filter((_, index) => index !== 1))),
	],
	[
		/does not count/,
		'with rosters in another order',
		log => edited(log, ana, {}, text => withRosters(text, ([one, two, ...rest]) => [two ?? '', one ?? '', ...rest])),
	],
	[
		/spelled in another way/,
		'with content that is spelled otherwise',
		log => edited(log, ana, {}, text => text.replace('{', '{ ')),
	],
	[/spelled in another way/, 'that is spelled otherwise', log => spaced(snapshot(log.state))],
	[/has no `prev`/, 'that says nothing', log => edited(log, ana, {}, () => '{}')],
	[
		/a name appears twice/,
		'with a name twice',
		log => edited(log, ana, {}, text => text.replace('"name":"aws"', '"name":"gce"')),
	],
	[
		/all that is shared is too large/,
		'of more than a team shares',
		log => {
			const many = Array.from({length: 25}, (_, nth) => record(`x${nth}`, 'any', {note: 'x'.repeat(2 ** 20)}));
			const shared = {...log.state.shared, records: new Map(many.map(each => [each.id, each]))};
			return edited(log, ana, {}, () => dataText({...log.state, shared}));
		},
	],
	[/is not JSON/, 'that is cut', log => ({seq: 6, bytes: snapshot(log.state).bytes.subarray(0, -100)})],
	[/is not JSON/, 'that is noise', () => ({seq: 6, bytes: Buffer.from('noise')})],
	[/missing or too large/, 'of more than 64 MiB', () => ({seq: 6, bytes: Buffer.alloc(snapshotLimit + 1)})],
] as readonly (readonly [RegExp, string, (log: GrowingLog) => Snap])[])
	test(`a snapshot ${what} is refused, and does not hide a right one before it`, async () => {
		const log = told();
		const right = snapshot(log.state);
		await assert.rejects(start(log, make(log)), ofCode('forked', why));
		log.change(ana, {records: [record('later')]});
		const wrong = make(log);
		assert.equal((await start(log, wrong.seq === 6 ? {...wrong, seq: 7} : wrong, right)).place.seq, 6);
	});

test('a state that the storage and a removed admin have made up does not lead to the told entry', async () => {
	const log = told();
	const [real, real6] = [log.slots, log.slots[5] ?? Buffer.of()];
	// Another founder, who lets the admins of the real log in, so that the told entry is by one of them.
	const made = new GrowingLog(eve.keys);
	made.roster(eve, [eve]);
	made.change(eve, {records: [record('trap', 'of eve')]});
	made.roster(eve, [eve, ana, ben, cleo]);
	made.roster(eve, [eve, ana, ben]);
	made.change(eve, {});
	const state = {...made.state, place: {seq: 5, hash: parseEntry(real6).h.prev}};
	const led = readSlot(state, real6, ana.keys);
	assert.equal(led.kind, 'skipped', 'the told entry names the rosters before it');
	// The told entry itself is shown, with a snapshot of what was made up.
	made.roster(eve, [eve, ana, ben, dora]);
	const slots = [...made.slots.slice(0, 5), real6];
	for (const lie of [snapshot(made.state, eve), {...snapshot(made.state, eve), seq: 6}])
		await assert.rejects(
			startOf(await shown(slots, lie), vaultId, dora.keys, anchorOf(log)),
			ofCode('forked', /no snapshot/),
		);
	// Eve goes on from the real one with what she has: her keys, and those of the epoch that she knew.
	const eves = readThrough(real.slice(0, 3), eve);
	const onwards = rosterEntry(eves, [eve, dora], eve.keys, at);
	await assert.rejects(
		startOf(
			await shown([...real.slice(0, 3), onwards], snapshot(readThrough([...real.slice(0, 3), onwards], eve), eve)),
			vaultId,
			dora.keys,
			anchorOf(log),
		),
		ofCode('forked', /entry 6/),
	);
});

function readThrough(slots: readonly Buffer[], who: Person): LogState {
	const log = new GrowingLog(who.keys);
	for (const bytes of slots) log.put(bytes);
	return log.state;
}

test('a later snapshot of the line that the storage shows has to go through the told entry', async () => {
	const log = told();
	const fork = new GrowingLog();
	for (const bytes of log.slots.slice(0, 5)) fork.put(bytes);
	fork.roster(ana, [ana, ben, cleo]);
	fork.roster(ana, [ana, ben, cleo, dora]);
	const slots = [...log.slots, ...fork.slots.slice(6)];
	await assert.rejects(
		startOf(await shown(slots, snapshot(fork.state)), vaultId, dora.keys, anchorOf(log)),
		ofCode('forked', /does not lead to the entry/),
	);
});
