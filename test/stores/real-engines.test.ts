import {kvAt, kvBy} from '../helpers/kv-reach.js';
import {openBao} from '../helpers/openbao.js';
import {isProving} from '../helpers/rounds.js';
import {s3At, s3By, s3Key} from '../helpers/s3-reach.js';
import {storeContract} from '../helpers/store-contract.js';
import {versitygw} from '../helpers/versitygw.js';

// Products that take minutes to be built or installed, so only `npm run prove` runs against them.
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
}
