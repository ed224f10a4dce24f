import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ovhHeaders} from '../../source/signing/ovh.js';

const key = {
	application: 'TDPKJdwZwAQPwKX2',
	secret: '9ufkBmLaTQ9nz5yMUlg79taH0GNnzDjk',
	consumer: '5mBuy6SUQcRw2ZUxg0cG68BoDKpED4KY',
};
const now = new Date(1_457_018_875_467);

/** python-ovh 1.2.0, tests/test_client.py: `test_call_signature` and `test_version_in_url`. */
const vectors = [
	['GET', 'https://eu.api.ovh.com/1.0/auth', undefined, 'e9556054b6309771395efa467c22e627407461ad'],
	['POST', 'https://eu.api.ovh.com/1.0/auth', '{"a":"b","c":"d"}', 'ec2fb5c7a81f64723c77d2e5b609ae6f58a84fc1'],
	['PUT', 'https://eu.api.ovh.com/1.0/auth', '{"a":"b","c":"d"}', '8a75a9e7c8e7296c9dbeda6a2a735eb6bd58ec4b'],
	['DELETE', 'https://eu.api.ovh.com/1.0/auth', undefined, 'a1eecd00b3b02b6cf5708b84b9ff42059a950d85'],
	['GET', 'https://eu.api.ovh.com/1.0/call', undefined, '7f2db49253edfc41891023fcd1a54cf61db05fbb'],
	['GET', 'https://eu.api.ovh.com/v1/call', undefined, 'e6e7906d385eb28adcbfbe6b66c1528a42d741ad'],
	['GET', 'https://eu.api.ovh.com/v2/call', undefined, 'bb63b132a6f84ad5433d0c534d48d3f7c3804285'],
] as const;

test('a signature of OVHcloud is the one of python-ovh', () => {
	for (const [method, url, body, signature] of vectors) {
		const headers = ovhHeaders({method, url, ...(body === undefined ? {} : {body})}, key, now);
		assert.deepEqual(headers, {
			'x-ovh-application': key.application,
			'x-ovh-consumer': key.consumer,
			'x-ovh-timestamp': '1457018875',
			'x-ovh-signature': `$1$${signature}`,
		});
	}
});
