import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {type TestContext, test} from 'node:test';
import {probe} from '../../source/stores/probe.js';
import type {Store} from '../../source/stores/store.js';

/** Opens a store that is empty, or in which nobody has used that name; undefined where the test is skipped. */
type StoreMaker = (context: TestContext) => Promise<Store | undefined>;

/** What is known of an engine: the largest object that it is tried with, in bytes. */
export type Engine = {readonly name: string; readonly open: StoreMaker; readonly largest: number};

/** Everything that a store listed from there on, by as many lists as it takes. */
async function listed(store: Store, prefix: string, after = ''): Promise<readonly string[]> {
	const all: string[] = [];
	for (let page = await store.list(prefix, after); page.length > 0; page = await store.list(prefix, page.at(-1) ?? ''))
		all.push(...page);
	return all;
}

/** What a store promises, tried at an engine. */
export function storeContract({name, open, largest}: Engine): void {
	test(`${name}: what was created is read to the byte, and is never replaced`, async context => {
		const store = await open(context);
		if (store === undefined) return;
		const bodies = [
			Buffer.alloc(0),
			Buffer.from(Array.from({length: 256}, (_, byte) => byte)),
			Buffer.from('{"h":{},"data":"é"}\n'),
			// A KV engine on Raft takes no more outside of the folder for large objects.
			randomBytes(Math.min(largest, 700_000)),
		];
		for (const [index, bytes] of bodies.entries()) {
			const key = `a/log/00000000000${index}`;
			assert.equal(await store.get(key, 1), undefined);
			assert.equal(await store.create(key, bytes), 'created');
			assert.equal(await store.create(key, bytes), 'exists');
			assert.equal(await store.create(key, Buffer.from('other')), 'exists');
			assert.deepEqual(await store.get(key, largest), {bytes, isCut: false});
		}
	});

	test(`${name}: an object is read as far as one asks`, async context => {
		const store = await open(context);
		if (store === undefined) return;
		const bytes = randomBytes(largest);
		assert.equal(await store.create('a/snap/000000000256', bytes), 'created');
		for (const most of [0, 1, 1000, largest - 1, largest, largest + 1]) {
			const stored = await store.get('a/snap/000000000256', most);
			assert.deepEqual([stored?.isCut, stored?.bytes.length], [most < largest, Math.min(most, largest)]);
			assert.ok(stored?.bytes.equals(bytes.subarray(0, most)));
		}
	});

	test(`${name}: of many that create an object one is told so, and its bytes are there`, async context => {
		const store = await open(context);
		if (store === undefined) return;
		const racers = Array.from({length: 16}, (_, index) => Buffer.from(`racer ${index}`));
		for (let round = 0; round < 5; round++) {
			const key = `race/log/${round}`;
			const told: readonly ('created' | 'exists')[] = await Promise.all(racers.map(bytes => store.create(key, bytes)));
			assert.deepEqual(told.toSorted(), ['created', ...Array<string>(15).fill('exists')]);
			assert.deepEqual(await store.get(key, 100), {bytes: racers[told.indexOf('created')], isCut: false});
		}
	});

	test(`${name}: keys are listed in the order of their bytes, from a place on`, async context => {
		const store = await open(context);
		if (store === undefined) return;
		assert.deepEqual(await store.list('a/log/', ''), []);
		const log = ['000000000001', '000000000002', '000000000010', '1', 'a', 'z-9'].map(each => `a/log/${each}`);
		const others = ['a/lo', 'a/log', 'a/log-2/1', 'a/snap/1', 'b/log/000000000003'].filter(key => key !== 'a/log');
		for (const key of [...log.toReversed(), ...others])
			assert.equal(await store.create(key, Buffer.from(key)), 'created');
		assert.deepEqual(await listed(store, 'a/log/'), log);
		assert.deepEqual(await listed(store, 'a/log/', 'a/log/000000000002'), log.slice(2));
		assert.deepEqual(await listed(store, 'a/log/', 'a/log/000000000005'), log.slice(2));
		assert.deepEqual(await listed(store, 'a/log/0'), log.slice(0, 3));
		assert.deepEqual(await listed(store, 'a/log/', 'a/log/z-9'), []);
		assert.deepEqual(await listed(store, 'c/'), []);
		assert.deepEqual(await listed(store, 'a/'), [...log, ...others.slice(0, 3)].toSorted());
		assert.deepEqual(await listed(store, ''), [...log, ...others].toSorted());
	});

	test(`${name}: a probe finds nothing`, async context => {
		const store = await open(context);
		if (store === undefined) return;
		assert.deepEqual(await probe(store, randomBytes(8).toString('hex')), {broken: undefined});
	});
}
