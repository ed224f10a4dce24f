import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Effect} from '../../source/app/core/effect.js';
import {lateRunner} from '../../source/ui/late-runner.js';

/** A runner that notes what it is asked to do, and a late one that loads it when `arrive` is called. */
function late() {
	const done: string[] = [];
	const runner = {
		run: ({type}: Effect) => void done.push(type),
		open: () => void done.push('open'),
		async close() {
			done.push('close');
		},
	};
	let arrive = (): void => {};
	let fail = (_: Error): void => {};
	const promise = new Promise<typeof runner>((resolve, reject) => {
		arrive = () => resolve(runner);
		fail = reject;
	});
	return {done, late: lateRunner(() => promise), arrive, fail};
}

test('what is asked for before the runner is loaded is done in its order', async () => {
	const {done, late: runner, arrive} = late();
	const loaded = runner.load();
	runner.run({type: 'reload'});
	runner.run({type: 'draw'});
	assert.deepEqual(done, []);
	arrive();
	await loaded;
	runner.run({type: 'redraw'});
	assert.deepEqual(done, ['reload', 'draw', 'redraw']);
});

test('a runner that is closed while it loads does what it was asked for and closes', async () => {
	const {done, late: runner, arrive} = late();
	void runner.load();
	runner.run({type: 'reload'});
	const closed = runner.close();
	arrive();
	await closed;
	assert.deepEqual(done, ['reload', 'close']);
});

test('a runner that can not be loaded says so, and closes all the same', async () => {
	const {done, late: runner, fail} = late();
	const loaded = runner.load();
	runner.run({type: 'reload'});
	fail(new Error('gone'));
	await assert.rejects(loaded, /gone/);
	await runner.close();
	assert.deepEqual(done, []);
});
