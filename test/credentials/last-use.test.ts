import assert from 'node:assert/strict';
import {test} from 'node:test';
import {careOf, careRows} from '../../source/credentials/care.js';
import {
	type LastUses,
	lastUses,
	newestUses,
	noLastUses,
	unusedDays,
	withUse,
} from '../../source/credentials/last-use.js';
import {storedCredential} from '../helpers/credentials.js';

const now = new Date('2026-11-29T12:00:00Z');
const prod = storedCredential('prod', {created: '2020-01-01T00:00:00Z', changed: '2026-10-01T00:00:00Z'});
const uses = (
	since: string | undefined,
	...list: LastUses['byId'] extends ReadonlyMap<string, infer U> ? U[] : never
) => lastUses({since, list});
const use = (at: string, kind: 'exec' | 'env' = 'exec') => ({id: prod.id, kind, at});

test('the newest use of each credential counts', () => {
	const last = uses('2026-01-01T00:00:00Z', use('2026-11-29T10:00:00Z', 'env'), use('2026-11-20T00:00:00Z'));
	assert.deepEqual(last.byId.get(prod.id), use('2026-11-29T10:00:00Z', 'env'));
	assert.equal(withUse(last, ['id-of-prod', 'b'], 'copy', '2026-11-29T11:00:00Z').byId.get('b')?.kind, 'copy');
	const newer = withUse(noLastUses, [prod.id], 'copy', '2026-11-29T11:00:00Z');
	assert.equal(newestUses(newer, last).byId.get(prod.id)?.kind, 'copy');
	assert.equal(newestUses(last, newer).byId.get(prod.id)?.kind, 'copy');
});

test('a credential is unused since its last use, or since its last change and as far as the log goes back', () => {
	assert.equal(unusedDays(prod, noLastUses, now), undefined, 'nobody knows');
	assert.equal(unusedDays(prod, uses('2020-01-01T00:00:00Z'), now), 59, 'since it was changed');
	assert.equal(unusedDays(prod, uses('2026-11-27T11:00:00Z'), now), 2, 'since the log began');
	assert.equal(unusedDays(prod, uses(undefined, use('2025-11-29T12:00:00Z')), now), 365);
	assert.equal(unusedDays(prod, uses(undefined, use('2027-11-29T12:00:00Z')), now), 0, 'a clock that was wrong');
});

test('a credential that was not used for 180 days needs care', () => {
	const kinds = (at: string) => careOf(prod, [prod], now, uses(undefined, use(at))).map(({kind, text}) => [kind, text]);
	assert.deepEqual(kinds('2026-06-02T12:00:00Z'), [], '180 days');
	assert.deepEqual(kinds('2026-06-01T12:00:00Z'), [['unused', 'has not been used here for 181 days']]);
	const old = {...prod, changed: '2026-09-15T00:00:00Z'};
	assert.deepEqual(careOf(old, [old], now, uses('2026-05-01T00:00:00Z')), [], 'it is not as old as that itself');
});

test('rows are made anew when a use comes', () => {
	const credentials = [prod];
	const before = careRows({credentials, uses: uses(undefined, use('2025-11-29T12:00:00Z')), now: now.getTime()});
	assert.equal(before.length, 1);
	const used = withUse(noLastUses, [prod.id], 'exec', '2026-11-29T12:00:00Z');
	assert.deepEqual(careRows({credentials, uses: used, now: now.getTime()}), []);
});
