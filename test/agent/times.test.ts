import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {sleepWatch} from '../../source/agent/clock.js';
import {longestTotal} from '../../source/agent/protocol.js';
import {hours, locked, testAgent, testClock, vaultWith, version} from '../helpers/agent.js';

const idle = 15 * 60;
const usual = {total: longestTotal, idle};

test('a vault that is not used is let go after its idle time', async context => {
	const vault = await vaultWith(context, 'one');
	const {agent, clock, hold, read, status} = testAgent(context);
	hold(vault, usual);
	clock.pass(idle - 1);
	assert.deepEqual(await status(vault), {is: 'unlocked', left: {total: longestTotal - idle + 1, idle, seconds: 1}});
	clock.pass(1);
	assert.deepEqual(await read(vault, 'one'), locked);
	assert.equal(agent.look(), false);
});

test('use prolongs the idle time, and status is no use', async context => {
	const vault = await vaultWith(context, 'one');
	const {clock, hold, read, names, key, status} = testAgent(context);
	for (const use of [() => read(vault, 'one'), () => read(vault, 'none'), () => names(vault), () => key(vault)]) {
		hold(vault, usual);
		clock.pass(idle - 1);
		await use();
		clock.pass(idle - 1);
		assert.equal((await status(vault)).is, 'unlocked', String(use));
		clock.pass(1);
		assert.deepEqual(await status(vault), locked, String(use));
	}
});

test('no use prolongs the total time', async context => {
	const vault = await vaultWith(context, 'one');
	const {clock, hold, read, key, status} = testAgent(context);
	for (const times of [{total: 8 * hours, idle: 8 * hours}, {total: 8 * hours}]) {
		hold(vault, times);
		for (let hour = 1; hour < 8; hour++) {
			clock.pass(hours);
			assert.equal((await read(vault, 'one')).is, 'credential', `hour ${hour}`);
			assert.deepEqual(await key(vault), vault.key);
		}
		assert.deepEqual(await status(vault), {is: 'unlocked', left: {...times, total: hours, seconds: hours}});
		clock.pass(hours);
		assert.deepEqual(await read(vault, 'one'), locked);
	}
});

test('holding a vault again starts both times anew', async context => {
	const vault = await vaultWith(context);
	const {clock, hold, status} = testAgent(context);
	hold(vault, {total: 2 * hours});
	clock.pass(hours);
	hold(vault, usual);
	assert.deepEqual(await status(vault), {is: 'unlocked', left: {...usual, seconds: usual.idle}});
	hold(vault, {total: 60});
	assert.deepEqual(await status(vault), {is: 'unlocked', left: {total: 60, seconds: 60}});
});

test('each vault has times of its own', async context => {
	const [one, two] = [await vaultWith(context), await vaultWith(context)];
	const {agent, clock, hold, status} = testAgent(context);
	hold(one, {total: 60});
	hold(two, {total: 120, idle: 90});
	assert.equal(agent.next(), 60);
	clock.pass(60);
	assert.equal(agent.look(), true);
	assert.deepEqual(await status(one), locked);
	assert.equal(agent.next(), 30);
	clock.pass(30);
	assert.equal(agent.look(), false);
});

test('after a sleep of the machine nothing is held, except what is given later', async context => {
	const [one, two] = [await vaultWith(context, 'one'), await vaultWith(context, 'two')];
	const {agent, clock, answer, hold, read, key} = testAgent(context);
	hold(one, usual);
	clock.sleep(2.1);
	assert.deepEqual(await read(one, 'one'), locked);
	hold(one, usual);
	clock.sleep(8 * hours);
	assert.equal(await key(one), undefined);
	hold(one, usual);
	clock.sleep(60);
	const added = await answer({ask: 'add', version, path: two.file, id: two.id, ...usual}, Buffer.from(two.key));
	assert.deepEqual(added, {is: 'added'});
	assert.equal(agent.look(), true);
	assert.deepEqual(await key(two), two.key);
	assert.equal(await key(one), undefined);
});

test('a sleep is a growth of more than 2 s between two looks, whatever the time between them', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.double({min: 0, max: 1e5, noNaN: true}), fc.integer({min: 0, max: 40}))),
			steps => {
				const clock = testClock();
				const hasSlept = sleepWatch(clock);
				for (const [passed, tenths] of steps) {
					clock.pass(passed);
					clock.sleep(tenths / 10);
					// At the limit itself, floating point may say either.
					if (tenths !== 20) assert.equal(hasSlept(), tenths > 20);
					else hasSlept();
					assert.equal(hasSlept(), false);
				}
			},
		),
	);
});
