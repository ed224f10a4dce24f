import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Unreachable} from '../../source/domain/exchange.js';
import {memoryStore} from '../../source/stores/memory.js';
import {probe} from '../../source/stores/probe.js';
import {brokenStores} from '../helpers/broken-stores.js';

test('a store that keeps its promises passes, and has few small objects more', async () => {
	const store = memoryStore();
	assert.deepEqual(await probe(store, 'one'), {broken: undefined});
	assert.deepEqual(await probe(store, 'two'), {broken: undefined});
	assert.equal((await store.list('probe/one/', '')).length, 5);
	assert.equal((await store.list('', '')).length, 10);
});

test('each promise that a store breaks is named', async () => {
	const broken = new Map<string, string>();
	for (const [does, make] of Object.entries(brokenStores)) {
		const finding = await probe(make(), 'x');
		assert.ok(finding.broken !== undefined, `${does}: it passes`);
		assert.match(finding.how, /^[a-z0-9].*[^.]$/);
		broken.set(does, finding.broken);
	}
	assert.deepEqual(Object.fromEntries(broken), {
		'looks first and writes a moment later': 'one-winner',
		'ignores the condition': 'one-winner',
		'tells one that it won and keeps the bytes of another': 'same-bytes',
		'replaces what was there long before': 'create-only',
		'creates again what was there long before': 'create-only',
		'tells nobody that it won': 'one-winner',
		'forgets what it took': 'same-bytes',
		'cuts what it took': 'same-bytes',
		'lists nothing': 'order',
		'lists backwards': 'order',
		'lists from the start whatever comes before': 'order',
		'lists the first only': 'order',
	});
});

test('a probe that does not reach the store finds nothing out', async () => {
	const lost = async (): Promise<never> => {
		throw new Unreachable('the line is down');
	};
	for (const method of ['get', 'create', 'list'] as const)
		await assert.rejects(probe({...memoryStore(), [method]: lost}, 'x'), Unreachable);
});
