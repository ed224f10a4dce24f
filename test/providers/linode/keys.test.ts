import assert from 'node:assert/strict';
import {test} from 'node:test';
import {linodeKeys} from '../../../source/providers/linode/keys.js';
import {askedAt} from '../../helpers/asked.js';
import {linodeCloud} from '../../helpers/clouds/linode.js';
import {
	askCloud,
	assertKeysDistrust,
	assertLost,
	isUnreachable,
	mark,
	refuses,
	replaced,
} from '../../helpers/key-call.js';

const cloudNow = () => linodeCloud(() => askedAt);

test('a token of Linode is found in its list by its start', async context => {
	const cloud = cloudNow();
	const other = cloud.addKey();
	const {call} = await askCloud(context, cloud);
	assert.deepEqual(await linodeKeys.keys(call()), [
		{id: '1', label: 'ci', created: '2026-11-29T12:00:00Z', isOwn: true},
		{id: other, label: 'console', created: '2026-11-29T12:00:00Z', isOwn: false},
	]);
});

test('a long list of tokens is read to its end, and a list without one is refused', async context => {
	const cloud = cloudNow();
	for (let count = 0; count < 500; count++) cloud.addKey();
	const {call, answer, received} = await askCloud(context, cloud);
	assert.equal((await linodeKeys.keys(call())).length, 501);
	assert.equal(received.length, 2);
	answer(() => ({status: 200, body: {data: [], page: 1, pages: 1_000_000}}));
	await assert.rejects(linodeKeys.keys(call()), refuses('other', /more keys/));
});

test('a new token of Linode has the label, the scopes and the length of life of the old one, and opens', async context => {
	const cloud = cloudNow();
	const {call, received, verdict} = await askCloud(context, cloud);
	const {id, fields, expires} = await linodeKeys.make(call(), mark, undefined);
	assert.equal(expires, '2027-02-27T12:00:00Z');
	assert.deepEqual(JSON.parse(received.at(-1)?.body ?? ''), {
		label: `ci pharmer-${mark}`,
		scopes: 'account:read_write linodes:read_only',
		expiry: '2027-02-27T12:00:00',
	});
	const fresh = replaced(cloud.data, fields);
	assert.ok(cloud.opens(fresh) && cloud.opens(cloud.data));
	assert.equal(await verdict(fresh), 'valid');
	const again = await linodeKeys.make(call(fresh), 'ffffffff', undefined);
	const labels = (await linodeKeys.keys(call(fresh))).map(key => [key.id, key.label, key.isOwn]);
	assert.deepEqual(labels, [
		['1', 'ci', false],
		[id, `ci pharmer-${mark}`, true],
		[again.id, 'ci pharmer-ffffffff', false],
	]);
});

test('a token of Linode without an end gets one without an end, and no token without scopes is made', async context => {
	const cloud = cloudNow();
	const {call, answer, received} = await askCloud(context, cloud);
	const own = {id: 1, label: 'ci', token: cloud.data.token?.slice(0, 16), created: '2026-01-01T00:00:00', expiry: null};
	const listed = (scopes: unknown) => ({status: 200, body: {data: [{...own, scopes}], page: 1, pages: 1}});
	const [all, none] = [listed('*'), listed('')];
	answer(({method}) => (method === 'GET' ? all : {status: 200, body: {id: 9, token: 'f'.repeat(64)}}));
	assert.equal((await linodeKeys.make(call(), mark, undefined)).expires, undefined);
	assert.equal(JSON.parse(received.at(-1)?.body ?? '').expiry, null);
	answer(() => none);
	await assert.rejects(linodeKeys.make(call(), mark, undefined), isUnreachable);
	assert.equal(received.filter(({method}) => method === 'POST').length, 1);
});

test('an old token of Linode is deleted, and is deleted already the second time', async context => {
	const cloud = cloudNow();
	const {call} = await askCloud(context, cloud);
	const {fields} = await linodeKeys.make(call(), mark, undefined);
	const fresh = replaced(cloud.data, fields);
	for (let times = 0; times < 2; times++) await linodeKeys.remove(call(fresh), '1');
	assert.ok(!cloud.opens(cloud.data) && cloud.opens(fresh));
	await assert.rejects(linodeKeys.keys(call(cloud.data)), refuses('unsigned'));
});

test('a token that Linode says it does not have and lists is not taken for deleted', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	answer(({method}) => (method === 'DELETE' ? {status: 404, body: {errors: [{reason: 'Not found'}]}} : undefined));
	await assert.rejects(linodeKeys.remove(call(), '1'), refuses('other', /lists it/));
});

test('what Linode refuses, row by row', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const rows = [
		[401, 'Invalid Token', 'unsigned'],
		[401, 'Your OAuth token is not authorized to use this endpoint.', 'denied'],
		[403, 'Unauthorized', 'denied'],
		[400, 'Label must be 1-100 characters', 'other'],
	] as const;
	for (const [status, reason, kind] of rows) {
		answer(({method}) => (method === 'GET' ? undefined : {status, body: {errors: [{reason}]}}));
		await assert.rejects(linodeKeys.make(call(), mark, undefined), refuses(kind), reason);
		await assert.rejects(linodeKeys.remove(call(), '1'), refuses(kind), reason);
	}
	answer(() => ({status: 401, body: {errors: [{reason: 'Your OAuth token is not authorized to use this endpoint.'}]}}));
	await assert.rejects(linodeKeys.keys(call()), refuses('denied', /account:read_write/));
});

test('the token of another user of Linode is not replaced by this one', async context => {
	const cloud = cloudNow();
	const {call} = await askCloud(context, cloud);
	const theirs = {token: '0'.repeat(64)};
	await assert.rejects(linodeKeys.make(call(theirs, cloud.data, true), mark, undefined), refuses('other', /no such/));
	assert.equal(cloud.keys().length, 1);
});

test('another user of Linode is not shown a token that still opens, and is shown no token that is dead', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const theirs = {token: '0'.repeat(64)};
	const dead = await linodeKeys.keys(call(theirs, cloud.data, true));
	assert.deepEqual(
		dead.map(({isOwn}) => isOwn),
		[false],
	);
	for (const reason of ['', 'Your OAuth token is not authorized to use this endpoint.']) {
		const reply =
			reason === '' ? {status: 200, body: {data: [], page: 1, pages: 1}} : {status: 401, body: {errors: [{reason}]}};
		answer(({headers}) => (headers.authorization === `Bearer ${theirs.token}` ? reply : undefined));
		await assert.rejects(linodeKeys.keys(call(theirs, cloud.data, true)), refuses('other', /another user/));
	}
});

test('what another user of Linode does not have is not taken for deleted', async context => {
	const cloud = cloudNow();
	const {call} = await askCloud(context, cloud);
	const asAnother = call({token: '0'.repeat(64)}, cloud.data, true);
	await assert.rejects(linodeKeys.remove(asAnother, '77'), refuses('other', /not shown/));
	await linodeKeys.remove(call(cloud.data, cloud.data, true), '77');
});

test('nobody knows what Linode has done when the answer is lost', async context => {
	const asked = await askCloud(context, cloudNow());
	await assertLost(asked, 'GET', () => linodeKeys.keys(asked.call()));
	await assertLost(asked, 'POST', () => linodeKeys.make(asked.call(), mark, undefined));
	await assertLost(asked, 'DELETE', () => linodeKeys.remove(asked.call(), '1'));
});

test('no damaged answer of Linode makes a token gone, or one without a secret', () =>
	assertKeysDistrust(linodeKeys, linodeCloud));
