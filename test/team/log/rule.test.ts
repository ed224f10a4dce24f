import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseName} from '../../../source/domain/name.js';
import {changeText} from '../../../source/team/log/change.js';
import {entryLimit, parseEntry, sealedEntry} from '../../../source/team/log/entry.js';
import {rosterEntry} from '../../../source/team/log/make.js';
import {signed, wrapped} from '../../../source/team/log/member-keys.js';
import {epochKeyFor, type RosterHeader, rosterText} from '../../../source/team/log/roster.js';
import {readSlot} from '../../../source/team/log/rule.js';
import {dataText} from '../../../source/team/log/snapshot.js';
import {chained, logText, sha256} from '../../../source/team/log/text.js';
import {
	ana,
	at,
	ben,
	cleo,
	difference,
	dora,
	GrowingLog,
	type Person,
	person,
	readAll,
	record,
	sampleLog,
	vaultId,
} from '../../helpers/team-log.js';
import {ofCode} from '../../helpers/vault-samples.js';

/** A log with an admin, a writer and a reader, and a credential. */
function begun(): GrowingLog {
	const log = new GrowingLog();
	log.roster(ana, [ana, ben, cleo]);
	log.change(ana, {records: [record('aws'), record('gce')]});
	return log;
}

/** Fails unless the next slot counts for nobody, for that reason, and whoever writes takes the slot after it. */
function assertSkipped(log: GrowingLog, bytes: Buffer, why: RegExp, what?: string): void {
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
function editedRoster(
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

test('what everybody reads in a log of all kinds is the same, and the noise in it is named', () => {
	const log = sampleLog();
	const mine = readAll(log.slots, ana.keys);
	assert.deepEqual(
		mine.map(slot => (slot.kind === 'skipped' ? slot.why : slot.kind)),
		[
			'roster',
			'change',
			'roster',
			'change',
			'it has not the form of an entry',
			'it is by cleo, who only reads',
			'roster',
			'change',
		],
	);
	const [state, hers] = [mine.at(-1)?.state, readAll(log.slots.slice(2), cleo.keys, mine[1]?.state).at(-1)?.state];
	if (state === undefined || hers === undefined) throw new Error('nothing was read');
	assert.equal(dataText(hers), dataText(state));
	assert.deepEqual(hers.roster, state.roster);
	const {records, journals} = state.shared;
	assert.deepEqual([...records.values()].map(({name}) => name).sort(), ['AWS.old', 'new']);
	assert.equal(records.get(record('aws').id)?.data.get('secretAccessKey')?.reveal(), 'third');
	assert.deepEqual([...journals.keys()], [record('new').id]);
	assert.deepEqual(state.since.get(record('aws').id), 4, 'a new name is no new secret');
});

for (const [what, make] of [
	['nothing', () => ''],
	['a word', () => 'hello'],
	['an empty object', () => '{}'],
	['a list', () => '[]'],
	['null', () => 'null'],
	['half an entry', text => text.slice(0, text.length / 2)],
	['a line feed at the end', text => `${text}\n`],
	['a space', text => text.replace('"h":', '"h": ')],
	['a letter written as an escape', text => text.replace('"change"', '"\\u0063hange"')],
	['an escape in upper case', text => text.replace('"change"', '"\\u0063hang\\u0065"')],
	['another order', text => text.replace(/^\{("h":\{.*?\}),("data":"[^"]*"),/, '{$2,$1,')],
	['another order in the header', text => text.replace(/("seq":\d+),("prev":"\w+")/, '$2,$1')],
	['a member twice', text => text.replace('"kind":"change"', '"kind":"change","kind":"change"')],
	['a member more', text => text.replace('"kind"', '"extra":1,"kind"')],
	['a member with a name that means something', text => text.replace('"kind"', '"__proto__":{},"kind"')],
	['a member less', text => text.replace(/"prev":"\w+",/, '')],
	['a number with a fraction', text => text.replace(/"seq":(\d+)/, '"seq":$1.0')],
	['a number with an exponent', text => text.replace(/"seq":(\d+)/, '"seq":$1e0')],
	['a negative number', text => text.replace(/"seq":/, '"seq":-')],
	['an id in upper case', text => text.replace(/"id":"\w+"/, `"id":"${'A'.repeat(32)}"`)],
	['base64 with other unused bits', text => text.replace(/(.)==("\}$)/, (_, bits, end) => `${after(bits)}==${end}`)],
	['base64 without its end', text => text.replace(/==("\}$)/, '$1')],
	['base64 with a line feed', text => text.replace('"data":"', '"data":"\\n')],
	['base64url', text => text.replace(/"data":"[^"]{4}/, '"data":"-_-_')],
	['a mark of byte order', text => `\u00ef\u00bb\u00bf${text}`],
	['an unknown kind', text => text.replace('"change"', '"chance"')],
	['an older format', text => text.replace('"format":1', '"format":0')],
	['a format that is text', text => text.replace('"format":1', '"format":"1"')],
] as readonly (readonly [string, (text: string) => string])[])
	test(`an entry counts in its only spelling: not with ${what}`, () => {
		const log = begun();
		const text = log.forged(ben).toString('latin1');
		const bytes = Buffer.from(make(text), 'latin1');
		assert.notEqual(bytes.toString('latin1'), text);
		assertSkipped(log, bytes, /^it has not the form of an entry$/);
	});

/** The base64 digit after one: it stands for the same bytes where its last bits are not used. */
function after(digit: string): string {
	const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
	return digits[digits.indexOf(digit) + 1] ?? '';
}

test('a slot of more than 1 MiB counts for nobody, also where its beginning is an entry', () => {
	const log = begun();
	assertSkipped(log, Buffer.concat([log.forged(ben), Buffer.alloc(entryLimit, ' ')]), /too large/);
	assertSkipped(log, Buffer.alloc(entryLimit + 1, '['), /too large/);
	assertSkipped(log, Buffer.alloc(entryLimit, '['), /form/);
});

/** An entry of a format to come, in whatever form, signed. */
function newer(log: GrowingLog, author: Person, edit: object = {}, more = ''): Buffer {
	const {format: _, ...header} = log.header(author);
	const whole = logText({h: {format: 2, ...header, ...edit}, data: Buffer.alloc(40).toString('base64')});
	const text = `${whole.slice(0, -1)}`.replace('"data"', `${more}"data"`);
	return Buffer.from(`${text},"sig":"${signed(`${text}}`, author.keys)}"}`);
}

test('an entry of a newer format stops where a member has signed it for this slot, and is noise otherwise', () => {
	const log = begun();
	for (const author of [ana, ben])
		for (const edit of [{}, {kind: 'new', more: {deep: [1.5, null]}}])
			assert.throws(() => log.put(newer(log, author, edit)), ofCode('newer-version', /ana|ben/));
	for (const [what, bytes] of [
		['by a reader', newer(log, cleo)],
		['by a stranger', newer(log, dora)],
		["in a member's name", newer(log, dora, {by: ana.keys.id})],
		['of another vault', newer(log, ana, {vault: vaultId.replace('5', '6')})],
		['for another slot', newer(log, ana, {seq: 2})],
		['after another entry', newer(log, ana, {prev: '1'.repeat(64)})],
		['with one more member', newer(log, ana, {}, '"more":1,')],
	] as const)
		assert.match(skippedWhy(readSlot(log.state, bytes, ana.keys)), /^it has not the form/, what);
});

test('noise that looks like a newer format and is nested without end is noise', () => {
	const log = begun();
	const [text] = newer(log, ana).toString().split(',"kind"');
	const nested = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
	const tail = `"data":"${'A'.repeat(40)}","sig":"${'A'.repeat(86)}=="}`;
	assertSkipped(log, Buffer.from(`${text},"by":"${ana.keys.id}","deep":${nested}},${tail}`), /^it has not the form/);
});

function skippedWhy(slot: ReturnType<typeof readSlot>): string {
	assert.equal(slot.kind, 'skipped');
	return slot.kind === 'skipped' ? slot.why : '';
}

test('who may not write is named, and so is what belongs elsewhere', () => {
	for (const [why, make] of [
		[/^it is by cleo, who only reads$/, log => log.forged(cleo)],
		[/^it is by nobody in the roster$/, log => log.forged(dora)],
		[/^its signature is not that of ana$/, log => log.forged(dora, {by: ana.keys.id})],
		[/^its signature is not that of ben$/, log => withMalleableSignature(log.forged(ben))],
		[/^it is of another vault$/, log => log.forged(ana, {vault: vaultId.replace('5', '6')})],
		[/^it is entry 7, which belongs elsewhere$/, log => log.forged(ana, {seq: 7})],
		[/^it is entry 2, which belongs elsewhere$/, log => log.slots[1] ?? Buffer.of()],
		[/^it is by ana, and follows another entry$/, log => log.forged(ana, {prev: '1'.repeat(64)})],
		[/^it is of epoch 2, which is over|^it is of epoch 2/, log => log.forged(ana, {epoch: 2})],
		[/^what it seals does not open$/, log => log.forged(ana, {}, 'x', Buffer.alloc(32))],
	] as readonly (readonly [RegExp, (log: GrowingLog) => Buffer])[]) {
		const log = begun();
		assertSkipped(log, make(log), why, String(why));
	}
});

/** The same entry with S + L in the place of S: the same number modulo the order of the curve's base point. */
function withMalleableSignature(bytes: Buffer): Buffer {
	const {h, data, sig} = JSON.parse(bytes.toString());
	const both = Buffer.from(sig, 'base64');
	const order = 2n ** 252n + 27742317777372353535851937790883648493n;
	const s = BigInt(`0x${Buffer.from(both.subarray(32)).reverse().toString('hex')}`) + order;
	Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse().copy(both, 32);
	return Buffer.from(logText({h, data, sig: both.toString('base64')}));
}

test('an entry that a member has signed for another line is told from noise; a reader signs none', () => {
	const log = begun();
	const isOtherLine = (bytes: Buffer): boolean => {
		const slot = readSlot(log.state, bytes, ana.keys);
		return slot.kind === 'skipped' && slot.isOtherLine === true;
	};
	assert.equal(isOtherLine(log.forged(ben, {prev: '1'.repeat(64)})), true);
	assert.equal(isOtherLine(log.forged(cleo, {prev: '1'.repeat(64)})), false);
	assert.equal(isOtherLine(log.forged(dora, {prev: '1'.repeat(64)})), false);
	assert.equal(isOtherLine(log.forged(ben, {seq: 9, prev: '1'.repeat(64)})), false);
});

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

test('a change that makes no sense counts for nobody', () => {
	const text = (some: Parameters<typeof difference>[0]): string => changeText({...difference(some), at});
	const twin = record('other', 'x', {name: parseName('AWS')});
	for (const [why, sealed] of [
		[/a name appears twice/, text({records: [twin]})],
		[/a name appears twice/, text({records: [record('new', 'x', {name: parseName('gce')})]})],
		[/a credential appears twice/, text({records: [record('aws'), record('aws')]})],
		[/a credential appears twice/, text({records: [record('aws')], gone: [record('aws').id]})],
		[/a credential appears twice/, text({gone: [record('aws').id, record('aws').id]})],
		[/what is gone was not there/, text({gone: [record('nowhere').id]})],
		[/a journal is not one line/, text({journals: new Map([['a', 'b\nc']])})],
		[/what was sealed is not JSON/, 'hello'],
		[/has no `at`/, '{}'],
		[/has an unknown member/, text({}).replace('{', '{"more":1,')],
		[/a moment is invalid/, text({}).replace(at, 'yesterday')],
		[/spelled in another way/, text({records: [record('n')]}).replace('"revision":1', '"revision":1.0')],
		[/spelled in another way/, text({}).replace('"gone":[]', '"gone":[],"gone":[]')],
		[/spelled in another way/, text({}).replace('"at":', '"at": ')],
		[/spelled in another way/, text({records: [record('n')]}).replace('größe', 'gr\\u00f6ße')],
	] as const) {
		const log = begun();
		assertSkipped(log, log.forged(ben, {}, sealed), why, sealed);
	}
});

test('names may change places in one entry', () => {
	const log = begun();
	const slot = log.change(ben, {
		records: [record('aws', 'x', {name: parseName('gce')}), record('gce', 'y', {name: parseName('aws')})],
	});
	assert.equal(slot.kind, 'change');
});

test('entries that are swapped, repeated or left out count for nobody', () => {
	const log = begun();
	for (let change = 0; change < 4; change++) log.change(ben, {records: [record('aws', `${change}`)]});
	const {slots} = log;
	const kinds = (order: readonly (Buffer | undefined)[]): string =>
		readAll(
			order.flatMap(each => each ?? []),
			ana.keys,
		)
			.map(({kind}) => kind[0])
			.join('');
	assert.equal(kinds(slots), 'rccccc');
	assert.equal(kinds([slots[0], slots[1], slots[3], slots[2], slots[4], slots[5]]), 'rcssss');
	assert.equal(kinds([slots[0], slots[1], slots[1], slots[2], slots[3]]), 'rcsss');
	assert.equal(kinds([slots[0], slots[1], slots[3], slots[4], slots[5]]), 'rcsss');
	assert.equal(kinds([slots[1], slots[0], slots[2]]), 'sss');
});

test('noise in the place of an entry, or another order, ends the log for whoever is shown it', () => {
	const log = begun();
	log.change(ben, {records: [record('aws', 'lost')]});
	log.change(ana, {records: [record('gce', 'other')]});
	log.change(ben, {records: [record('new')]});
	const shown = [...log.slots];
	shown[2] = Buffer.from('noise');
	const read = readAll(shown, ana.keys).slice(2);
	assert.deepEqual(
		read.map(slot => (slot.kind === 'skipped' ? [slot.why, slot.isOtherLine] : slot.kind)),
		[
			['it has not the form of an entry', undefined],
			['it is by ana, and follows another entry', true],
			['it is by ben, and follows another entry', true],
		],
	);
});

test('a removed member reads that it was removed and nothing after it, with all its keys and the whole storage', () => {
	const log = begun();
	log.change(ana, {records: [record('aws', 'seen')]});
	const his = readAll(log.slots, ben.keys).at(-1)?.state;
	log.roster(ana, [ana, cleo]);
	log.change(ana, {records: [record('aws', 'unseen')]});
	log.roster(ana, [ana, cleo, dora]);
	const [removal, change, later] = log.slots.slice(-3);
	if (!his || !removal || !change || !later) throw new Error('nothing was read');
	const out = readSlot(his, removal, ben.keys);
	assert.equal(out.kind, 'roster');
	assert.equal(out.kind === 'roster' && out.data, undefined);
	assert.equal(
		out.state.roster?.members.some(({id}) => id === ben.keys.id),
		false,
	);
	assert.deepEqual([...out.state.keys.keys()], [1]);
	assert.throws(() => readSlot(out.state, change, ben.keys), ofCode('refused', /no key for entry 5/));
	assert.equal(his.shared.records.get(record('aws').id)?.data.get('secretAccessKey')?.reveal(), 'seen');
	for (const {members} of [removal, later].map(bytes => parseEntry(bytes).h as RosterHeader))
		for (const {id} of members)
			assert.equal(epochKeyFor({...ben.keys, id}, parseEntry(removal).h as RosterHeader), undefined, id);
	// Nor can it write, whatever it says of the epoch.
	const old = his.keys.get(1) ?? Buffer.of();
	assertSkippedBy(log, log.forged(ben, {epoch: 1}, undefined, old), /nobody in the roster/);
	assertSkippedBy(log, log.forged(ben, {}, undefined, old), /nobody in the roster/);
	assertSkippedBy(log, log.forged(ana, {epoch: 1}, undefined, old), /^it is of epoch 1, which is over$/);
});

function assertSkippedBy(log: GrowingLog, bytes: Buffer, why: RegExp): void {
	assert.match(skippedWhy(readSlot(log.state, bytes, ana.keys)), why);
}

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

test('a member that comes back reads on from the roster that says so', () => {
	const log = begun();
	log.roster(ana, [ana, cleo]);
	const back = log.roster(ana, [ana, ben, cleo]);
	assert.equal(back.kind === 'roster' && back.state.roster?.epoch, 2);
	const his = readAll(log.slots, ben.keys).at(-1)?.state;
	assert.deepEqual([...(his?.keys.keys() ?? [])], [1, 2]);
	assert.equal(person('ben').keys.id, ben.keys.id);
});
