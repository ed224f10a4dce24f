import assert from 'node:assert/strict';
import {test} from 'node:test';
import {markedLabel} from '../../source/providers/key-service.js';
import {nextLabel} from '../../source/providers/next-label.js';
import {sameLife} from '../../source/providers/same-life.js';

const mark = '0a1b2c3d';

test('the label of a new key begins as the old one and ends in the mark, within its length', () => {
	for (const [old, label] of [
		['ci', 'ci pharmer-0a1b2c3d'],
		['', 'pharmer-0a1b2c3d'],
		[undefined, 'pharmer-0a1b2c3d'],
		['ci pharmer-4e5f6071', 'ci pharmer-0a1b2c3d'],
		['pharmer-4e5f6071', 'pharmer-0a1b2c3d'],
		['pharmer-prod', 'pharmer-prod pharmer-0a1b2c3d'],
		['a name that is far too long for it', 'a name that is pharmer-0a1b2c3d'],
		['漢字'.repeat(20), `${'漢字'.repeat(7)}漢 pharmer-0a1b2c3d`],
	] as const) {
		assert.equal(nextLabel(old, mark, 32), label);
		assert.ok(nextLabel(label, mark, 32).endsWith(markedLabel(mark)));
		assert.ok([...nextLabel(label, mark, 32)].length <= 32);
	}
});

test('a new key lives as long as the old one', () => {
	const now = new Date('2026-11-29T12:00:00Z');
	const [created, expires] = ['2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z'];
	assert.equal(sameLife({created, expires}, now), '2027-11-28T12:00:00Z');
	assert.equal(sameLife({created}, now), undefined);
	assert.equal(sameLife({expires}, now), expires);
	assert.equal(sameLife({}, now), undefined);
});
