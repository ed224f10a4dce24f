import '../helpers/long.js';
import {memoryStore} from '../../source/stores/memory.js';
import {gofakes3} from '../helpers/gofakes3.js';
import {s3At, s3By} from '../helpers/s3-reach.js';
import {storeContract} from '../helpers/store-contract.js';

storeContract({name: 'memory', open: async () => memoryStore(2), largest: 100_000});

storeContract({
	name: 'gofakes3',
	async open(context) {
		const origin = await gofakes3(context, 'team');
		return origin === undefined ? undefined : s3By(context, s3At(origin));
	},
	largest: 3_000_000,
});
