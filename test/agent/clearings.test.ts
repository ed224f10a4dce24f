import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Clearings} from '../../source/agent/clearings.js';
import type {Clearing} from '../../source/platform/clearing.js';
import type {Taken} from '../../source/platform/clipboard-way.js';
import {fingerprintOf} from '../../source/platform/fingerprint.js';
import {testClock} from '../helpers/agent.js';

/** A copy of a text to an X display. */
const copyOf = (text: string, DISPLAY = ':0', TMUX = ''): Clearing => ({
	way: 'xclip',
	ours: fingerprintOf(text),
	environment: {DISPLAY, TMUX, PATH: `/for/${text}`},
});

/** A copy to a terminal's own clipboard. */
const sent = (text: string, path = '/dev/pts/1'): Clearing => ({
	way: 'terminal',
	ours: fingerprintOf(text),
	environment: {},
	terminal: {path, identity: 'x'},
});

/** Clearings, what they have taken so far, and what comes of each. */
function clearings(...outcomes: Taken[]) {
	const clock = testClock();
	const taken: Clearing[] = [];
	const all = new Clearings(clock, async clearing => {
		taken.push(clearing);
		return outcomes.shift() ?? 'cleared';
	});
	/** Whether there is still something to do after so many seconds. */
	const after = async (seconds: number): Promise<boolean> => {
		clock.pass(seconds);
		all.look();
		await all.settled();
		return all.look();
	};
	return {all, taken, after};
}

test('each clipboard is emptied once, when its time is over', async () => {
	const {all, taken, after} = clearings();
	const [one, two] = [copyOf('one'), copyOf('two')];
	all.add({clearing: one, seconds: 45});
	all.add({clearing: two, seconds: 60});
	assert.equal(all.next(), 45);
	assert.equal(await after(44), true);
	assert.deepEqual(taken, []);
	assert.equal(await after(1), true);
	assert.deepEqual(taken, [one]);
	assert.equal(all.next(), 15);
	assert.equal(await after(15), false);
	assert.deepEqual(taken, [one, two]);
});

test('the same text copied again stays for the whole time again', async () => {
	const {all, taken, after} = clearings();
	all.add({clearing: copyOf('one', ':0', '/tmp/tmux,1,0'), seconds: 45});
	await after(40);
	const again = {...copyOf('one', ':0', '/tmp/tmux,1,7'), environment: {DISPLAY: ':0', TMUX: '/tmp/tmux,1,7'}};
	all.add({clearing: again, seconds: 45});
	assert.equal(await after(44), true);
	assert.deepEqual(taken, []);
	assert.equal(await after(1), false);
	assert.deepEqual(taken, [again]);
});

test('the same text in another clipboard has a time of its own', async () => {
	const {all, taken, after} = clearings();
	all.add({clearing: copyOf('one', ':0'), seconds: 45});
	all.add({clearing: copyOf('one', ':1'), seconds: 90});
	await after(45);
	assert.deepEqual(taken, [copyOf('one', ':0')]);
});

test('what is emptied whatever it holds is not emptied for an earlier copy', async () => {
	const {all, taken, after} = clearings();
	all.add({clearing: sent('one'), seconds: 45});
	all.add({clearing: sent('three', '/dev/pts/2'), seconds: 45});
	await after(30);
	all.add({clearing: sent('two'), seconds: 45});
	await after(44);
	assert.deepEqual(taken, [sent('three', '/dev/pts/2')]);
	assert.equal(await after(1), false);
	assert.deepEqual(taken.at(-1), sent('two'));
});

test('a clipboard that does not answer is asked once more, and no more', async () => {
	const {all, taken, after} = clearings('failed', 'failed');
	all.add({clearing: copyOf('one'), seconds: 45});
	assert.equal(await after(45), true);
	assert.equal(await after(60), false);
	assert.equal(taken.length, 2);
	const ending = clearings('failed');
	ending.all.add({clearing: copyOf('one'), seconds: 45});
	ending.all.clearAll();
	await ending.all.settled();
	assert.equal(ending.all.look(), false, 'at the end nobody is there to ask again');
});

test('clipboards are emptied one after the other, the last copy first at the end', async () => {
	const clock = testClock();
	const taken: string[] = [];
	let answer = (): void => {};
	const all = new Clearings(clock, clearing => {
		taken.push(clearing.environment.DISPLAY ?? '');
		return new Promise((_, reject) => {
			answer = () => reject(new Error('spawn failed'));
		});
	});
	for (const display of [':1', ':2', ':3']) all.add({clearing: copyOf('one', display), seconds: 45});
	all.clearAll();
	for (const expected of [[':3'], [':3', ':2'], [':3', ':2', ':1']]) {
		assert.deepEqual(taken, expected);
		assert.equal(all.look(), true);
		answer();
		await new Promise(setImmediate);
	}
	await all.settled();
	assert.equal(all.look(), false, 'one that throws counts as one that does not answer');
});

test('at most 32 clipboards wait: the oldest is emptied at once, or forgotten while another is', async () => {
	const {all, taken} = clearings();
	const add = (index: number): void => all.add({clearing: copyOf('one', `:${index}`), seconds: 45});
	for (let index = 0; index < 32; index++) add(index);
	assert.deepEqual(taken, []);
	add(32);
	assert.deepEqual(taken, [copyOf('one', ':0')]);
	await all.settled();
	for (let index = 33; index < 3000; index++) add(index);
	assert.deepEqual(taken.slice(1), [copyOf('one', ':1')]);
	all.clearAll();
	await all.settled();
	const last = Array.from({length: 32}, (_, at) => copyOf('one', `:${2999 - at}`));
	assert.deepEqual(taken.slice(2), last);
});
