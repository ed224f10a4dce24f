import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FrameCache} from '../../../source/ui/drawing/frame-cache.js';

test('what was made for a frame is there in the next one, and gone after it', () => {
	const cache = new FrameCache<string, string>();
	const made: string[] = [];
	const get = (key: string): string => cache.get(key, () => `${made.push(key)}`);
	get('a');
	get('b');
	cache.turn();
	assert.equal(cache.last('a'), '1');
	get('b');
	cache.turn();
	assert.deepEqual(made, ['a', 'b']);
	assert.equal(cache.last('a'), undefined);
	assert.equal(cache.last('b'), '2');
	cache.clear();
	assert.equal(cache.last('b'), undefined);
});

test('a look at the frame before takes nothing into the next one', () => {
	const cache = new FrameCache<string, string>();
	cache.get('secret', () => 'row');
	cache.turn();
	assert.equal(cache.last('secret'), 'row');
	cache.turn();
	assert.equal(cache.last('secret'), undefined);
});
