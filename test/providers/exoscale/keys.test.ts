import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exoscaleKeys} from '../../../source/providers/exoscale/keys.js';
import {askedAt} from '../../helpers/asked.js';
import {exoscaleCloud} from '../../helpers/clouds/exoscale.js';
import {
	askCloud,
	assertKeysDistrust,
	assertLost,
	isUnreachable,
	mark,
	refuses,
	replaced,
} from '../../helpers/key-call.js';

const cloudNow = () => exoscaleCloud(() => askedAt);

test('keys of Exoscale are those of the same role', async context => {
	const cloud = cloudNow();
	const other = cloud.addKey();
	const {call} = await askCloud(context, cloud);
	assert.deepEqual(await exoscaleKeys.keys(call()), [
		{id: cloud.data.apiKey, label: 'deploy', isOwn: true},
		{id: other, label: 'console', isOwn: false},
	]);
});

test('a key of Exoscale is replaced by one of its role, and deleted', async context => {
	const cloud = cloudNow();
	const {call, received, verdict} = await askCloud(context, cloud);
	const {apiKey: oldId = ''} = cloud.data;
	const {id, fields} = await exoscaleKeys.make(call(), mark, undefined);
	assert.deepEqual(JSON.parse(received.at(-1)?.body ?? ''), {
		name: `deploy pharmer-${mark}`,
		'role-id': '0b1d2f3a-1111-4222-8333-444455556666',
	});
	const fresh = replaced(cloud.data, fields);
	assert.equal(fresh.apiKey, id);
	assert.equal(await verdict(fresh), 'valid');
	assert.ok(cloud.opens(cloud.data));
	for (let times = 0; times < 2; times++) await exoscaleKeys.remove(call(fresh), oldId);
	assert.ok(!cloud.opens(cloud.data) && cloud.opens(fresh));
	assert.deepEqual(await exoscaleKeys.keys(call(fresh)), [{id, label: `deploy pharmer-${mark}`, isOwn: true}]);
	await assert.rejects(exoscaleKeys.keys(call(cloud.data)), refuses('unsigned'));
});

test('a key of Exoscale that has no role, or is not there, is not replaced', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const listed = (keys: readonly object[]) => answer(() => ({status: 200, body: {'api-keys': keys}}));
	listed([{key: cloud.data.apiKey, name: 'deploy'}]);
	await assert.rejects(exoscaleKeys.make(call(), mark, undefined), refuses('other', /no role/));
	listed([{key: 'EXOother', name: 'deploy', 'role-id': '0b1d2f3a-1111-4222-8333-444455556666'}]);
	await assert.rejects(exoscaleKeys.make(call(), mark, undefined), refuses('other', /no such key/));
	listed([{key: cloud.data.apiKey, name: 'deploy', 'role-id': '../organization'}]);
	await assert.rejects(exoscaleKeys.make(call(), mark, undefined), isUnreachable);
	assert.equal(cloud.keys().length, 1);
});

test('what Exoscale refuses, row by row', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const rows = [
		[403, {message: 'Invalid request signature'}, 'unsigned'],
		[403, {message: 'Forbidden by role policy for iam'}, 'denied'],
		[400, {type: '#/http-problem-types/bad-request', title: 'Bad Request', detail: 'no'}, 'other'],
	] as const;
	for (const [status, body, kind] of rows) {
		answer(({method}) => (method === 'GET' ? undefined : {status, body}));
		await assert.rejects(exoscaleKeys.make(call(), mark, undefined), refuses(kind));
		await assert.rejects(exoscaleKeys.remove(call(), cloud.data.apiKey ?? ''), refuses(kind));
	}
	answer(({method}) => (method === 'DELETE' ? {status: 404, body: {title: 'Not Found'}} : undefined));
	await assert.rejects(exoscaleKeys.remove(call(), cloud.data.apiKey ?? ''), refuses('other', /lists it/));
	answer(({method}) => (method === 'DELETE' ? {status: 200, body: {id: 'x', state: 'failure'}} : undefined));
	await assert.rejects(exoscaleKeys.remove(call(), cloud.data.apiKey ?? ''), refuses('other', /failed/));
});

test('what the key of another organization does not find is not taken for deleted', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const elsewhere = {apiKey: 'EXOelsewhere', apiSecret: 'x'};
	const asAnother = call(elsewhere, cloud.data, true);
	await assert.rejects(exoscaleKeys.remove(asAnother, elsewhere.apiKey), refuses('other', /not shown/));
	assert.equal(
		(await exoscaleKeys.keys(asAnother)).some(({isOwn}) => isOwn),
		false,
	);
	answer(({headers}) =>
		headers.authorization?.includes('EXOelsewhere')
			? {status: 403, body: {message: 'Forbidden by role policy for iam'}}
			: undefined,
	);
	await assert.rejects(exoscaleKeys.keys(asAnother), refuses('other', /another user/));
});

test('nobody knows what Exoscale has done when the answer is lost', async context => {
	const cloud = cloudNow();
	const asked = await askCloud(context, cloud);
	await assertLost(asked, 'GET', () => exoscaleKeys.keys(asked.call()));
	await assertLost(asked, 'POST', () => exoscaleKeys.make(asked.call(), mark, undefined));
	await assertLost(asked, 'DELETE', () => exoscaleKeys.remove(asked.call(), cloud.data.apiKey ?? ''));
	asked.answer(({method}) => (method === 'DELETE' ? {status: 200, body: {id: 'x', state: 'timeout'}} : undefined));
	await assert.rejects(exoscaleKeys.remove(asked.call(), cloud.data.apiKey ?? ''), isUnreachable);
});

test('no damaged answer of Exoscale makes a key gone, or one without a secret', () =>
	assertKeysDistrust(exoscaleKeys, exoscaleCloud));
