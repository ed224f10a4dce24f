import '../helpers/alone.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {completePath} from '../../source/tasks/complete-path.js';
import type {Machine} from '../../source/tasks/machine.js';
import {filesWorld} from '../helpers/import-world.js';

/** A machine with these names in each directory. */
const machineOf = (...names: readonly string[]): Machine => ({
	isDemo: false,
	world: filesWorld(),
	expand: path => path,
	read: async () => '',
	names: async () => ({names, more: 0}),
	writeNew: async () => {},
});

/** How many texts `work` takes apart. */
async function spreadsOf(work: () => Promise<unknown>): Promise<number> {
	const iterator = String.prototype[Symbol.iterator];
	let count = 0;
	String.prototype[Symbol.iterator] = function counted() {
		count++;
		return iterator.call(this);
	};
	try {
		await work();
	} finally {
		String.prototype[Symbol.iterator] = iterator;
	}
	return count;
}

test('a path is completed with whole characters only', async () => {
	const text = async (...names: readonly string[]) => (await completePath('k', machineOf(...names))).text;
	assert.equal(await text('key'), 'key');
	assert.equal(await text('key', 'key-1', 'key-2'), 'key');
	assert.equal(await text('k😀', 'k😁'), 'k', 'both begin with the same half of a character');
	assert.equal(await text('k😀', 'k\uffff'), 'k');
});

test('many long names are not taken apart for each of their characters', async () => {
	const names = Array.from({length: 1000}, (_, index) => `${'n'.repeat(240)}${`${index}`.padStart(4, '0')}`);
	assert.ok((await spreadsOf(() => completePath('n', machineOf(...names)))) < 10);
});
