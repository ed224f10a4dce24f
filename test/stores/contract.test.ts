import '../helpers/long.js';
import process from 'node:process';
import {systemGit} from '../../source/platform/git.js';
import {gitStore} from '../../source/stores/git.js';
import {memoryStore} from '../../source/stores/memory.js';
import {bareRepository} from '../helpers/bare-repository.js';
import {fakeKv, token} from '../helpers/fake-kv.js';
import {fakeS3} from '../helpers/fake-s3.js';
import {gofakes3} from '../helpers/gofakes3.js';
import {kvAt, kvBy} from '../helpers/kv-reach.js';
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

storeContract({
	name: 'git',
	async open(context) {
		const repository = bareRepository(context);
		if (repository === undefined) return undefined;
		const {remote, folder} = repository;
		return gitStore({remote, branch: 'pharmer'}, systemGit(process.env), `${folder}/cache`);
	},
	largest: 3_000_000,
});

storeContract({
	name: 'a fake of S3',
	open: async context => s3By(context, s3At((await fakeS3(context, {page: 2})).origin, {prefix: ''})),
	largest: 3_000_000,
});

storeContract({
	name: 'a fake of KV',
	open: async context => kvBy(context, kvAt((await fakeKv(context)).origin), {kind: 'token', token}),
	largest: 3_000_000,
});
