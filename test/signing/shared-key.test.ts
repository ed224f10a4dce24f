import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {sharedKey} from '../../source/signing/shared-key.js';
import {checkSharedKey} from '../helpers/shared-key.js';

const account = 'inventedaccount';
const key = Buffer.alloc(64, 7).toString('base64');

test('a signature of Azure Storage is the one that its SDK makes', () => {
	// Recorded from @azure/storage-blob 12.32.0.
	const url = 'https://inventedaccount.blob.core.windows.net/?comp=properties&restype=account';
	const headers = {
		'x-ms-version': '2026-04-06',
		'x-ms-client-request-id': '0356c5df-0de8-40ac-9f80-78e3f1449a32',
		'x-ms-date': 'Sun, 29 Nov 2026 21:27:32 GMT',
	};
	assert.equal(
		sharedKey({url, headers}, {account, key}),
		'SharedKey inventedaccount:hi6tHx0WWEp970fwub81aARd+8C0JXtnyWKVQccChdw=',
	);
});

test('a signature of Azure Storage is right for what is sent, whatever is asked', () =>
	fc.assert(
		fc.property(
			fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({unit: 'binary', maxLength: 30})),
			fc.constantFrom('', '/inventedaccount', '/a%20b'),
			fc.uint8Array({minLength: 64, maxLength: 64}),
			(query, path, bytes) => {
				const own = Buffer.from(bytes).toString('base64');
				const url = new URL(`https://${account}.blob.core.windows.net${path}/`);
				for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
				const headers = {'x-ms-date': 'Sun, 29 Nov 2026 21:27:32 GMT', 'x-ms-version': '2021-12-02'};
				const authorization = sharedKey({url: url.href, headers}, {account, key: own});
				const target = `${url.pathname}${url.search}`;
				const sent = {host: url.host, method: 'GET', target, headers: {...headers, authorization}, body: ''};
				assert.ok(checkSharedKey(sent, account, own));
				assert.ok(!checkSharedKey(sent, account, Buffer.alloc(64, 8).toString('base64')));
			},
		),
	));
