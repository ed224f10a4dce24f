import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {signedAcs3} from '../../source/signing/acs3.js';
import {checkAcs3} from '../helpers/acs3.js';

const key = {id: 'YourAccessKeyId', secret: 'YourAccessKeySecret', session: ''};
const nonce = '3156853299f313e23d1673dc12e1703d';
const signatureOf = ({headers}: ReturnType<typeof signedAcs3>): string | undefined =>
	headers.authorization?.split('Signature=')[1];

test('a signature of Alibaba Cloud is the one of its documentation', () => {
	const signed = signedAcs3(
		{
			host: 'ecs.cn-shanghai.aliyuncs.com',
			action: 'RunInstances',
			version: '2014-05-26',
			query: {RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd'},
			now: new Date('2023-10-26T10:22:32Z'),
			nonce,
		},
		key,
	);
	assert.equal(
		signed.headers.authorization,
		'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
	);
});

test('a signature of Alibaba Cloud is the one that its SDK makes', () => {
	// Recorded from @alicloud/openapi-util 0.3.3.
	const now = new Date('2026-11-29T21:00:00Z');
	const identity = {host: 'sts.aliyuncs.com', action: 'GetCallerIdentity', version: '2015-04-01', now, nonce};
	assert.equal(
		signatureOf(signedAcs3(identity, key)),
		'46b006ec99ac2d11c24a3cdd3be820631a7bbabf6f3793722eb713f3e810ffc7',
	);
	const query = {Zone: 'a', UserAccessKeyId: "LTAI5tExample's *(1)! ~ü/+"};
	const lastUse = {host: 'ims.aliyuncs.com', action: 'GetAccessKeyLastUsed', version: '2019-08-15', query, now, nonce};
	assert.equal(
		signatureOf(signedAcs3(lastUse, {...key, session: 'CAIS/token+=='})),
		'63d5df1547939d1dcc797ccd02de589b59c1c5da51f1a2dfd40fbcf11d993482',
	);
});

test('a signature of Alibaba Cloud is right for what is sent, whatever is asked', () =>
	fc.assert(
		fc.property(
			fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9.]{0,8}$/), fc.string({unit: 'binary', maxLength: 30})),
			fc.constantFrom('', 'CAIS/token+=='),
			(query, session) => {
				const unsigned = {host: 'sts.aliyuncs.com', action: 'A', version: '1', query, now: new Date(0), nonce};
				const {url, headers} = signedAcs3(unsigned, {...key, session});
				const {pathname, search, host} = new URL(url);
				const sent = {host, method: 'POST', target: `${pathname}${search}`, headers, body: ''};
				assert.deepEqual(checkAcs3(sent, key.secret), {accessKeyId: key.id, verifies: true});
				assert.equal(checkAcs3(sent, 'another').verifies, false);
			},
		),
	));
