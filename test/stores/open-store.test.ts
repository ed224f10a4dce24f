import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {Unreachable} from '../../source/domain/exchange.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {openNetwork} from '../../source/network/network.js';
import {openStore, type StoreReach} from '../../source/stores/open-store.js';
import {parseAddress} from '../../source/stores/parse-address.js';
import {fakeKv, token} from '../helpers/fake-kv.js';
import {fakeS3} from '../helpers/fake-s3.js';

const key = 'a/log/000000000001';
const bytes = Buffer.from('sealed');

function reach(context: TestContext, environment: StoreReach['environment'] = {}): StoreReach {
	const wait = async () => {};
	const network = openNetwork({environment, offline: false, now: Date.now, wait});
	context.after(() => network.close());
	const git = () => assert.fail('git is run');
	return {environment, network, wait, now: Date.now, git, cacheDirectory: '/nowhere'};
}

function credential(fields: Readonly<Record<string, string>>) {
	const data = new Map(Object.entries(fields).map(([name, value]) => [name, new Secret(value)]));
	return {name: parseName('storage'), provider: 'generic', data};
}

test('an address and a credential open a store in a bucket and in an engine', async context => {
	const s3 = await fakeS3(context);
	const kv = await fakeKv(context);
	const key3 = credential({accessKeyID: 'id', secretAccessKey: 'hush'});
	for (const [address, signer] of [
		[`s3://team/vaults?endpoint=${s3.origin}`, key3],
		[`openbao://${new URL(kv.origin).host}/secret/vaults?tls=off`, credential({token})],
	] as const) {
		const store = await openStore(parseAddress(address), signer, reach(context));
		assert.equal(await store.create(key, bytes), 'created');
		assert.deepEqual(await store.get(key, 10), {bytes, isCut: false});
		assert.deepEqual(await store.list('', ''), [key]);
		store.close();
	}
	assert.deepEqual([...s3.objects.keys()], [`vaults/${key}`]);
	assert.deepEqual([...kv.keys.keys()], [`vaults/${key}`]);
});

test('what the environment holds signs in where no credential is named', async context => {
	const {origin, received} = await fakeS3(context);
	const environment = {AWS_ACCESS_KEY_ID: 'fromTheEnvironment', AWS_SECRET_ACCESS_KEY: 'hush'};
	const store = await openStore(parseAddress(`s3://team?endpoint=${origin}`), undefined, reach(context, environment));
	await store.create(key, bytes);
	assert.match(received[0]?.headers.authorization ?? '', /Credential=fromTheEnvironment\//);
	assert.equal(received[0]?.target, `/team/${key}`);
	await assert.rejects(openStore(parseAddress('vault://127.0.0.1/secret'), undefined, reach(context)), {code: 'usage'});
});

test('offline no store is opened, and git signs in by itself', async context => {
	for (const address of ['s3://team', 'vault://127.0.0.1/secret', 'git+file:///srv/vault.git'])
		await assert.rejects(
			openStore(parseAddress(address), undefined, reach(context, {PHARMER_OFFLINE: '1', VAULT_TOKEN: 'x'})),
			(error: unknown) => error instanceof Unreachable && error.kind === 'offline',
		);
	const git = parseAddress('git+file:///srv/vault.git');
	await assert.rejects(openStore(git, credential({token}), reach(context)), {
		code: 'usage',
		hint: /leave `--with` out/,
	});
	(await openStore(git, undefined, reach(context))).close();
});
