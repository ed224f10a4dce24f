import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {test} from 'node:test';
import type {PharmerError} from '../../source/domain/errors.js';
import {probe} from '../../source/stores/probe.js';
import {kvAt, kvBy} from '../helpers/kv-reach.js';
import {openBao} from '../helpers/openbao.js';
import {isProving} from '../helpers/rounds.js';
import {s3At, s3By, s3Key} from '../helpers/s3-reach.js';
import {s3sFs} from '../helpers/s3s-fs.js';
import {storeContract} from '../helpers/store-contract.js';
import {versitygw} from '../helpers/versitygw.js';

// Real products that take minutes to be built or installed, so only `npm run prove` runs against them.
if (isProving) {
	storeContract({
		name: 'versitygw',
		async open(context) {
			const origin = await versitygw(context, 'team', s3Key);
			return origin === undefined ? undefined : s3By(context, s3At(origin));
		},
		largest: 64 * 1024 * 1024,
	});

	storeContract({
		name: 'OpenBao',
		async open(context) {
			const bao = await openBao(context);
			return bao && kvBy(context, kvAt(bao.origin), {kind: 'token', token: bao.root});
		},
		largest: 8 * 1024 * 1024,
	});

	test('versitygw: a wrong key, bucket or region is told with what to change', async context => {
		const origin = await versitygw(context, 'team', s3Key);
		if (origin === undefined) return;
		const told = async (address = s3At(origin), key = s3Key): Promise<string> => {
			const store = s3By(context, address, key);
			const asked = [
				() => store.get('a/1', 10),
				() => store.create('a/1', Buffer.from('x')),
				() => store.list('a/', ''),
			];
			const messages = new Set<string>();
			for (const ask of asked)
				await assert.rejects(ask, (error: PharmerError) => {
					assert.equal(error.code, 'refused');
					messages.add(`${error.message.replace(/127\.0\.0\.1:\d+ /, '')}; ${error.hint}`);
					return true;
				});
			return [...messages].join('\n');
		};
		const check = 'check the key id and the secret key, and that they are of this storage';
		assert.equal(
			await told(s3At(origin), {...s3Key, secret: 'other'}),
			`the storage does not accept its credential (SignatureDoesNotMatch); ${check}`,
		);
		assert.equal(
			await told(s3At(origin), {...s3Key, id: 'AKIAOTHER'}),
			'the storage answers 404 XAdminUserNotFound; check its address and its credential',
		);
		assert.equal(await told(s3At(origin, {bucket: 'none'})), 'the storage has no bucket `none`; make it there first');
		assert.equal(
			await told(s3At(origin, {region: 'eu-west-3'})),
			'the storage says that the bucket is in another region; write region=us-east-1 into its address',
		);
	});

	test('s3s-fs, which is not atomic, is refused by the probe', async context => {
		const origin = await s3sFs(context, 'team', s3Key);
		if (origin === undefined) return;
		const store = s3By(context, s3At(origin));
		// It has one winner in half of the races.
		for (let round = 1; ; round++) {
			const finding = await probe(store, randomBytes(8).toString('hex'));
			context.diagnostic(`probe ${round}: ${finding.broken}${finding.broken === undefined ? '' : `: ${finding.how}`}`);
			if (finding.broken === 'one-winner') return;
			assert.ok(round < 10, 'ten probes find nothing');
		}
	});
}
