import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nameLengthLimit} from '../../source/domain/name.js';
import {memoryStore} from '../../source/stores/memory.js';
import {changeText} from '../../source/team/log/change.js';
import {type Header, newEntryId, sealedEntry, sealedObject} from '../../source/team/log/entry.js';
import {slotKey} from '../../source/team/log/object-keys.js';
import {readSlot} from '../../source/team/log/rule.js';
import {remove} from '../../source/team/members.js';
import {ownKeys, teamIn} from '../../source/team/section.js';
import {type Difference, sharedLimit} from '../../source/team/shared.js';
import {sync} from '../../source/team/sync.js';
import {credentialRecord} from '../../source/vault/format/credential-record.js';
import {teamSection} from '../../source/vault/team-section.js';
import {edit, label, labelsOf, settle} from '../helpers/fleet.js';
import {type Device, founder, joined} from '../helpers/team.js';
import {at, difference, record} from '../helpers/team-log.js';

/** Ana and Cleo, and what Ben, a writer, puts into the next slots: entries of his with other headers and changes. */
async function team(name = 'ben') {
	const ana = await founder(memoryStore());
	await edit(ana, 'aws');
	await sync(ana);
	const ben = await joined(ana, name);
	const cleo = await joined(ana, 'cleo');
	await settle([ana, ben, cleo]);
	const {state: begun} = ben.memory;
	const section = teamIn(await ben.vault.read());
	assert.ok(begun && section);
	const keys = ownKeys(section);
	let state = begun;
	const put = async (bytes: Buffer): Promise<void> => {
		state = readSlot(state, bytes, keys).state;
		assert.equal(await ben.store.create(slotKey(state.vault, state.place.seq), bytes), 'created');
	};
	const header = (): Header => {
		const {vault, place, roster} = state;
		const format = {format: 1, vault, seq: place.seq + 1, prev: place.hash, kind: 'change'} as const;
		return {...format, epoch: roster?.epoch ?? 0, by: keys.id, id: newEntryId()};
	};
	const key = () => state.keys.get(state.roster?.epoch ?? 0) ?? Buffer.of();
	const fill = async (changes: readonly Partial<Difference>[]): Promise<void> => {
		for (const some of changes) await put(sealedEntry(header(), changeText({...difference(some), at}), key(), keys));
	};
	const [id = ''] = state.shared.records.keys();
	return {
		devices: [ana, cleo] as const,
		id,
		fill,
		putNewer: () => put(sealedObject({...header(), format: 2}, Buffer.alloc(1024, ' '), key(), keys)),
	};
}

type Fill = Awaited<ReturnType<typeof team>>['fill'];

/** Looks that both share as before. */
async function goOn([ana, cleo]: readonly [Device, Device]): Promise<void> {
	await settle([ana, cleo]);
	await label(ana, 'aws', 'of-ana');
	await label(cleo, 'aws', 'of-cleo');
	await settle([ana, cleo]);
	assert.deepEqual(await labelsOf(ana, 'aws'), ['of-ana', 'of-cleo']);
}

test('a writer does not stop the others by an entry of a format that nobody has', async () => {
	const {devices, putNewer} = await team();
	await putNewer();
	await goOn(devices);
});

test('a writer does not stop the others by a journal that is nested without end', async () => {
	const {devices, id, fill} = await team();
	const nested = `{"id":"${id}","deep":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
	await fill([{journals: new Map([[id, nested]])}]);
	await goOn(devices);
});

for (const [what, line] of Object.entries({
	'of no JSON': 'x',
	'of a number': '5',
	'of nothing': '{}',
	'about another credential': '{"id":"other"}',
}))
	test(`a writer does not stop the others by a journal ${what}`, async () => {
		const {devices, id, fill} = await team();
		await fill([{journals: new Map([[id, line]])}]);
		await goOn(devices);
	});

/** Ids that nobody has: another in each call. */
let ids = 0;
const nextId = (): string => `${(++ids).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

test('a writer does not stop the others by journals of what can be no credential', async () => {
	const {devices, id, fill} = await team();
	await fill([{journals: new Map([['x', '{"id":"x"}']])}, {journals: new Map([[id, '{}']]), ended: ['x']}]);
	const {shared} = devices[0].memory.state ?? {};
	await goOn(devices);
	assert.equal(shared?.journals.size, 0);
	assert.equal(devices[0].memory.state?.shared.journals.size, 0);
});

/** As many as fit into all that is shared, in entries of so many. */
async function crowd(fill: Fill, some: (count: number) => Partial<Difference>): Promise<void> {
	await fill(Array.from({length: 40}, () => some(4000)));
}

test('a crowd of tiny credentials fills no vault, also once its writer is removed', {
	timeout: 240_000,
}, async context => {
	const {devices, fill} = await team('ben'.padEnd(nameLengthLimit, 'n'));
	const [ana, cleo] = devices;
	const tiny = () => record(`t${++ids}`, '', {id: nextId(), provider: '', data: new Map(), labels: new Map()});
	await crowd(fill, count => ({records: Array.from({length: count}, tiny)}));
	await settle(devices);
	const {state} = cleo.memory;
	const [ben] = state?.roster?.members.filter(({name}) => name?.startsWith('ben')) ?? [];
	assert.ok(state && ben);
	await remove(ana, ben.id);
	await goOn(devices);
	const content = await cleo.vault.read();
	const known = Buffer.byteLength(JSON.stringify(teamSection.textIn(content)));
	const records = Buffer.byteLength(JSON.stringify(content.credentials.map(credentialRecord)));
	context.diagnostic(`${state.shared.records.size} credentials of ${records} bytes, and ${known} bytes of the team`);
	assert.ok(known + records < sharedLimit);
});

test('a crowd of tiny journals is soon gone', {timeout: 240_000}, async context => {
	const {devices, fill} = await team();
	await crowd(fill, count => ({journals: new Map(Array.from({length: count}, () => [nextId(), '1']))}));
	const before = devices[0].memory.state?.place.seq ?? 0;
	await sync(devices[0]);
	const {state} = devices[0].memory;
	assert.equal(state?.shared.journals.size, 0);
	context.diagnostic(`entries ${before} to ${state?.place.seq}`);
	await goOn(devices);
});

/** Credentials of 420 kB each: one fits into an entry, 59 into all that is shared. */
const large = (count: number, from = 0) =>
	Array.from({length: count}, (_, nth) => record(`large-${from + nth}`, 'any', {note: 'x'.repeat(420_000)}));

test('a writer can not fill the vaults of the others, and can be removed', {timeout: 240_000}, async context => {
	const {devices, fill} = await team();
	const [ana, cleo] = devices;
	await fill(large(200).map(each => ({records: [each]})));
	await sync(ana);
	await sync(cleo);
	const {state} = cleo.memory;
	assert.ok(state && state.size <= sharedLimit);
	context.diagnostic(`${state.shared.records.size} of 201 credentials`);
	assert.equal(state.shared.records.size, 60);
	await goOn(devices);
	const [ben] = state.roster?.members.filter(({name}) => name === 'ben') ?? [];
	assert.ok(ben);
	await remove(ana, ben.id);
	await goOn(devices);
});

test('a writer can not fill the trash of the others', {timeout: 240_000}, async () => {
	const {devices, fill} = await team();
	const [, cleo] = devices;
	for (let round = 0; round < 4; round++) {
		const some = large(30, round * 30);
		await fill(some.map(each => ({records: [each]})));
		await sync(cleo);
		await fill([{gone: some.map(({id}) => id)}]);
		await sync(cleo);
	}
	const {trash} = await cleo.vault.read();
	assert.ok(trash.length > 10 && trash.length < 30, `${trash.length} in the trash`);
	await goOn(devices);
});
