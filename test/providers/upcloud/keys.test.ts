import assert from 'node:assert/strict';
import {test} from 'node:test';
import {upcloudKeys} from '../../../source/providers/upcloud/keys.js';
import {askedAt} from '../../helpers/asked.js';
import {upcloudCloud, upcloudPassword} from '../../helpers/clouds/upcloud.js';
import {
	askCloud,
	assertKeysDistrust,
	assertLost,
	isUnreachable,
	mark,
	refuses,
	replaced,
} from '../../helpers/key-call.js';

const cloudNow = () => upcloudCloud(() => askedAt);
const created = '2026-11-29T12:00:00Z';

test('the only token of UpCloud that signs is its own; of several, none is said to be', async context => {
	const cloud = cloudNow();
	const {call} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	const listed = {id: own?.id, label: 'deploy', created, lastUsed: created};
	assert.deepEqual(await upcloudKeys.keys(call()), [{...listed, isOwn: true}]);
	const other = cloud.addKey();
	assert.deepEqual(await upcloudKeys.keys(call()), [listed, {id: other, label: 'console', created, lastUsed: 'never'}]);
});

test('a token of UpCloud is replaced by one with its rights and length of life, and deleted', async context => {
	const cloud = cloudNow();
	const {call, received, verdict} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	const {id, fields, expires} = await upcloudKeys.make(call(), mark, undefined);
	assert.deepEqual(JSON.parse(received.at(-1)?.body ?? ''), {
		name: `deploy pharmer-${mark}`,
		expires_at: '2027-02-27T12:00:00Z',
		can_create_tokens: true,
		allowed_ip_ranges: ['127.0.0.0/8', '::/0'],
	});
	assert.equal(expires, '2027-02-27T12:00:00Z');
	const fresh = replaced(cloud.data, fields);
	assert.equal(await verdict(fresh), 'valid');
	assert.ok(cloud.opens(cloud.data));
	for (let times = 0; times < 2; times++) await upcloudKeys.remove(call(fresh), own?.id ?? '');
	assert.ok(!cloud.opens(cloud.data) && cloud.opens(fresh));
	assert.deepEqual(
		(await upcloudKeys.keys(call(fresh))).map(key => [key.id, key.label, key.isOwn]),
		[[id, `deploy pharmer-${mark}`, true]],
	);
	await assert.rejects(upcloudKeys.keys(call(cloud.data)), refuses('unsigned'));
});

test('where several tokens may be the one that is replaced, they have to have the same rights', async context => {
	const cloud = cloudNow();
	const other = cloud.addKey();
	const {call, answer, received} = await askCloud(context, cloud);
	const sent = () => JSON.parse(received.at(-1)?.body ?? '');
	await upcloudKeys.make(call(), mark, undefined);
	assert.deepEqual([sent().name, sent().expires_at], [`pharmer-${mark}`, '2026-12-29T12:00:00Z']);
	await upcloudKeys.make(call(cloud.data, cloud.data, false, other), mark, undefined);
	assert.deepEqual([sent().name, sent().expires_at], [`console pharmer-${mark}`, '2026-12-29T12:00:00Z']);
	const common = {created_at: created, expires_at: '2027-01-01T00:00:00Z', can_create_tokens: true};
	const body = [
		{...common, id: other, name: 'one', allowed_ip_ranges: ['10.0.0.0/8']},
		{...common, id: cloud.keys()[0]?.id, name: 'two', allowed_ip_ranges: ['0.0.0.0/0']},
	];
	answer(({method}) => (method === 'GET' ? {status: 200, body} : undefined));
	const before = cloud.keys().length;
	await assert.rejects(upcloudKeys.make(call(), mark, undefined), refuses('other', /which token/));
	assert.equal(cloud.keys().length, before);
	await upcloudKeys.make(call(cloud.data, cloud.data, false, other), mark, undefined);
	assert.deepEqual(sent().allowed_ip_ranges, ['10.0.0.0/8']);
});

test('a password of the same user may sign for a token, and that of another may not', async context => {
	const cloud = cloudNow();
	const {call} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	const {fields} = await upcloudKeys.make(call(cloud.data, upcloudPassword, true), mark, undefined);
	await upcloudKeys.remove(call(replaced(cloud.data, fields), upcloudPassword, true), own?.id ?? '');
	const stranger = {username: 'stranger', password: 'password'};
	const asStranger = call(replaced(cloud.data, fields), stranger, true);
	await assert.rejects(upcloudKeys.keys(asStranger), refuses('other', /another one may sign/));
	await assert.rejects(upcloudKeys.make(asStranger, mark, undefined), refuses('other', /another one may sign/));
	const [fresh] = cloud.keys();
	await assert.rejects(upcloudKeys.remove(asStranger, fresh?.id ?? ''), refuses('other', /another one may sign/));
});

test('a token of UpCloud that may not create tokens is not replaced by itself', async context => {
	const cloud = cloudNow();
	const {call, answer, received} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	const rights = {can_create_tokens: false, allowed_ip_ranges: ['::/0']};
	const body = [{...rights, id: own?.id, name: 'ci', created_at: created, expires_at: '2027-01-01T00:00:00Z'}];
	answer(({method}) => (method === 'GET' ? {status: 200, body} : undefined));
	await assert.rejects(upcloudKeys.make(call(), mark, undefined), refuses('denied', /create tokens/));
	assert.equal(received.filter(({method}) => method === 'POST').length, 0);
});

test('a token of UpCloud that is dead is listed for whoever signs, and not replaced by it', async context => {
	const cloud = cloudNow();
	const {call} = await askCloud(context, cloud);
	const dead = call({token: 'ucat_dead'}, upcloudPassword, true);
	assert.deepEqual(
		(await upcloudKeys.keys(dead)).map(({isOwn}) => isOwn),
		[undefined],
	);
	await assert.rejects(upcloudKeys.make(dead, mark, undefined), refuses('other', /another one may sign/));
});

test('a long list of tokens is read to its end', async context => {
	const cloud = cloudNow();
	for (let count = 0; count < 100; count++) cloud.addKey();
	const {call} = await askCloud(context, cloud);
	assert.equal((await upcloudKeys.keys(call())).length, 101);
});

test('a token whose rights or end are not told is not replaced', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	const whole = {
		id: own?.id,
		created_at: created,
		expires_at: created,
		can_create_tokens: true,
		allowed_ip_ranges: ['::/0'],
	};
	const damages = [{expires_at: null}, {can_create_tokens: 'yes'}, {allowed_ip_ranges: null}, {allowed_ip_ranges: [1]}];
	for (const damage of damages) {
		answer(({method}) => (method === 'GET' ? {status: 200, body: [{...whole, ...damage}]} : undefined));
		await assert.rejects(upcloudKeys.make(call(), mark, undefined), isUnreachable, JSON.stringify(damage));
	}
	assert.equal(cloud.keys().length, 1);
});

test('what UpCloud refuses, row by row, in both of its forms', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	const rows = [
		[401, 'AUTHENTICATION_FAILED', 'unsigned'],
		[403, 'ACTION_FORBIDDEN', 'denied'],
		[403, 'ACCOUNT_FORBIDDEN', 'denied'],
		[400, 'INVALID_REQUEST', 'other'],
	] as const;
	for (const [status, code, kind] of rows) {
		for (const body of [
			{error: {error_code: code}},
			{type: `https://developers.upcloud.com/1.3/errors#ERROR_${code}`},
		]) {
			answer(({method}) => (method === 'GET' ? undefined : {status, body}));
			await assert.rejects(upcloudKeys.make(call(), mark, undefined), refuses(kind), code);
			await assert.rejects(upcloudKeys.remove(call(), own?.id ?? ''), refuses(kind), code);
		}
	}
	answer(({method}) => (method === 'DELETE' ? {status: 404, body: {error: {error_code: 'NOT_FOUND'}}} : undefined));
	await assert.rejects(upcloudKeys.remove(call(), own?.id ?? ''), refuses('other', /lists it/));
});

test('a password of UpCloud is not replaced', () => {
	assert.match(upcloudKeys.cant(key => ({...upcloudPassword, token: ''})[key] ?? '') ?? '', /password/);
	assert.match(upcloudKeys.cant(() => '') ?? '', /no token/);
	assert.equal(
		upcloudKeys.cant(() => 'ucat_x'),
		undefined,
	);
});

test('nobody knows what UpCloud has done when the answer is lost', async context => {
	const cloud = cloudNow();
	const asked = await askCloud(context, cloud);
	const [own] = cloud.keys();
	await assertLost(asked, 'GET', () => upcloudKeys.keys(asked.call()));
	await assertLost(asked, 'POST', () => upcloudKeys.make(asked.call(), mark, undefined));
	await assertLost(asked, 'DELETE', () => upcloudKeys.remove(asked.call(), own?.id ?? ''));
});

test('no damaged answer of UpCloud makes a token gone, or one without a secret', () =>
	assertKeysDistrust(upcloudKeys, upcloudCloud));
