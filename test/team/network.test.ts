import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {Unreachable} from '../../source/domain/exchange.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {sync} from '../../source/team/sync.js';
import {teamStateOf} from '../../source/team/team-state.js';
import {conflictsOf, edit, label, labelsOf, logOf, settle, timesLabelled} from '../helpers/fleet.js';
import {randomFrom} from '../helpers/losing.js';
import {seed} from '../helpers/rounds.js';
import {type Device, founder, joined} from '../helpers/team.js';
import {VirtualTime} from '../helpers/virtual-time.js';

/** A storage as one person reaches it: not at all, late, or with answers that are lost on their way. */
type Reach = {isOff: boolean; lateMs: number; lost: number};

function reached(store: Store, reach: Reach, time: VirtualTime, random: () => number): Store {
	async function by<Result>(call: () => Promise<Result>): Promise<Result> {
		if (reach.isOff) throw new Unreachable('there is no network', 'offline');
		await time.sleep(reach.lateMs / 2);
		if (random() < reach.lost / 2) throw new Unreachable('the request was lost');
		const result = await call();
		await time.sleep(reach.lateMs / 2);
		if (reach.isOff || random() < reach.lost / 2) throw new Unreachable('the answer was lost');
		return result;
	}
	return {
		get: (key, most) => by(() => store.get(key, most)),
		create: (key, bytes) => by(() => store.create(key, bytes)),
		list: (prefix, after) => by(() => store.list(prefix, after)),
		close() {},
	};
}

/** How many credentials are not shared yet, as a device knows without asking. */
async function pendingOn({vault, memory}: Device): Promise<number | undefined> {
	return teamStateOf(await vault.read(), memory.state?.shared, undefined)?.pending;
}

test('two people work for an hour while the network goes and comes, and lose nothing', async context => {
	const [random, time, store] = [randomFrom(seed), new VirtualTime(), memoryStore()];
	const first = await founder(store);
	await edit(first, 'aws');
	await sync(first);
	const second = await joined(first, 'ben');
	const end = time.now().getTime() + 3_600_000;
	const made: string[] = [];
	let [synced, failed] = [0, 0];
	const isOver = (): boolean => time.now().getTime() >= end;
	const people = [first, second].map((one, index) => {
		const reach: Reach = {isOff: false, lateMs: 100, lost: 0};
		const at = {...one, store: reached(store, reach, time, random), now: time.now, wait: time.sleep, random};
		const changing = async (): Promise<void> => {
			for (let turn = 0; !isOver(); turn++) {
				await time.sleep(5_000 + random() * 40_000);
				const before = time.now().getTime();
				await label(at, 'aws', `p${index}-${turn}`);
				made.push(`p${index}-${turn}`);
				await edit(at, `own-${index}`, old => ({...old, note: `turn ${turn}`}));
				assert.equal(time.now().getTime(), before, 'a change waits for nothing');
			}
		};
		const syncing = async (): Promise<void> => {
			while (!isOver()) {
				await time.sleep(60_000 * (0.5 + random()));
				const start = time.now().getTime();
				try {
					await sync(at, 'poll');
					synced++;
					assert.ok(time.now().getTime() - start < 90_000);
				} catch (error) {
					if (!(error instanceof Unreachable) && !(error instanceof PharmerError && error.code === 'busy')) throw error;
					failed++;
				}
			}
		};
		const weather = async (): Promise<void> => {
			while (!isOver()) {
				Object.assign(reach, {
					isOff: random() < 0.4,
					lateMs: random() < 0.3 ? 4_000 : 100,
					lost: random() < 0.4 ? 0.3 : 0,
				});
				await time.sleep(random() < 0.5 ? 1_000 * random() : 120_000 * random());
			}
		};
		return Promise.all([changing(), syncing(), weather()]);
	});
	await time.run(Promise.all(people));
	await settle([first, second]);
	for (const one of [first, second]) {
		assert.deepEqual(await labelsOf(one, 'aws'), made.toSorted());
		assert.deepEqual(await conflictsOf(one), []);
	}
	for (const [each, count] of timesLabelled(await logOf(first))) assert.equal(count, 1, each);
	context.diagnostic(`${made.length} changes; ${synced} syncs, ${failed} without an answer`);
	assert.ok(failed > 10 && synced > 10);
});

test('what is not shared yet is counted without a network, and what was shared is not', async () => {
	const store = memoryStore();
	const ana = await founder(store);
	await edit(ana, 'one');
	await edit(ana, 'two');
	const {state} = await sync(ana);
	assert.equal(state.pending, 0);
	const offline: Store = {...store, get: () => Promise.reject(new Unreachable('there is no network', 'offline'))};
	const apart = {...ana, store: offline};
	for (const [count, name] of ['one', 'three', 'one', 'two'].entries()) {
		await edit(apart, name, old => ({...old, note: `note ${count}`}));
		await assert.rejects(sync(apart), Unreachable);
		assert.equal(await pendingOn(apart), [1, 2, 2, 3][count]);
	}
	await edit(apart, 'one', ({note: _, ...old}) => old);
	assert.equal(await pendingOn(apart), 2);
	const back = await sync(ana);
	assert.deepEqual([back.went, back.state.pending], [2, 0]);
});

test('a process that begins without a network knows what is not shared yet once it was there', async () => {
	const ana = await founder(memoryStore());
	await edit(ana, 'one');
	await sync(ana);
	await edit(ana, 'one', old => ({...old, note: 'later'}));
	const kept = await ana.base.read();
	assert.equal(teamStateOf(await ana.vault.read(), kept?.shared, undefined)?.pending, 1);
	assert.equal(teamStateOf(await ana.vault.read(), undefined, undefined)?.pending, undefined);
});

test('a sync gives up when others are faster for a minute, and says so', async () => {
	const time = new VirtualTime();
	const store = memoryStore();
	const ana = await founder(store);
	await edit(ana, 'one');
	await sync(ana);
	const ben = await joined(ana, 'ben');
	await label(ben, 'one', 'of-ben');
	let turn = 0;
	const busy: Store = {
		...store,
		async create() {
			await label(ana, 'one', `ana-${turn++}`);
			await sync(ana, 'poll');
			return 'exists';
		},
	};
	const start = time.now().getTime();
	await assert.rejects(
		time.run(sync({...ben, store: busy, now: time.now, wait: time.sleep}, 'poll')),
		(error: PharmerError) => error.code === 'busy',
	);
	assert.ok(turn > 5);
	assert.ok(time.now().getTime() - start <= 65_000);
	await settle([ana, ben]);
	assert.equal((await labelsOf(ana, 'one')).length, turn + 1);
});

test('a storage that says that an object is there, and never shows it, is given up', async () => {
	const store = memoryStore();
	const ana = await founder(store);
	await edit(ana, 'one');
	let asked = 0;
	const hiding: Store = {
		...store,
		async create() {
			asked++;
			return 'exists';
		},
	};
	await assert.rejects(sync({...ana, store: hiding}), Unreachable);
	assert.ok(asked < 10);
	await sync(ana);
});
