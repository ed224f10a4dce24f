import assert from 'node:assert/strict';
import {test} from 'node:test';
import {scalewayKeys} from '../../../source/providers/scaleway/keys.js';
import {askedAt} from '../../helpers/asked.js';
import {scalewayCloud, scalewayStrictCloud, scalewayUserCloud} from '../../helpers/clouds/scaleway.js';
import {
	askCloud,
	assertKeysDistrust,
	assertLost,
	isUnreachable,
	mark,
	refuses,
	replaced,
} from '../../helpers/key-call.js';

const cloudNow = () => scalewayCloud(() => askedAt);

for (const [kind, make] of Object.entries({application: scalewayCloud, user: scalewayUserCloud})) {
	test(`an API key of Scaleway is replaced by one of the same ${kind}, and deleted`, async context => {
		const cloud = make(() => askedAt);
		const other = cloud.addKey();
		const {call, received, verdict} = await askCloud(context, cloud);
		const {accessKey: oldId = '', project} = cloud.data;
		assert.deepEqual(await scalewayKeys.keys(call()), [
			{id: oldId, label: 'deploy', created: '2026-11-29T12:00:00Z', isOwn: true},
			{id: other, label: 'console', created: '2026-11-29T12:00:00Z', isOwn: false},
		]);
		const {id, fields, expires} = await scalewayKeys.make(call(), mark, undefined);
		assert.equal(expires, '2027-01-28T12:00:00Z');
		const {description, expires_at, default_project_id, ...bearer} = JSON.parse(received.at(-1)?.body ?? '');
		assert.deepEqual([description, expires_at, default_project_id], [`deploy pharmer-${mark}`, expires, project]);
		assert.deepEqual(Object.keys(bearer), [`${kind}_id`]);
		const fresh = replaced(cloud.data, fields);
		assert.equal(fresh.accessKey, id);
		assert.equal(await verdict(fresh), 'valid');
		assert.ok(cloud.opens(cloud.data));
		for (let times = 0; times < 2; times++) await scalewayKeys.remove(call(fresh), oldId);
		assert.ok(!cloud.opens(cloud.data) && cloud.opens(fresh));
		const left = await scalewayKeys.keys(call(fresh));
		assert.deepEqual(
			left.map(key => [key.id, key.isOwn]),
			[
				[other, false],
				[id, true],
			],
		);
		await assert.rejects(scalewayKeys.keys(call(cloud.data)), refuses('unsigned'));
	});
}

test('an organization that wants keys to end sooner gets none, and says why', async context => {
	const cloud = scalewayStrictCloud(() => askedAt);
	const {call} = await askCloud(context, cloud);
	await assert.rejects(scalewayKeys.make(call(), mark, undefined), refuses('other', /organization/));
	assert.equal(cloud.keys().length, 1);
});

test('a long list of API keys is read to its end', async context => {
	const cloud = cloudNow();
	for (let count = 0; count < 101; count++) cloud.addKey();
	const {call, received} = await askCloud(context, cloud);
	assert.equal((await scalewayKeys.keys(call())).length, 102);
	assert.equal(received.length, 3);
});

test('an API key whose bearer or end is not told is not replaced', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const own = {access_key: cloud.data.accessKey, application_id: '0b1d2f3a-1111-4222-8333-444455556666'};
	for (const damage of [{application_id: null}, {expires_at: 'soon'}, {access_key: 'SCWAAAAAAAAAAAAAAAAA'}]) {
		answer(({method}) => (method === 'GET' ? {status: 200, body: {...own, ...damage}} : undefined));
		await assert.rejects(scalewayKeys.make(call(), mark, undefined), isUnreachable, JSON.stringify(damage));
	}
	assert.equal(cloud.keys().length, 1);
});

test('what Scaleway refuses, row by row', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const rows = [
		[401, {type: 'denied_authentication', method: 'api_key', reason: 'expired'}, 'unsigned'],
		[403, {type: 'permissions_denied', details: [{resource: 'api_key', action: 'write'}]}, 'denied'],
		[403, {type: 'quotas_exceeded', details: []}, 'full'],
		[409, {type: 'transient_state'}, 'later'],
		[400, {type: 'invalid_arguments', details: [{argument_name: 'description'}]}, 'other'],
		[412, {type: 'precondition_failed'}, 'other'],
	] as const;
	for (const [status, body, kind] of rows) {
		answer(({method}) => (method === 'GET' ? undefined : {status, body}));
		await assert.rejects(scalewayKeys.make(call(), mark, undefined), refuses(kind), body.type);
		await assert.rejects(scalewayKeys.remove(call(), cloud.data.accessKey ?? ''), refuses(kind), body.type);
	}
	answer(({method}) => (method === 'DELETE' ? {status: 404, body: {type: 'not_found'}} : undefined));
	await assert.rejects(scalewayKeys.remove(call(), cloud.data.accessKey ?? ''), refuses('other', /lists it/));
});

test('a secret key of Scaleway without its access key says what it lacks', () => {
	const why = (data: Readonly<Record<string, string>>) => scalewayKeys.cant(key => data[key] ?? '');
	assert.match(why({token: 'x'}) ?? '', /access key/);
	assert.match(why({}) ?? '', /secret key/);
	assert.equal(why({token: 'x', accessKey: 'SCWAAAAAAAAAAAAAAAAA'}), undefined);
});

test('what the key of another organization does not find is not taken for deleted', async context => {
	const cloud = cloudNow();
	const asked = await askCloud(context, cloud);
	const {call} = asked;
	const elsewhere = {accessKey: 'SCWAAAAAAAAAAAAAAAAA', token: 'x'};
	await assert.rejects(scalewayKeys.keys(call(elsewhere, cloud.data, true)), refuses('gone'));
	const {answer} = asked;
	answer(({headers}) =>
		headers['x-auth-token'] === 'x' ? {status: 403, body: {type: 'permissions_denied', details: []}} : undefined,
	);
	await assert.rejects(scalewayKeys.keys(call(elsewhere, cloud.data, true)), refuses('other', /another user/));
	answer(undefined);
	await assert.rejects(
		scalewayKeys.remove(call(elsewhere, cloud.data, true), elsewhere.accessKey),
		refuses('other', /not shown/),
	);
});

test('nobody knows what Scaleway has done when the answer is lost', async context => {
	const cloud = cloudNow();
	const asked = await askCloud(context, cloud);
	await assertLost(asked, 'GET', () => scalewayKeys.keys(asked.call()));
	await assertLost(asked, 'POST', () => scalewayKeys.make(asked.call(), mark, undefined));
	await assertLost(asked, 'DELETE', () => scalewayKeys.remove(asked.call(), cloud.data.accessKey ?? ''));
});

test('no damaged answer of Scaleway makes an API key gone, or one without a secret', () =>
	assertKeysDistrust(scalewayKeys, scalewayCloud));
