import '../helpers/long.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Unreachable} from '../../source/domain/exchange.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {follow, portion} from '../../source/team/follow.js';
import {vaultsIn} from '../../source/team/joining.js';
import {newestSnapshot} from '../../source/team/log/start.js';
import {teamIn} from '../../source/team/section.js';
import {sync} from '../../source/team/sync.js';
import {started} from '../helpers/cut-device.js';
import {edit, label, labelsOf} from '../helpers/fleet.js';
import {shown} from '../helpers/log-start.js';
import {founder, joined} from '../helpers/team.js';
import {ana, record, sampleLog, vaultId} from '../helpers/team-log.js';

test('what was read of very many slots of noise is kept, and a device that is stopped goes on from there', async () => {
	const admin = await founder(memoryStore());
	await edit(admin, 'aws');
	await sync(admin);
	const ben = await joined(admin, 'ben');
	const log = teamIn(await ben.vault.read())?.log;
	assert.ok(log);
	const [first, last] = [log.place.seq + 1, log.place.seq + 2 * portion];
	const noise = {bytes: Buffer.from('noise'), isCut: false};
	const slotOf = (key: string): number => (key.includes('/log/') ? Number(key.slice(-12)) : 0);
	let stops = true;
	const store: Store = {
		...admin.store,
		async get(key, most) {
			const seq = slotOf(key);
			if (stops && seq > first + 1.5 * portion) throw new Unreachable('it was stopped');
			return seq >= first && seq <= last ? noise : admin.store.get(key, most);
		},
	};
	const noisy = {...ben, store};
	await assert.rejects(sync(noisy), Unreachable);
	const kept = teamIn(await ben.vault.read())?.log?.place.seq ?? 0;
	assert.ok(kept >= first + portion - 1, `kept up to ${kept}`);
	stops = false;
	await label(ben, 'aws', 'of-ben');
	const {went, state} = await sync({...started(noisy), store});
	assert.deepEqual([went, state.place.seq], [1, last + 1]);
	assert.deepEqual(await labelsOf(ben, 'aws'), ['of-ben']);
});

test('of what very many entries say nothing is remembered but who wrote them, however large they are', async () => {
	const log = sampleLog();
	const from = log.state;
	for (let turn = 0; turn < 100; turn++)
		log.change(ana, {records: [record('aws', 'x'.repeat(50_000), {revision: turn + 4})]});
	const {state, first, read} = await follow(await shown(log.slots), from, ana.keys);
	assert.equal(state.place.hash, log.state.place.hash);
	assert.equal(first?.place.seq, from.place.seq + 1);
	assert.equal(read.length, 100);
	assert.ok(JSON.stringify(read).length < 10_000);
});

test('a storage whose list never ends is given up', async () => {
	let number = 0;
	const next = (): string => String(++number).padStart(12, '0');
	const keyFor = {
		vaults: () => `${next().slice(4)}-1c2e-4f6a-9a51-7f3b0f2d6e10/log/000000000001`,
		snapshots: () => `${vaultId}/snap/${next()}-0123456789abcdef`,
	};
	const lists = (key: () => string): Store => ({...memoryStore(), list: async () => [key()]});
	await assert.rejects(vaultsIn(lists(keyFor.vaults)), Unreachable);
	await assert.rejects(newestSnapshot(lists(keyFor.snapshots), vaultId, 1), Unreachable);
});
