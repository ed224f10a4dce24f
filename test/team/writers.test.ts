import assert from 'node:assert/strict';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {PharmerError} from '../../source/domain/errors.js';
import {Unreachable} from '../../source/domain/exchange.js';
import {systemGit} from '../../source/platform/git.js';
import {gitStore} from '../../source/stores/git.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {sync} from '../../source/team/sync.js';
import {bareRepository} from '../helpers/bare-repository.js';
import {
	conflictsOf,
	countedStore,
	edit,
	label,
	labelsOf,
	logOf,
	lossyStore,
	settle,
	timesLabelled,
} from '../helpers/fleet.js';
import {gofakes3} from '../helpers/gofakes3.js';
import {kvAt, kvBy} from '../helpers/kv-reach.js';
import {randomFrom} from '../helpers/losing.js';
import {openBao} from '../helpers/openbao.js';
import {isProving, seed, size} from '../helpers/rounds.js';
import {s3At, s3By, s3Key} from '../helpers/s3-reach.js';
import {type Device, founder, joined} from '../helpers/team.js';
import {versitygw} from '../helpers/versitygw.js';
import {VirtualTime} from '../helpers/virtual-time.js';

const writers = 20;
const changes = size(60, 600);

/** Devices of one team, of which each reaches the storage by a store of its own. */
async function fleet(storeOf: (index: number) => Store): Promise<readonly Device[]> {
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
async function write(one: Device, index: number, pause: () => Promise<void>): Promise<void> {
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
async function assertAllThere(devices: readonly Device[]): Promise<void> {
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
async function prove(
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

test('20 writers lose nothing and double nothing when answers are lost', async context => {
	const store = memoryStore();
	const later = () => new Promise(resolve => setImmediate(resolve));
	await prove(context, () => ({
		...store,
		async get(key, most) {
			await later();
			return store.get(key, most);
		},
		async create(key, bytes) {
			await later();
			const outcome = await store.create(key, bytes);
			await later();
			return outcome;
		},
	}));
});

/** Waits as the program does. */
const sleep = async (milliseconds: number): Promise<void> => void (await delay(milliseconds));

test('20 writers lose nothing in a bucket of gofakes3', async context => {
	const origin = await gofakes3(context, 'team');
	if (origin !== undefined) await prove(context, () => s3By(context, s3At(origin)), sleep);
});

test('20 writers lose nothing in a git repository', async context => {
	const repository = bareRepository(context);
	if (repository === undefined) return;
	const {remote, folder} = repository;
	const git = systemGit(process.env);
	await prove(context, index => gitStore({remote, branch: 'pharmer'}, git, `${folder}/cache-${index}`), sleep);
});

if (isProving) {
	test('20 writers lose nothing in a bucket of versitygw', async context => {
		const origin = await versitygw(context, 'team', s3Key);
		if (origin !== undefined) await prove(context, () => s3By(context, s3At(origin)), sleep);
	});

	test('20 writers lose nothing in an engine of OpenBao', async context => {
		const bao = await openBao(context);
		if (bao === undefined) return;
		await prove(context, () => kvBy(context, kvAt(bao.origin), {kind: 'token', token: bao.root}), sleep);
	});
}

test('20 who change something every 6 seconds put little more than their changes', async context => {
	const random = randomFrom(seed);
	const time = new VirtualTime();
	const counted = countedStore(memoryStore());
	let isLate = false;
	const late = async <Result>(call: () => Promise<Result>): Promise<Result> => {
		if (isLate) await time.sleep(5 + random() * 15);
		const result = await call();
		if (isLate) await time.sleep(5 + random() * 15);
		return result;
	};
	const store: Store = {
		...counted,
		get: (key, most) => late(() => counted.get(key, most)),
		create: (key, bytes) => late(() => counted.create(key, bytes)),
	};
	const devices = (await fleet(() => store)).map(one => ({...one, random, wait: time.sleep, now: time.now}));
	counted.clear();
	isLate = true;
	const pause = (): Promise<void> => time.sleep(12_000 * random());
	await time.run(Promise.all(devices.map((one, index) => write(one, index, pause))));
	isLate = false;
	const {create, created, get} = counted.asked;
	context.diagnostic(
		`${changes} changes: ${create} puts, ${created} entries, ${get} gets; ${(create / changes).toFixed(2)} puts a change`,
	);
	assert.ok(create / changes <= 1.3, `${create} puts for ${changes} changes`);
	await assertAllThere(devices);
});
