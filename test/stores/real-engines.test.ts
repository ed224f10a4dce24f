import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {test} from 'node:test';
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
