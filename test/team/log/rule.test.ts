import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseName} from '../../../source/domain/name.js';
import {changeText} from '../../../source/team/log/change.js';
import {parseEntry} from '../../../source/team/log/entry.js';
import {epochKeyFor, type RosterHeader} from '../../../source/team/log/roster.js';
import {readSlot} from '../../../source/team/log/rule.js';
import {dataText} from '../../../source/team/log/snapshot.js';
import {logText} from '../../../source/team/log/text.js';
import {assertSkipped, begun, skippedWhy} from '../../helpers/log-rule.js';
import {
	ana,
	at,
	ben,
	cleo,
	difference,
	dora,
	type GrowingLog,
	person,
	readAll,
	record,
	sampleLog,
	vaultId,
} from '../../helpers/team-log.js';
import {ofCode} from '../../helpers/vault-samples.js';

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
		return slot.kind === 'skipped' && slot.otherLineBy !== undefined;
	};
	assert.equal(isOtherLine(log.forged(ben, {prev: '1'.repeat(64)})), true);
	assert.equal(isOtherLine(log.forged(cleo, {prev: '1'.repeat(64)})), false);
	assert.equal(isOtherLine(log.forged(dora, {prev: '1'.repeat(64)})), false);
	assert.equal(isOtherLine(log.forged(ben, {seq: 9, prev: '1'.repeat(64)})), false);
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
		read.map(slot => (slot.kind === 'skipped' ? [slot.why, slot.otherLineBy !== undefined] : slot.kind)),
		[
			['it has not the form of an entry', false],
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

test('a member that comes back reads on from the roster that says so', () => {
	const log = begun();
	log.roster(ana, [ana, cleo]);
	const back = log.roster(ana, [ana, ben, cleo]);
	assert.equal(back.kind === 'roster' && back.state.roster?.epoch, 2);
	const his = readAll(log.slots, ben.keys).at(-1)?.state;
	assert.deepEqual([...(his?.keys.keys() ?? [])], [1, 2]);
	assert.equal(person('ben').keys.id, ben.keys.id);
});
