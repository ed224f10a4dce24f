import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exo2Authorization} from '../../source/signing/exo2.js';

const key = {id: 'EXOxxxxxxxxxxxxxxxxxxxxxxxx', secret: 'X'.repeat(43)};
const expires = Date.UTC(2077, 0, 1);
/** A signature ends ten minutes later. */
const now = new Date(expires - 600_000);

test('a signature of Exoscale is the one of egoscale', () => {
	// egoscale, v2/api/security_test.go.
	const vectors = {
		'https://api.exoscale.com/v2/zone': ['', 'Ntbq/p0HVmA3Zg1HHY+Lq1vjFGi7HeMrrgXDS5jRNlY='],
		'https://api.exoscale.com/v2/zone?k1=v1&k2=v2': [
			',signed-query-args=k1;k2',
			'iqOBz13+44L5j0uJclE8hmUhQQcvtCSoPEOXYK6liqY=',
		],
	};
	for (const [url, [query, signature]] of Object.entries(vectors)) {
		assert.equal(
			exo2Authorization({method: 'GET', url}, key, now),
			`EXO2-HMAC-SHA256 credential=${key.id}${query},expires=${expires / 1000},signature=${signature}`,
		);
	}
});
