import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {countedStore} from '../helpers/fleet.js';
import {gofakes3} from '../helpers/gofakes3.js';
import {kvAt, kvBy} from '../helpers/kv-reach.js';
import {randomFrom} from '../helpers/losing.js';
import {openBao} from '../helpers/openbao.js';
import {isProving, seed} from '../helpers/rounds.js';
import {s3At, s3By, s3Key} from '../helpers/s3-reach.js';
import {versitygw} from '../helpers/versitygw.js';
import {VirtualTime} from '../helpers/virtual-time.js';
import {assertAllThere, changes, fleet, prove, sleep, write} from '../helpers/writers.js';

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

test('20 writers lose nothing in a bucket of gofakes3', async context => {
	const origin = await gofakes3(context, 'team');
	if (origin !== undefined) await prove(context, () => s3By(context, s3At(origin)), sleep);
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
