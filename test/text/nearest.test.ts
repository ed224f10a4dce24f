import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nearest, withGuess} from '../../source/text/nearest.js';

const names = ['prod', 'prod-eu', 'dns', 'billing-export', 'a'];

test('a typo is told apart from a different word', () => {
	for (const [typed, meant] of [
		['pord', 'prod'],
		['PRD', 'prod'],
		['prodd', 'prod'],
		['prod-ue', 'prod-eu'],
		['dsn', 'dns'],
		['biling-exprot', 'billing-export'],
		['staging', undefined],
		['xyz', undefined],
	] as const) {
		assert.equal(nearest(typed, names), meant, typed);
	}
	assert.equal(nearest('prod', []), undefined);
	assert.equal(nearest('x'.repeat(100_000), names), undefined);
});

test('the guess comes before the hint', () => {
	assert.equal(withGuess('pord', names, 'look'), 'did you mean `prod`? look');
	assert.equal(withGuess('staging', names, 'look'), 'look');
});
