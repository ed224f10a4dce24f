import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alibabaKeys} from '../../../source/providers/alibaba/keys.js';
import {askedAt, askOne, credentialOf} from '../../helpers/asked.js';
import {askingOf, assertDistrustsKeys, inClear, refusedBy} from '../../helpers/asked-service.js';
import {alibabaCloud} from '../../helpers/clouds/alibaba.js';

const cloudAt = () => alibabaCloud(() => askedAt);

test('a key of Alibaba Cloud is replaced, switched off, on and deleted', async context => {
	const cloud = cloudAt();
	const {call, received} = await askingOf(context, cloud, askedAt);
	const old = cloud.data.accessKeyID;
	const {id, fields} = await alibabaKeys.make(call(cloud.data), 'mark1234', undefined);
	const fresh = inClear(fields);
	assert.deepEqual([fresh.accessKeyID, cloud.opens(fresh)], [id, true]);
	assert.deepEqual(await alibabaKeys.keys(call(cloud.data)), [
		{id: old, created: '2026-11-29T12:00:00Z', lastUsed: '2026-11-29T12:00:00Z', isOff: false, isOwn: true},
		{id, created: '2026-11-29T12:00:00Z', lastUsed: 'never', isOff: false, isOwn: false},
	]);
	const signed = call(fresh);
	await alibabaKeys.disable?.(signed, old);
	assert.equal(cloud.opens(cloud.data), false);
	assert.equal((await alibabaKeys.keys(signed)).find(key => key.id === old)?.isOff, true);
	await alibabaKeys.enable?.(signed, old);
	assert.equal(cloud.opens(cloud.data), true);
	await alibabaKeys.remove(signed, old);
	assert.deepEqual(
		cloud.keys().map(key => key.id),
		[id],
	);
	assert.ok(received.every(({target}) => !target.includes('UserPrincipalName')));
	const {said} = await askOne(context, credentialOf('alibaba', fresh), cloud.handlers);
	assert.equal(said.is, 'valid');
});

test('what is gone at Alibaba Cloud is deleted and switched off, and can not be switched on', async context => {
	const cloud = cloudAt();
	const {call} = await askingOf(context, cloud, askedAt);
	const id = cloud.addKey();
	cloud.dropKey(id);
	await alibabaKeys.remove(call(cloud.data), id);
	await alibabaKeys.disable?.(call(cloud.data), id);
	assert.equal(await refusedBy(Promise.resolve(alibabaKeys.enable?.(call(cloud.data), id))), 'gone');
});

test('another credential of Alibaba Cloud says whose keys are meant', async context => {
	const cloud = cloudAt();
	const {call} = await askingOf(context, cloud, askedAt);
	const byOwner = call(cloud.data, cloud.owner);
	const {id} = await alibabaKeys.make(byOwner, 'mark1234', undefined);
	assert.deepEqual(
		(await alibabaKeys.keys(byOwner)).map(key => key.id),
		[cloud.data.accessKeyID, id],
	);
	await alibabaKeys.disable?.(byOwner, id);
	await alibabaKeys.remove(byOwner, id);
	assert.equal(cloud.keys().length, 1);
	assert.equal(cloud.opens(cloud.owner), true);
	// Once a key is gone, nobody can tell whose it was: it is deleted.
	await alibabaKeys.remove(byOwner, cloud.data.accessKeyID);
	await alibabaKeys.remove(byOwner, cloud.data.accessKeyID);
	assert.deepEqual(cloud.keys(), []);
});

test('what Alibaba Cloud refuses', async context => {
	const cloud = cloudAt();
	const {call} = await askingOf(context, cloud, askedAt);
	const {make, keys} = alibabaKeys;
	assert.equal(await refusedBy(keys(call(cloud.owner, cloud.data))), 'denied');
	await assert.rejects(keys(call(cloud.owner, cloud.data)), /it may not: that needs ram:GetUser/);
	assert.equal(await refusedBy(keys(call({...cloud.data, accessKeySecret: 'wrong'}))), 'unsigned');
	assert.equal(await refusedBy(keys(call({...cloud.data, accessKeyID: 'LTAI5tNobodyNobody'}))), 'unsigned');
	const other = cloud.addKey();
	assert.equal(await refusedBy(make(call(cloud.data), 'mark1234', undefined)), 'full');
	await alibabaKeys.disable?.(call(cloud.data), other);
	assert.equal(await refusedBy(make(call(cloud.data), 'mark1234', undefined)), 'full');
});

test('a key of Alibaba Cloud is made by one request, whatever the answer', async context => {
	const answers = [
		[{status: 503, body: {Code: 'ServiceUnavailable'}}, 'unreachable'],
		[{status: 429, body: {Code: 'Throttling.User'}}, 'unreachable'],
		[{status: 400, body: {Code: 'Throttling.User'}}, 'later'],
		[{status: 400, body: {Code: 'SomethingNew'}}, 'other'],
		[{status: 302, body: '', headers: {location: 'https://portal'}}, 'unreachable'],
		[{status: 200, body: '<html>Sign in</html>'}, 'unreachable'],
		[{status: 200, body: {RequestId: '1', AccessKey: {AccessKeyId: 'LTAI5tInvented'}}}, 'unreachable'],
		[{status: 200, body: {RequestId: '1', AccessKey: {AccessKeySecret: 'Invented'}}}, 'unreachable'],
		[{status: 200, body: {RequestId: '1', AccessKey: {AccessKeyId: '../x', AccessKeySecret: 'I'}}}, 'unreachable'],
		[{status: 404, body: '<html>EntityNotExist.User.AccessKey</html>'}, 'unreachable'],
		[{status: 403, body: {Code: 'Forbidden.RAM'}}, 'denied'],
	] as const;
	for (const [reply, kind] of answers) {
		const cloud = {...cloudAt(), handlers: {'ims.aliyuncs.com': () => reply}};
		const {call, received} = await askingOf(context, cloud, askedAt);
		assert.equal(await refusedBy(alibabaKeys.make(call(cloud.data), 'mark1234', undefined)), kind);
		assert.equal(received.length, 1);
	}
});

test('a session of Alibaba Cloud is not replaced', () => {
	const of = (data: Readonly<Record<string, string>>) => alibabaKeys.cant(key => data[key] ?? '');
	assert.equal(of(cloudAt().data), undefined);
	assert.match(of({...cloudAt().data, securityToken: 'x'}) ?? '', /a session/);
	assert.match(of({accessKeyID: 'STS.x', accessKeySecret: 'y'}) ?? '', /a session/);
	assert.match(of({accessKeyID: 'LTAI5t'}) ?? '', /no key id and secret/);
});

test('no damaged answer of Alibaba Cloud is taken for a key, or for one that is gone', () =>
	assertDistrustsKeys({
		service: alibabaKeys,
		cloudAt,
		idOf: data => data.accessKeyID ?? '',
		gone: /EntityNotExist/,
	}));
