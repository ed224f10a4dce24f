import assert from 'node:assert/strict';
import {test} from 'node:test';
import {wrapped} from '../../../source/team/log/member-keys.js';
import type {RosterHeader} from '../../../source/team/log/roster.js';
import {readSlot} from '../../../source/team/log/rule.js';
import {sha256} from '../../../source/team/log/text.js';
import {assertSkipped, begun, editedRoster, skippedWhy} from '../../helpers/log-rule.js';
import {ana, at, ben, cleo, dora, GrowingLog, type Person, readAll} from '../../helpers/team-log.js';
import {ofCode} from '../../helpers/vault-samples.js';

test('a roster that breaks a rule counts for nobody', () => {
	const low = '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05';
	const weak = (ed: string, x: string): Person => {
		const keys = {...dora.keys, ed, x};
		return {...dora, ed, x, keys};
	};
	const all = [ana, ben, cleo];
	for (const [why, make] of [
		[/^it is by ben, who changes no roster$/, log => editedRoster(log, all, () => ({}), ben)],
		[/^it is by cleo, who only reads$/, log => editedRoster(log, all, () => ({}), cleo)],
		[/^it is by nobody in the roster$/, log => editedRoster(log, [...all, dora], () => ({}), dora)],
		[/^it leaves no admin$/, log => editedRoster(log, [{...ana, role: 'writer'}, ben, cleo], () => ({}))],
		[/^it leaves no admin$/, log => editedRoster(log, all, () => ({members: [], epoch: 2}))],
		[/^it has a member twice$/, log => editedRoster(log, all, h => ({members: [...h.members, ...h.members]}))],
		[/^it has a member whose id/, log => editedRoster(log, all, h => ({members: withId(h, ben, cleo)}))],
		[/^it has a member whose id/, log => editedRoster(log, all, h => ({members: withKeys(h, ben, dora)}))],
		[/^it has a member whose id/, log => editedWeak(log, weak(bytesOf(low), dora.x))],
		[/^it has a member whose id/, log => editedWeak(log, weak(bytesOf('01'.padEnd(64, '0')), dora.x))],
		[/^it has a member whose id/, log => editedWeak(log, weak(dora.ed, bytesOf('00'.repeat(32))))],
		[/^its epoch is not the next$/, log => editedRoster(log, all, h => ({epoch: h.epoch + 2}))],
		[/^its epoch is not the next$/, log => editedRoster(log, [ana, cleo], () => ({epoch: 1}))],
		[/^its epoch is not the next$/, log => editedRoster(log, [ana, cleo], () => ({epoch: 3}))],
		[/^its key is not that of its epoch$/, log => editedRoster(log, all, () => ({check: '1'.repeat(64)}))],
		[/^its key is not that of its epoch$/, log => editedRoster(log, all, () => ({epoch: 2}))],
		[
			/^its key is not that of its epoch$/,
			log => editedRoster(log, [ana, cleo], () => ({check: log.state.roster?.check})),
		],
		[/^it follows another roster$/, log => editedRoster(log, all, () => ({before: '0'.repeat(64)}))],
	] as readonly (readonly [RegExp, (log: GrowingLog) => Buffer])[]) {
		const log = begun();
		assertSkipped(log, make(log), why, String(why));
	}
});

const bytesOf = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
const withId = (h: RosterHeader, whose: Person, id: Person) =>
	h.members.map(each => (each.id === whose.keys.id ? {...each, id: id.keys.id} : each)).filter(isFirst);
const withKeys = (h: RosterHeader, whose: Person, keys: Person) =>
	h.members.map(each => (each.id === whose.keys.id ? {...each, ed: keys.ed, x: keys.x} : each));

function isFirst({id}: {id: string}, at: number, all: readonly {id: string}[]): boolean {
	return all.findIndex(each => each.id === id) === at;
}

/** A roster with a member whose keys are no keys, and whose id follows from them. */
function editedWeak(log: GrowingLog, whose: Person): Buffer {
	const id = sha256(`pharmer member ${whose.ed} ${whose.x}`).slice(0, 32);
	return editedRoster(log, [ana, ben, cleo, dora], h => ({
		members: h.members.map(each => (each.id === dora.keys.id ? {...each, id, ed: whose.ed, x: whose.x} : each)),
	}));
}

test('the first entry is a roster of epoch 1 by an admin in it', () => {
	for (const [why, make] of [
		[/^it is by nobody in the roster$/, log => log.forged(ana, {epoch: 1}, 'x', Buffer.alloc(32))],
		[/^it is by nobody in the roster$/, log => editedRoster(log, [ben], () => ({}))],
		[/^it is by member \w{8}, who changes no roster$/, log => editedRoster(log, [ana, ben], () => ({}), ben)],
		[/^its epoch is not the first$/, log => editedRoster(log, [ana], () => ({epoch: 2}))],
	] as readonly (readonly [RegExp, (log: GrowingLog) => Buffer])[]) {
		const log = new GrowingLog();
		assert.match(skippedWhy(log.put(make(log))), why);
		assert.equal(log.roster(ana, [ana]).kind, 'roster', 'the slot after it is free');
	}
});

test('an admin who wraps a wrong key for one member stops that member only', () => {
	for (const edit of [
		(h: RosterHeader) => h.members.map(each => (each.id === ben.keys.id ? {...each, wrap: h.members[0]?.wrap} : each)),
		(h: RosterHeader) =>
			h.members.map(each => {
				if (each.id !== ben.keys.id) return each;
				// A key of another line: what is sealed later could be made to open with both.
				const wrap = wrapped(Buffer.alloc(32, 7), ben, {vault: h.vault, epoch: h.epoch, member: each.id});
				return {...each, wrap};
			}),
	]) {
		const log = begun();
		const his = readAll(log.slots, ben.keys).at(-1)?.state ?? log.state;
		const bytes = editedRoster(log, [ana, ben], h => ({members: edit(h)}));
		assert.throws(() => readSlot(his, bytes, ben.keys), ofCode('damaged', /entry 3 .* without its key/));
		const slot = log.put(bytes);
		assert.equal(slot.kind, 'roster');
		assert.equal(slot.kind === 'roster' && slot.data?.names.get(ben.keys.id), 'ben');
		assert.equal(log.change(ana, {}).kind, 'change');
	}
});

test('a roster counts whatever it seals, so that whoever has no key for it says the same', () => {
	const names = (list: readonly (readonly [string, string])[]): string => JSON.stringify({at, names: list});
	const ids = [ana, ben, cleo].map(({keys}) => keys.id);
	for (const text of [
		'hello',
		names([]),
		names(ids.map(id => [id, 'ana'])),
		names(ids.map(id => [id, '../x'])),
		names(ids.map((id, at) => [id, `n${at}`])).replace(':', ': '),
	]) {
		const log = begun();
		const slot = log.put(editedRoster(log, [ana, ben, cleo], () => ({}), ana, text));
		assert.equal(slot.kind, 'roster', text);
		assert.equal(slot.kind === 'roster' && slot.data, undefined, text);
		assert.deepEqual(
			slot.state.roster?.members.map(({name}) => name),
			[undefined, undefined, undefined],
		);
		assert.equal(log.change(ben, {}).kind, 'change');
	}
});
