import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Unreachable} from '../../../source/domain/exchange.js';
import {azureStorageKeys} from '../../../source/providers/azure-storage/keys.js';
import {askOne, credentialOf} from '../../helpers/asked.js';
import {azureStorageCloud} from '../../helpers/clouds/azure-storage.js';
import {
	assertDistrustsKeys,
	assertRefused,
	assertStrays,
	makeKey,
	renewed,
	visit,
} from '../../helpers/clouds/visited.js';

const isRenewal = ({target}: {readonly target: string}) => target.includes('/regenerateKey?');
const failed = (status: number, code: string) => ({status, body: {error: {code, message: 'no'}}});

test('the two keys of a storage account are listed with their times, and its own is known', async context => {
	const {call} = await visit(context, azureStorageCloud);
	assert.deepEqual(await azureStorageKeys.keys(call()), [
		{id: 'key1 2026-11-29T12:00:00.0000001Z', created: '2026-11-29T12:00:00Z', isOwn: true},
		{id: 'key2 2026-11-29T12:00:00.0000002Z', created: '2026-11-29T12:00:00Z', isOwn: false},
	]);
});

test('a storage account is found in any subscription where the credential that signs names none', async context => {
	const {cloud, call} = await visit(context, azureStorageCloud);
	const {subscriptionID: _, ...by} = cloud.admin?.data ?? {};
	assert.equal((await azureStorageKeys.keys(call(cloud.data, {by, isAdmin: true}))).length, 2);
	const other = {...cloud.data, account: 'nosuchaccount'};
	await assertRefused(azureStorageKeys.keys(call(other)), 'other', /no storage account of that name/);
});

test('a new key of a storage account takes the place of the other one', async context => {
	const {cloud, call, received} = await visit(context, azureStorageCloud);
	const made = await makeKey(azureStorageKeys, call());
	assert.equal(made.id, 'key2 2026-11-29T12:00:00.0000003Z');
	assert.deepEqual(
		received.filter(isRenewal).map(({body}) => body),
		['{"keyName":"key2"}'],
	);
	const data = renewed(cloud.data, made);
	assert.ok(cloud.opens(data) && cloud.opens(cloud.data));
	const {said} = await askOne(context, credentialOf('azureStorage', data), cloud.handlers);
	assert.equal(said.is, 'valid');
	const back = await makeKey(azureStorageKeys, call(data));
	assert.match(back.id, /^key1 /);
	assert.ok(cloud.opens(data) && !cloud.opens(cloud.data));
});

test('an old key of a storage account is renewed away, and only as long as it is there', async context => {
	const {cloud, call, received} = await visit(context, azureStorageCloud);
	const [old = ''] = cloud.keys().map(({id}) => id);
	const data = renewed(cloud.data, await makeKey(azureStorageKeys, call()));
	await azureStorageKeys.remove(call(data), old);
	assert.ok(!cloud.opens(cloud.data) && cloud.opens(data));
	const after = cloud.keys();
	await azureStorageKeys.remove(call(data), old);
	assert.deepEqual(cloud.keys(), after);
	assert.equal(received.filter(isRenewal).length, 2);
});

test('keys of a storage account from before Azure told their times are known too', async context => {
	const {cloud, call, meddle} = await visit(context, azureStorageCloud);
	const without = (name: string) =>
		meddle(async (request, go) => {
			const reply = await go();
			if (!request.target.includes('/listKeys?')) return reply;
			const {keys} = Object(reply.body);
			const timeless = keys.map((key: {keyName: string}) =>
				key.keyName === name ? {...key, creationTime: null} : key,
			);
			return {...reply, body: {keys: timeless}};
		});
	without('key1');
	assert.equal((await azureStorageKeys.keys(call()))[0]?.id, 'key1 unknown');
	await azureStorageKeys.remove(call(), 'key1 unknown');
	assert.ok(!cloud.opens(cloud.data));
	// What had a time once does not lose it.
	await assert.rejects(azureStorageKeys.remove(call(), 'key1 2026-11-29T12:00:00.0000001Z'), Unreachable);
});

test('a key of a storage account that somebody renewed is replaced by nobody', async context => {
	const {cloud, call, received} = await visit(context, azureStorageCloud);
	const [old = ''] = cloud.keys().map(({id}) => id);
	cloud.dropKey(old);
	await assertRefused(makeKey(azureStorageKeys, call()), 'other', /was renewed$/);
	assert.equal(received.filter(isRenewal).length, 0);
	assert.match(azureStorageKeys.warns?.(call().of) ?? '', /stops at once$/);
});

test('what Azure refuses about a storage account is told by its reason', async context => {
	const {cloud, call, meddle} = await visit(context, azureStorageCloud);
	for (const [reply, kind, message] of [
		[failed(403, 'AuthorizationFailed'), 'denied', /Storage Account Key Operator/],
		[failed(401, 'ExpiredAuthenticationToken'), 'unsigned', /^/],
		[failed(409, 'ScopeLocked'), 'denied', /lock/],
		[failed(409, 'StorageAccountOperationInProgress'), 'later', /^/],
		[failed(404, 'ResourceNotFound'), 'other', /ResourceNotFound/],
	] as const) {
		meddle((request, go) => (isRenewal(request) ? reply : go()));
		await assertRefused(makeKey(azureStorageKeys, call()), kind, message);
	}
	meddle(undefined);
	const by = {...cloud.admin?.data, clientSecret: 'wrong8Q~'};
	await assertRefused(azureStorageKeys.keys(call(cloud.data, {by, isAdmin: true})), 'unsigned');
	assert.match(azureStorageKeys.cant(call({...cloud.data, account: '../x'}).of) ?? '', /no name of an account/);
	assert.equal(azureStorageKeys.cant(call().of), undefined);
});

test("nobody else is taken for the account's provider", async context => {
	const visited = await visit(context, azureStorageCloud);
	const {cloud, call, meddle} = visited;
	const [old = ''] = cloud.keys().map(({id}) => id);
	await assertStrays(visited, isRenewal, () => makeKey(azureStorageKeys, call()));
	await assertStrays(visited, isRenewal, () => azureStorageKeys.remove(call(), old));
	meddle(async (request, go) => {
		const reply = await go();
		return isRenewal(request) ? {status: 504, body: ''} : reply;
	});
	await assert.rejects(makeKey(azureStorageKeys, call()), Unreachable);
	meddle(undefined);
	assert.ok(cloud.opens(cloud.data));
	const data = renewed(cloud.data, await makeKey(azureStorageKeys, call()));
	assert.ok(cloud.opens(data));
	await assertDistrustsKeys(azureStorageKeys, azureStorageCloud);
});
