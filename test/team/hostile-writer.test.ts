import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryStore} from '../../source/stores/memory.js';
import {changeText} from '../../source/team/log/change.js';
import {type Header, newEntryId, sealedEntry, sealedObject} from '../../source/team/log/entry.js';
import {slotKey} from '../../source/team/log/object-keys.js';
import {ownKeys, teamIn} from '../../source/team/section.js';
import {sync} from '../../source/team/sync.js';
import {edit, label, labelsOf, settle} from '../helpers/fleet.js';
import {type Device, founder, joined} from '../helpers/team.js';
import {at, difference} from '../helpers/team-log.js';

/** Ana and Cleo, and what Ben, a writer, puts into the next slot: an entry of his with another header and change. */
async function team() {
	const ana = await founder(memoryStore());
	await edit(ana, 'aws');
	await sync(ana);
	const ben = await joined(ana, 'ben');
	const cleo = await joined(ana, 'cleo');
	await settle([ana, ben, cleo]);
	const {state} = ben.memory;
	const section = teamIn(await ben.vault.read());
	const epoch = state?.roster?.epoch ?? 0;
	const key = state?.keys.get(epoch);
	assert.ok(state && section && key);
	const [keys, seq] = [ownKeys(section), state.place.seq + 1];
	const header = {format: 1, vault: state.vault, seq, prev: state.place.hash, kind: 'change', epoch} as const;
	const h: Header = {...header, by: keys.id, id: newEntryId()};
	const put = (bytes: Buffer) => ben.store.create(slotKey(state.vault, seq), bytes);
	const [id = ''] = state.shared.records.keys();
	return {
		devices: [ana, cleo] as const,
		id,
		putChange: (some: Parameters<typeof difference>[0]) =>
			put(sealedEntry(h, changeText({...difference(some), at}), key, keys)),
		putNewer: () => put(sealedObject({...h, format: 2}, Buffer.alloc(1024, ' '), key, keys)),
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
	const {devices, id, putChange} = await team();
	const nested = `{"id":"${id}","deep":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
	await putChange({journals: new Map([[id, nested]])});
	await goOn(devices);
});

for (const [what, line] of Object.entries({
	'of no JSON': 'x',
	'of a number': '5',
	'of nothing': '{}',
	'about another credential': '{"id":"other"}',
}))
	test(`a writer does not stop the others by a journal ${what}`, async () => {
		const {devices, id, putChange} = await team();
		await putChange({journals: new Map([[id, line]])});
		await goOn(devices);
	});
