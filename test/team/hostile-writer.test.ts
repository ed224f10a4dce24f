import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryStore} from '../../source/stores/memory.js';
import {changeText} from '../../source/team/log/change.js';
import {type Header, newEntryId, sealedEntry, sealedObject} from '../../source/team/log/entry.js';
import {slotKey} from '../../source/team/log/object-keys.js';
import {readSlot} from '../../source/team/log/rule.js';
import {remove} from '../../source/team/members.js';
import {ownKeys, teamIn} from '../../source/team/section.js';
import {type Difference, sharedLimit} from '../../source/team/shared.js';
import {sync} from '../../source/team/sync.js';
import {edit, label, labelsOf, settle} from '../helpers/fleet.js';
import {type Device, founder, joined} from '../helpers/team.js';
import {at, difference, record} from '../helpers/team-log.js';

/** Ana and Cleo, and what Ben, a writer, puts into the next slots: entries of his with other headers and changes. */
async function team() {
	const ana = await founder(memoryStore());
	await edit(ana, 'aws');
	await sync(ana);
	const ben = await joined(ana, 'ben');
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
