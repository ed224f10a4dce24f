import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryStore} from '../../source/stores/memory.js';
import {changeText} from '../../source/team/log/change.js';
import {newEntryId, sealedEntry} from '../../source/team/log/entry.js';
import {slotKey} from '../../source/team/log/object-keys.js';
import {remove, setRole} from '../../source/team/members.js';
import {ownKeys, teamIn} from '../../source/team/section.js';
import {sync} from '../../source/team/sync.js';
import {started} from '../helpers/cut-device.js';
import {edit, label, labelsOf, settle} from '../helpers/fleet.js';
import {type Device, founder, joined} from '../helpers/team.js';
import {at, difference} from '../helpers/team-log.js';
import {ofCode} from '../helpers/vault-samples.js';

async function keysOf({vault}: Device) {
	const team = teamIn(await vault.read());
	assert.ok(team);
	return ownKeys(team);
}

/** Puts an entry into the next slot that a member has signed for another log than the one that is there. */
async function signElsewhere(liar: Device): Promise<void> {
	const {state} = liar.memory;
	const epoch = state?.roster?.epoch ?? 0;
	const key = state?.keys.get(epoch);
	assert.ok(state && key);
	const keys = await keysOf(liar);
	const [seq, id] = [state.place.seq + 1, newEntryId()];
	const h = {format: 1, vault: state.vault, seq, prev: '1'.repeat(64), kind: 'change', epoch, by: keys.id, id} as const;
	await liar.store.create(slotKey(state.vault, seq), sealedEntry(h, changeText({...difference({}), at}), key, keys));
}

async function team() {
	const ana = await founder(memoryStore());
	await edit(ana, 'aws');
	await sync(ana);
	const ben = await joined(ana, 'ben');
	const cleo = await joined(ana, 'cleo');
	await settle([ana, ben, cleo]);
	return {ana, ben, cleo, id: (await keysOf(ben)).id};
}

for (const [what, end] of [
	['removes', (admin: Device, id: string) => remove(admin, id)],
	['lets only read', (admin: Device, id: string) => setRole(admin, id, 'reader')],
] as const)
	test(`a writer who signs entries for another log stops the team until an admin ${what} it, and no longer`, async () => {
		const {ana, ben, cleo, id} = await team();
		await label(cleo, 'aws', 'of-cleo');
		await signElsewhere(ben);
		for (const one of [ana, cleo]) await assert.rejects(sync(one), ofCode('forked', /signature|by ben/));
		await assert.rejects(setRole(ana, (await keysOf(cleo)).id, 'admin'), ofCode('forked'), 'for another change');
		await end(ana, id);
		await settle([ana, cleo]);
		assert.deepEqual(await labelsOf(ana, 'aws'), ['of-cleo']);
		const lost = started(ana);
		lost.base.lose();
		await sync(lost);
		const dora = await joined(ana, 'dora');
		assert.deepEqual(await labelsOf(dora, 'aws'), ['of-cleo']);
		await assert.doesNotReject(sync(cleo));
	});

test('a device that reads such an entry and what followed later goes on, also once the member may write again', async () => {
	const {ana, ben, cleo, id} = await team();
	await signElsewhere(ben);
	await setRole(ana, id, 'reader');
	await setRole(ana, id, 'writer');
	await label(ana, 'aws', 'of-ana');
	await settle([ana, cleo]);
	assert.deepEqual(await labelsOf(cleo, 'aws'), ['of-ana']);
	const {state} = cleo.memory;
	assert.ok(state?.roster?.members.some(each => each.id === id && each.role === 'writer'));
});

test('an admin who was killed before it removed such a writer is not stopped by the entry that it read', async () => {
	const {ana, ben, id} = await team();
	await signElsewhere(ben);
	await sync(ana, 'whole', id);
	const next = started(ana);
	next.base.lose();
	await remove(next, id);
	assert.deepEqual(
		(await sync(next)).state.members.map(({name}) => name),
		['ana', 'cleo'],
	);
});

test('of two writers who sign entries for other logs an admin removes one after the other', async () => {
	const {ana, ben, cleo, id} = await team();
	const dora = await joined(ana, 'dora');
	await settle([ana, ben, cleo, dora]);
	await signElsewhere(ben);
	await assert.rejects(sync(cleo), ofCode('forked', /by ben/));
	const {state} = cleo.memory;
	assert.ok(state);
	// Cleo's lie stands behind that of Ben.
	cleo.memory.state = {...state, place: {...state.place, seq: state.place.seq + 1}};
	await signElsewhere(cleo);
	await assert.rejects(sync(ana), ofCode('forked'));
	await remove(ana, id);
	await remove(ana, (await keysOf(cleo)).id);
	await label(ana, 'aws', 'of-ana');
	await settle([ana, dora]);
	assert.deepEqual(await labelsOf(dora, 'aws'), ['of-ana']);
});

for (const [what, end] of [
	['removal', (admin: Device, id: string) => remove(admin, id)],
	['new role', (admin: Device, id: string) => setRole(admin, id, 'reader')],
] as const)
	test(`the ${what} of somebody else does not silence what a member signed for another log`, async () => {
		const {ana, ben, cleo} = await team();
		await signElsewhere(ben);
		await assert.rejects(end(ana, (await keysOf(cleo)).id), ofCode('forked', /by ben/));
		await assert.rejects(sync(ana), ofCode('forked', /by ben/));
	});
