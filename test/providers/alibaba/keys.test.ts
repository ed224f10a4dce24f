import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alibabaKeys} from '../../../source/providers/alibaba/keys.js';
import {askedAt} from '../../helpers/asked.js';
import {alibabaCloud} from '../../helpers/clouds/alibaba.js';
import {
	askCloud,
	assertKeysDistrust,
	assertLost,
	isUnreachable,
	mark,
	refuses,
	replaced,
} from '../../helpers/key-call.js';

const cloudNow = () => alibabaCloud(() => askedAt);
const {keys, make, remove, disable = assert.fail, enable = assert.fail} = alibabaKeys;

test('a key of Alibaba Cloud is replaced, switched off, on and deleted', async context => {
	const cloud = cloudNow();
	const {call, received, verdict} = await askCloud(context, cloud);
	const old = cloud.data.accessKeyID;
	const {id, fields} = await make(call(), mark, undefined);
	const fresh = replaced(cloud.data, fields);
	assert.deepEqual([fresh.accessKeyID, cloud.opens(fresh), await verdict(fresh)], [id, true, 'valid']);
	assert.deepEqual(await keys(call(fresh)), [
		{id: old, created: '2026-11-29T12:00:00Z', lastUsed: '2026-11-29T12:00:00Z', isOff: false, isOwn: false},
		{id, created: '2026-11-29T12:00:00Z', lastUsed: '2026-11-29T12:00:00Z', isOff: false, isOwn: true},
	]);
	await disable(call(fresh), old);
	assert.ok(!cloud.opens(cloud.data));
	assert.equal((await keys(call(fresh))).find(key => key.id === old)?.isOff, true);
	await enable(call(fresh), old);
	assert.ok(cloud.opens(cloud.data));
	await remove(call(fresh), old);
	assert.deepEqual(
		cloud.keys().map(key => key.id),
		[id],
	);
	assert.ok(received.every(({target}) => !target.includes('UserPrincipalName')));
});

test('a key of Alibaba Cloud that nobody has used says so, and one that may not be asked about says nothing', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const id = cloud.addKey();
	const lastUseOf = async () => (await keys(call())).find(key => key.id === id)?.lastUsed;
	assert.equal(await lastUseOf(), 'never');
	const isAboutUse = (action: unknown): boolean => action === 'GetAccessKeyLastUsed';
	answer(({headers}) =>
		isAboutUse(headers['x-acs-action']) ? {status: 403, body: {RequestId: '1', Code: 'NoPermission'}} : undefined,
	);
	assert.equal(await lastUseOf(), undefined);
});

test('what is gone at Alibaba Cloud is deleted and switched off, and can not be switched on', async context => {
	const cloud = cloudNow();
	const {call} = await askCloud(context, cloud);
	const id = cloud.addKey();
	cloud.dropKey(id);
	await remove(call(), id);
	await disable(call(), id);
	await assert.rejects(enable(call(), id), refuses('gone'));
});

test('another credential of Alibaba Cloud says whose keys are meant', async context => {
	const cloud = cloudNow();
	const {call} = await askCloud(context, cloud);
	const byOwner = call(cloud.data, cloud.owner, true);
	const {id} = await make(byOwner, mark, undefined);
	assert.deepEqual(
		(await keys(byOwner)).map(key => key.id),
		[cloud.data.accessKeyID, id],
	);
	await disable(byOwner, id);
	await remove(byOwner, id);
	await remove(byOwner, id);
	assert.equal(cloud.keys().length, 1);
	assert.ok(cloud.opens(cloud.owner));
	await assert.rejects(keys(call(cloud.owner, cloud.data, true)), refuses('denied', /that needs ram:GetUser$/));
});

test('what Alibaba Cloud refuses, row by row', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	await assert.rejects(keys(call({...cloud.data, accessKeySecret: 'wrong'})), refuses('unsigned'));
	await assert.rejects(keys(call({...cloud.data, accessKeyID: 'LTAI5tNobodyNobody'})), refuses('unsigned'));
	const other = cloud.addKey();
	await assert.rejects(make(call(), mark, undefined), refuses('full'));
	await disable(call(), other);
	await assert.rejects(make(call(), mark, undefined), refuses('full'), 'one that is off counts');
	const rows = [
		[400, 'Throttling.User', 'later'],
		[403, 'Forbidden.RAM', 'denied'],
		[400, 'InvalidTimeStamp.Expired', 'other'],
		[403, 'InvalidSecurityToken.Expired', 'unsigned'],
		[400, 'SomethingNew', 'other'],
	] as const;
	for (const [status, Code, kind] of rows) {
		answer(() => ({status, body: {RequestId: '1', Code, Message: 'no'}}));
		await assert.rejects(make(call(), mark, undefined), refuses(kind), Code);
		await assert.rejects(remove(call(), other), refuses(kind), Code);
	}
});

test('a key of Alibaba Cloud is made by one request, and nobody knows it without its id and secret', async context => {
	const {call, answer, received} = await askCloud(context, cloudNow());
	const whole = {AccessKeyId: 'LTAI5tInventedInvented', AccessKeySecret: 'InventedInvented'};
	for (const AccessKey of [{...whole, AccessKeySecret: ''}, {...whole, AccessKeyId: '../x'}, {}, null]) {
		answer(() => ({status: 200, body: {RequestId: '1', AccessKey}}));
		await assert.rejects(make(call(), mark, undefined), isUnreachable);
	}
	const count = received.length;
	answer(() => ({status: 503, body: {Code: 'ServiceUnavailable'}}));
	await assert.rejects(make(call(), mark, undefined), isUnreachable);
	assert.equal(received.length, count + 1);
});

test('nobody knows what Alibaba Cloud has done when the answer is lost', async context => {
	const asked = await askCloud(context, cloudNow());
	const id = 'LTAI5tInventedInvented';
	const works = [
		() => keys(asked.call()),
		() => make(asked.call(), mark, undefined),
		() => disable(asked.call(), id),
		() => remove(asked.call(), id),
	];
	for (const work of works) await assertLost(asked, 'POST', work);
});

test('a session of Alibaba Cloud is not replaced', () => {
	const {data} = cloudNow();
	const of = (fields: Readonly<Record<string, string>>) => alibabaKeys.cant(key => fields[key] ?? '');
	assert.equal(of(data), undefined);
	assert.match(of({...data, securityToken: 'x'}) ?? '', /a session/);
	assert.match(of({accessKeyID: 'STS.x', accessKeySecret: 'y'}) ?? '', /a session/);
	assert.match(of({accessKeyID: 'LTAI5t'}) ?? '', /no key id and secret/);
});

test('no damaged answer of Alibaba Cloud makes a key gone, or one without a secret', () =>
	assertKeysDistrust(alibabaKeys, alibabaCloud));
