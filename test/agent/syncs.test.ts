import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import {type SyncEnd, Syncs} from '../../source/agent/syncs.js';
import {testClock} from '../helpers/agent.js';

const path = '/vault.json';
const key = Buffer.alloc(32, 7);

/** Syncs of one vault, which a test lets end: `ends` has what is under way. */
function syncs({isShared = true, isVoid = false} = {}) {
	const clock = testClock();
	const ends: ((end: SyncEnd) => void)[] = [];
	const signals: AbortSignal[] = [];
	const keys: Buffer[] = [];
	const vault = {id: 'id', key: () => Buffer.from(key), isVoid: () => isVoid, isShared: async () => isShared};
	const all = new Syncs(clock, (given, signal) => {
		signals.push(signal);
		keys.push(given.key);
		return new Promise(resolve => ends.push(resolve));
	});
	const look = async (seconds = 0): Promise<number> => {
		clock.pass(seconds);
		all.look(new Map([[path, vault]]));
		await turn();
		return signals.length;
	};
	const end = async (ended: SyncEnd = {}): Promise<void> => {
		ends.shift()?.(ended);
		await turn();
	};
	return {all, vault, look, end, signals, keys};
}

test('a vault that is shared is synced when it is held, and once a minute', async () => {
	const {all, look, end} = syncs();
	assert.equal(await look(), 1);
	assert.equal(await look(120), 1, 'one at a time');
	await end();
	assert.equal(all.next(), 60);
	assert.equal(await look(59), 1);
	assert.equal(await look(1), 2);
});

test('a vault that is not shared, or whose key is gone, starts nothing', async () => {
	for (const of of [{isShared: false}, {isVoid: true}]) {
		const {look} = syncs(of);
		assert.equal(await look(), 0);
		assert.equal(await look(60), 0);
	}
});

test('a change is shared at once, and one that comes meanwhile right afterwards', async () => {
	const {all, vault, look, end, signals} = syncs();
	await look();
	await end();
	assert.deepEqual(await all.soon(path, vault), {is: 'syncs', isShared: true});
	await turn();
	assert.equal(signals.length, 2);
	await all.soon(path, vault);
	await all.soon(path, vault);
	assert.equal(signals.length, 2);
	await end();
	assert.equal(signals.length, 3, 'both at once');
	await end();
	assert.equal(await look(59), 3);
});

test('what fails is tried again later each time, and told', async () => {
	const {all, vault, look, end, signals} = syncs();
	await look();
	const waits: number[] = [];
	for (let round = 0; round < 6; round++) {
		await end({failure: 'the network is gone'});
		waits.push(all.next());
		await look(all.next());
	}
	assert.deepEqual(waits, [60, 120, 240, 480, 600, 600]);
	assert.equal(signals.length, 7);
	assert.deepEqual(await all.soon(path, vault), {is: 'syncs', isShared: true, failure: 'the network is gone'});
	assert.deepEqual(all.failure(path), {failure: 'the network is gone'});
	await end();
	await end();
	assert.deepEqual(await all.soon(path, vault), {is: 'syncs', isShared: true});
	assert.deepEqual(all.failure(path), {});
});

test('a vault that is let go has its sync ended, and the key that it got filled with zero', async () => {
	const {all, look, end, signals, keys} = syncs();
	await look();
	all.drop(path);
	assert.equal(signals[0]?.aborted, true);
	await end({failure: 'its process was ended'});
	assert.deepEqual(keys[0], Buffer.alloc(32));
	assert.equal(all.next(), Number.POSITIVE_INFINITY);
});
