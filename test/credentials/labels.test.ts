import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {labelsText, parseLabel, parseLabels} from '../../source/credentials/labels.js';
import {PharmerError} from '../../source/domain/errors.js';

const invalid = (pattern: RegExp) => (error: unknown) =>
	error instanceof PharmerError && error.code === 'invalid' && pattern.test(`${error.message}\n${error.hint ?? ''}`);

test('accepts valid labels and refuses invalid ones', () => {
	for (const [key, value] of [
		['team', 'platform'],
		['example.com/cost-center', '0042 = x'],
		['k', ''],
		['k', 'é'.repeat(253)],
	] as const) {
		assert.deepEqual(parseLabel(key, value), [key, value]);
	}
	for (const key of ['', '/a', '-a', 'a b', 'a=b', 'a'.repeat(64)]) {
		assert.throws(() => parseLabel(key, 'x'), invalid(/can't be a label/));
	}
	for (const value of ['a\nb', 'a\r', 'x'.repeat(254)]) {
		assert.throws(
			() => parseLabel('key', value),
			(error: unknown) => invalid(/the value of label `key`/)(error) && !String(error).includes(value),
		);
	}
});

test('labels on a line read back, whatever their values', () => {
	const key = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,20}$/);
	const value = fc
		.string({maxLength: 30})
		.map(text => text.replace(/[\r\n]/g, '').trim())
		.filter(text => text.length <= 253);
	fc.assert(
		fc.property(fc.uniqueArray(fc.tuple(key, value), {selector: ([name]) => name}), labels => {
			assert.deepEqual([...parseLabels(labelsText(new Map(labels)))], labels);
		}),
		{numRuns: 2000},
	);
});

test('refuses what is not a label', () => {
	for (const text of ['env', 'env=a, b', '=x', 'env=a, env=b', 'a b=c']) {
		assert.throws(() => parseLabels(text), {code: 'invalid'}, text);
	}
	assert.equal(parseLabels(' , ,').size, 0);
});
