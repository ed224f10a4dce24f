import assert from 'node:assert/strict';
import {test} from 'node:test';
import {providers} from '../../source/providers/catalog.js';
import {shaped, surroundingSpace, uuid} from '../../source/providers/shape-rules.js';
import {findingsOf} from '../helpers/findings.js';

test('reports white space around a value before its shape', () => {
	const rule = shaped(/^a+$/, 'it has only a');
	assert.deepEqual(['aa', 'ab', ' ab', 'aa\n'].map(rule), [
		undefined,
		'it has only a',
		'it begins or ends with white space',
		'it begins or ends with white space',
	]);
	assert.equal(surroundingSpace('a b'), undefined);
	assert.equal(uuid('ids')('0ec0ffee-1000-4000-8000-00000000000b'), undefined);
	assert.match(uuid('ids')('0ec0ffee10004000800000000000000b') ?? '', /^ids are UUIDs/);
});

test("no provider's finding contains part of a value", () => {
	const canary = 'zq9Xk2Lw8Pv5';
	for (const provider of providers) {
		for (const {key} of provider.fields) {
			for (const value of [canary, ` ${canary}`, `${canary}\0`, `cfk_${canary}`, `cfut_${canary}`]) {
				for (const finding of findingsOf(provider, {[key]: value})) assert.ok(!finding.includes(canary.slice(0, 6)));
			}
		}
	}
});
