import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {PharmerError} from '../../source/domain/errors.js';
import {Unreachable} from '../../source/domain/exchange.js';
import type {Store} from '../../source/stores/store.js';
import {sync} from '../../source/team/sync.js';
import {conflictsOf, edit, label, labelsOf, logOf, lossyStore, settle, timesLabelled} from './fleet.js';
import {randomFrom} from './losing.js';
import {seed, size} from './rounds.js';
import {type Device, founder, joined} from './team.js';

const writers = 20;
export const changes = size(60, 600);

/** Devices of one team, of which each reaches the storage by a store of its own. */
export async function fleet(storeOf: (index: number) => Store): Promise<readonly Device[]> {
	const first = await founder(storeOf(0));
	await edit(first, 'all');
	await sync(first);
	const devices = [first];
	while (devices.length < writers)
		devices.push(await joined(first, `dev-${devices.length}`, 'writer', undefined, storeOf(devices.length)));
	return devices;
}

/** What a device changes in its turn: its own credential, or the one that all change. */
const changeOf = (index: number, turn: number) =>
	({name: turn % 3 === 0 ? `own-${index}` : 'all', key: `d${index}-t${turn}`}) as const;

const turns = Array.from({length: changes / writers}, (_, turn) => turn);

/** Lets each device make its changes, and sync after each as an app does: again later when there is no answer. */
export async function write(one: Device, index: number, pause: () => Promise<void>): Promise<void> {
	for (const turn of turns) {
		await pause();
		const {name, key} = changeOf(index, turn);
		await label(one, name, key);
		await syncOnce(one);
	}
}

async function syncOnce(one: Device): Promise<void> {
	try {
		await sync(one, 'poll');
	} catch (error) {
		if (error instanceof Unreachable || (error instanceof PharmerError && error.code === 'busy')) return;
		throw error;
	}
}

/** Looks whether all devices have all changes, and the log has each once. */
export async function assertAllThere(devices: readonly Device[]): Promise<void> {
	await settle(devices);
	const made = devices.flatMap((_, index) => turns.map(turn => changeOf(index, turn)));
	const names = [...new Set(made.map(({name}) => name))];
	const expected = made.map(({name, key}) => `${name} ${key}`).sort();
	for (const one of devices) {
		const found = await Promise.all(names.map(async name => (await labelsOf(one, name)).map(key => `${name} ${key}`)));
		assert.deepEqual(found.flat().sort(), expected);
		assert.equal((await one.vault.read()).credentials.length, names.length);
		assert.deepEqual(await conflictsOf(one), []);
	}
	const [first] = devices;
	assert.ok(first);
	assert.deepEqual(
		[...timesLabelled(await logOf(first))].sort(),
		expected.map(each => [each, 1]),
	);
}

/** Lets 20 devices write at the same time by stores that lose a tenth of all answers. */
export async function prove(
	context: TestContext,
	storeOf: (index: number) => Store,
	wait: Device['wait'] = async () => {},
): Promise<void> {
	const random = randomFrom(seed);
	let isLossy = false;
	let puts = 0;
	const devices = await fleet(index => {
		const store = storeOf(index);
		const lossy = lossyStore(store, random, 0.1);
		const now = (): Store => (isLossy ? lossy : store);
		return {
			get: (key, most) => now().get(key, most),
			create(key, bytes) {
				puts++;
				return now().create(key, bytes);
			},
			list: (prefix, after) => now().list(prefix, after),
			close: () => store.close(),
		};
	});
	[isLossy, puts] = [true, 0];
	const start = performance.now();
	await Promise.all(devices.map((one, index) => write({...one, random, wait}, index, pauseOf(random))));
	isLossy = false;
	const seconds = (performance.now() - start) / 1000;
	context.diagnostic(`${changes} changes of ${writers}: ${puts} puts, ${seconds.toFixed(1)} s`);
	await assertAllThere(devices);
}

/** Lets others run for a while. */
function pauseOf(random: () => number): () => Promise<void> {
	return async () => {
		for (let left = Math.floor(random() * 30); left > 0; left--) await new Promise(resolve => setImmediate(resolve));
	};
}

/** Waits as the program does. */
export const sleep = async (milliseconds: number): Promise<void> => void (await delay(milliseconds));
