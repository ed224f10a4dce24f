import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Unreachable} from '../../../source/domain/exchange.js';
import {azureKeys} from '../../../source/providers/azure/keys.js';
import {azureProbe} from '../../../source/providers/azure/verify.js';
import {askedAt} from '../../helpers/asked.js';
import {azureCloud} from '../../helpers/clouds/azure.js';
import {
	assertDistrustsKeys,
	assertRefused,
	assertStrays,
	makeKey,
	renewed,
	visit,
} from '../../helpers/clouds/visited.js';

const idOf = (number: number): string => `0a1b2c3d-0000-4000-8000-${String(number).padStart(12, '0')}`;
const isAdding = ({target}: {readonly target: string}) => target.endsWith('/addPassword');
const isRemoving = ({target}: {readonly target: string}) => target.endsWith('/removePassword');
const isList = ({target}: {readonly target: string}) => target.endsWith('=passwordCredentials');
const failed = (status: number, code: string) => ({status, body: {error: {code, message: 'no'}}});

test('the secrets of an application are listed, and its own is known by how it starts', async context => {
	const {cloud, call, meddle} = await visit(context, azureCloud);
	cloud.addKey();
	const keys = await azureKeys.keys(call());
	assert.deepEqual(keys, [
		{id: idOf(1), label: 'ci', created: '2026-11-29T12:00:00Z', isOwn: true},
		{id: idOf(2), label: undefined, created: '2026-11-29T12:00:00Z', isOwn: false},
	]);
	for (const hint of ['s01', null]) {
		meddle(async (request, go) => {
			const reply = await go();
			const body = JSON.stringify(reply.body).replace('"s02"', JSON.stringify(hint));
			return isList(request) ? {...reply, body: JSON.parse(body)} : reply;
		});
		const unsure = (await azureKeys.keys(call())).filter(({isOwn}) => isOwn !== false);
		assert.deepEqual(
			unsure.map(({id, isOwn}) => [id, isOwn]),
			[
				[idOf(1), undefined],
				[idOf(2), undefined],
			],
		);
		const made = await makeKey(azureKeys, call());
		// Half a year, the shorter of both lives, and no name of either.
		assert.equal(made.expires, '2027-05-31T00:00:00Z');
		const after = await azureKeys.keys(call(renewed(cloud.data, made)));
		assert.equal(after.at(-1)?.label, 'pharmer-0a1b2c3d');
	}
});

test('a new secret of Azure lives as long as the old one, and carries the mark', async context => {
	let moment = askedAt;
	const {cloud, call, received} = await visit(context, azureCloud, () => moment);
	moment += 30 * 86_400_000;
	const made = await makeKey(azureKeys, call());
	assert.deepEqual([made.id, made.expires], [idOf(2), '2027-06-30T00:00:00Z']);
	const data = renewed(cloud.data, made);
	assert.ok(cloud.opens(data) && cloud.opens(cloud.data));
	const [sent] = received.filter(isAdding);
	assert.deepEqual(JSON.parse(sent?.body ?? ''), {
		passwordCredential: {displayName: 'ci pharmer-0a1b2c3d', endDateTime: made.expires},
	});
	const {of, ask, now} = call(data);
	const said = await azureProbe.verify(of, {ask, now, knows: async () => true});
	assert.deepEqual([said.is, said.expires, said.who.key], ['valid', made.expires, 'ci pharmer-0a1b2c3d']);
	await makeKey(azureKeys, call(data), '4e5f6071');
	assert.equal((await azureKeys.keys(call(data))).at(-1)?.label, 'ci pharmer-4e5f6071');
});

test('an old secret of Azure is deleted by the new one, and once more', async context => {
	const {cloud, call, meddle} = await visit(context, azureCloud);
	const by = renewed(cloud.data, await makeKey(azureKeys, call()));
	meddle((request, go) => (isRemoving(request) ? failed(400, 'Request_BadRequest') : go()));
	await assertRefused(azureKeys.remove(call(by), idOf(1)), 'other');
	meddle(undefined);
	await azureKeys.remove(call(by), idOf(1));
	assert.ok(!cloud.opens(cloud.data));
	await azureKeys.remove(call(by), idOf(1));
	assert.deepEqual(
		cloud.keys().map(({id}) => id),
		[idOf(2)],
	);
	await assertRefused(azureKeys.keys(call()), 'unsigned');
	await assertRefused(azureKeys.remove(call(by), "1')/owners"), 'other');
});

test('another credential of the tenant replaces the secret of an application', async context => {
	const {cloud, call} = await visit(context, azureCloud);
	cloud.addKey();
	const by = {...cloud.data, clientSecret: cloud.data.clientSecret?.replace('s01', 's02') ?? ''};
	const made = await makeKey(azureKeys, call(cloud.data, {by, isAdmin: true}));
	await azureKeys.remove(call(cloud.data, {by, isAdmin: true}), idOf(1));
	assert.ok(cloud.opens(renewed(cloud.data, made)) && !cloud.opens(cloud.data));
});

test('what Azure refuses is told by its reason', async context => {
	const {cloud, call, meddle} = await visit(context, azureCloud);
	for (const [reply, kind, message] of [
		[failed(403, 'Authorization_RequestDenied'), 'denied', /Application\.ReadWrite\.OwnedBy/],
		[failed(401, 'InvalidAuthenticationToken'), 'unsigned', /^/],
		[failed(404, 'Request_ResourceNotFound'), 'other', /no such application/],
		[failed(400, 'CredentialInvalidLifetimeAsPerAppPolicy'), 'denied', /rule of the tenant/],
		[failed(400, 'Request_BadRequest'), 'other', /Request_BadRequest/],
	] as const) {
		meddle((request, go) => (isAdding(request) ? reply : go()));
		await assertRefused(makeKey(azureKeys, call()), kind, message);
		assert.equal(cloud.keys().length, 1);
	}
	meddle(undefined);
	const other = {...cloud.data, clientSecret: 'zzz8Q~another'};
	await assertRefused(makeKey(azureKeys, call(other, {by: cloud.data})), 'other', /starts as the old one/);
	await assertRefused(azureKeys.keys(call({...cloud.data, tenantID: 'else.example'})), 'unsigned', /no cloud/);
});

test('a credential without what Azure knows an application by is not asked about', async context => {
	const {cloud, call, received} = await visit(context, azureCloud);
	assert.equal(azureKeys.cant(call().of), undefined);
	for (const clientID of ['', "x')/owners"]) {
		const of = {...cloud.data, clientID};
		assert.match(azureKeys.cant(call(of).of) ?? '', /client id/);
		await assertRefused(azureKeys.keys(call(of, {by: cloud.data})), 'other', /UUID/);
	}
	assert.ok(!received.some(({host}) => host === 'graph.microsoft.com'));
});

test('nobody else is taken for Azure', async context => {
	const visited = await visit(context, azureCloud);
	const {cloud, call, meddle} = visited;
	await assertStrays(visited, isAdding, () => makeKey(azureKeys, call()));
	await assertStrays(visited, isRemoving, () => azureKeys.remove(call(), idOf(1)));
	assert.equal(cloud.keys().length, 1);
	meddle(async (request, go) => {
		const reply = await go();
		return isAdding(request) ? {status: 504, body: ''} : reply;
	});
	await assert.rejects(makeKey(azureKeys, call()), Unreachable);
	meddle(undefined);
	assert.equal((await azureKeys.keys(call())).at(-1)?.label, 'ci pharmer-0a1b2c3d');
	await assertDistrustsKeys(azureKeys, azureCloud);
});
