import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Reply} from '../../helpers/fake-cloud.js';
import {paths} from '../../helpers/paths.js';

const token = 'HetznerTokenHetznerToken'.padEnd(64, '0');
const locations = [{id: 1, name: 'fsn1', city: 'Falkenstein', country: 'DE'}];
const refused = (status: number, code: string): Reply => ({
	status,
	body: {error: {code, message: 'No.', details: null}},
});

test('what Hetzner Cloud answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[{status: 200, body: {locations}}, 'valid'],
		[refused(401, 'unauthorized'), 'invalid'],
		[refused(403, 'forbidden'), 'limited'],
		[refused(403, 'token_readonly'), 'unknown'],
		[refused(423, 'locked'), 'unknown'],
		[refused(429, 'rate_limit_exceeded'), 'unreachable'],
		[refused(503, 'maintenance'), 'unreachable'],
		[refused(504, 'timeout'), 'unreachable'],
		[{status: 401, body: '<html>Sign in</html>'}, 'unreachable'],
		[{status: 200, body: {locations: []}}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const handler = paths({authorization: `Bearer ${token}`}, {'/v1/locations?per_page=1': reply});
		const {said} = await askOne(context, credentialOf('hetzner', {token}), {'api.hetzner.cloud': handler});
		assert.deepEqual([said.is, said.who], [is, {}], JSON.stringify(reply));
	}
});

test('no damaged answer of Hetzner Cloud is taken for a verdict', () =>
	assertDistrusts({
		provider: 'hetzner',
		data: {token},
		answer: () => ({status: 200, body: JSON.stringify({locations})}),
		proves: body => /"locations":\[\{.*"name":"?[^",]/.test(body),
		refusals: [{status: 401, body: '{"error":{"code":"unauthorized","message":"x"}}', reason: '"unauthorized"'}],
		listed: [200, 401, 403],
	}));
