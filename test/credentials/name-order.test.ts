import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {orderKey} from '../../source/credentials/name-order.js';
import {parseName} from '../../source/domain/name.js';
import {size} from '../helpers/rounds.js';

const collator = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});

/** Names with much in common, so that all of the rules matter. */
const name = fc.oneof(
	fc.stringMatching(/^[aAbB0129][aB._0129-]{0,8}$/),
	fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/),
	fc.stringMatching(/^[a1][0-9]{40,62}$/),
);

test('names are in the order of English with numbers', () => {
	fc.assert(
		fc.property(name, name, (one, other) => {
			const [first, second] = [orderKey(parseName(one)), orderKey(parseName(other))];
			const order = first === second ? 0 : first < second ? -1 : 1;
			assert.equal(order, Math.sign(collator.compare(one, other)), `${one} and ${other}`);
		}),
		{numRuns: size(20_000, 2_000_000)},
	);
});
