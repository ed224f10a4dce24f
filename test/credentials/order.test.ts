import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lastUses} from '../../source/credentials/last-use.js';
import {inOrder, type Order} from '../../source/credentials/order.js';
import {storedCredential} from '../helpers/credentials.js';

const credentials = [
	storedCredential('x10', {created: '2026-01-01T00:00:00Z', changed: '2026-05-01T00:00:00Z', expires: '2027-01-01'}),
	storedCredential('X2', {provider: 'gce', created: '2026-02-01T00:00:00Z', changed: '2026-04-01T00:00:00Z'}),
	storedCredential('b', {created: '2026-03-01T00:00:00Z', changed: '2026-03-01T00:00:00Z', expires: '2026-12-01'}),
];
const uses = lastUses({
	since: undefined,
	list: credentials.slice(0, 1).map(({id}) => ({id, kind: 'exec', at: '2026-05-05T00:00:00Z'})),
});

test('credentials are sorted by their names as people count, and by what is newest or next', () => {
	const cases: Readonly<Record<Order, readonly string[]>> = {
		name: ['b', 'X2', 'x10'],
		provider: ['b', 'x10', 'X2'],
		age: ['b', 'X2', 'x10'],
		expires: ['b', 'x10', 'X2'],
		used: ['x10', 'b', 'X2'],
		changed: ['x10', 'X2', 'b'],
	};
	for (const [order, names] of Object.entries(cases)) {
		const sorted = inOrder(credentials, order as Order, uses);
		assert.deepEqual(
			sorted.map(({name}) => name),
			names,
			order,
		);
	}
});
