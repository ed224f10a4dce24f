import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Unreachable} from '../../../source/domain/exchange.js';
import {valuesOf} from '../../../source/providers/data.js';
import {ibmKeys} from '../../../source/providers/ibm/keys.js';
import {ibm} from '../../../source/providers/ibm/schema.js';
import {ibmProbe} from '../../../source/providers/ibm/verify.js';
import {ibmCloud} from '../../helpers/clouds/ibm.js';
import {
	assertDistrustsKeys,
	assertRefused,
	assertStrays,
	makeKey,
	renewed,
	visit,
} from '../../helpers/clouds/visited.js';

test('the keys of a service ID of IBM Cloud are listed page by page, and its own is known', async context => {
	const {cloud, call, received} = await visit(context, ibmCloud);
	for (let count = 0; count < 6; count++) cloud.addKey();
	const keys = await ibmKeys.keys(call());
	assert.deepEqual(keys.map(({id, label, isOwn, lastUsed}) => [id, label, isOwn, lastUsed]).slice(0, 2), [
		['ApiKey-1', 'deployer', true, '2026-11-29T12:00:00Z'],
		['ApiKey-2', 'by hand', false, 'never'],
	]);
	assert.equal(keys.length, 7);
	assert.equal(keys[0]?.created, '2026-11-29T12:00:00Z');
	assert.equal(received.filter(({target}) => target.includes('pagesize')).length, 3);
});

test('a new key of IBM Cloud is of the same identity, ends as late, and carries the mark', async context => {
	const {cloud, call, received} = await visit(context, ibmCloud);
	const made = await makeKey(ibmKeys, call());
	const data = renewed(cloud.data, made);
	assert.equal(made.expires, '2027-02-27T12:00:00Z');
	assert.ok(cloud.opens(data) && cloud.opens(cloud.data));
	const [sent] = received.filter(({method, target}) => method === 'POST' && target === '/v1/apikeys');
	assert.deepEqual(JSON.parse(sent?.body ?? ''), {
		name: 'deployer pharmer-0a1b2c3d',
		description: 'for the cluster',
		action_when_leaked: 'disable',
		support_sessions: false,
		iam_id: 'iam-ServiceId-0a1b2c3d',
		account_id: '0a1b2c',
		apikey: data.apiKey,
		expires_at: '2027-02-27T12:00+0000',
	});
	assert.equal(
		ibm.fields.find(({key}) => key === 'apiKey')?.oddity?.(data.apiKey ?? '', () => ''),
		undefined,
	);
	const {of, ask, now} = call(data);
	assert.equal((await ibmProbe.verify(of, {ask, now, knows: async () => true})).is, 'valid');
	const again = await makeKey(ibmKeys, call(data), '4e5f6071');
	const keys = await ibmKeys.keys(call(data));
	assert.equal(keys.find(({id}) => id === again.id)?.label, 'deployer pharmer-4e5f6071');
});

test('a key of IBM Cloud whose answer was lost is found when it is sent again', async context => {
	const {cloud, call, meddle} = await visit(context, ibmCloud);
	const chosen = valuesOf((await ibmKeys.choose?.(call().of, '0a1b2c3d', new Date())) ?? new Map());
	meddle(async ({target}, go) => {
		const reply = await go();
		return target === '/v1/apikeys' ? {status: 504, body: ''} : reply;
	});
	await assert.rejects(ibmKeys.make(call(), '0a1b2c3d', chosen), Unreachable);
	meddle(undefined);
	const {id, expires} = await ibmKeys.make(call(), '0a1b2c3d', chosen);
	assert.deepEqual([id, expires, cloud.keys().length], ['ApiKey-2', '2027-02-27T12:00:00Z', 2]);
});

test('an old key of IBM Cloud is switched off and on, and deleted, each more than once', async context => {
	const {cloud, call} = await visit(context, ibmCloud);
	const by = renewed(cloud.data, await makeKey(ibmKeys, call()));
	const asNew = () => call(by);
	await ibmKeys.disable?.(asNew(), 'ApiKey-1');
	await ibmKeys.disable?.(asNew(), 'ApiKey-1');
	assert.ok(!cloud.opens(cloud.data));
	assert.equal((await ibmKeys.keys(asNew()))[0]?.isOff, true);
	await assertRefused(ibmKeys.keys(call()), 'unsigned');
	await ibmKeys.enable?.(asNew(), 'ApiKey-1');
	assert.ok(cloud.opens(cloud.data));
	await ibmKeys.remove(asNew(), 'ApiKey-1');
	await ibmKeys.remove(asNew(), 'ApiKey-1');
	await ibmKeys.disable?.(asNew(), 'ApiKey-1');
	assert.deepEqual(
		cloud.keys().map(({id}) => id),
		['ApiKey-2'],
	);
	await assertRefused(ibmKeys.enable?.(asNew(), 'ApiKey-1') ?? Promise.resolve(), 'gone');
	await assertRefused(ibmKeys.remove(asNew(), '../serviceids/1'), 'other');
});

test('what IBM Cloud refuses is told by its reason', async context => {
	const {cloud, call, meddle} = await visit(context, ibmCloud);
	while (cloud.keys().length < 20) cloud.addKey();
	await assertRefused(makeKey(ibmKeys, call()), 'full');
	assert.equal(cloud.keys().length, 20);
	const errors = [{code: 'insufficent_permissions', message_code: 'BXNIM0513E', message: 'no'}];
	meddle(({target}, go) => (target.startsWith('/v1/apikeys?') ? {status: 403, body: {errors}} : go()));
	await assertRefused(ibmKeys.keys(call()), 'denied', /Operator on the IAM Identity Service/);
	meddle(async ({target}, go) => {
		const reply = await go();
		if (!target.startsWith('/v1/apikeys/details') || reply.status !== 200) return reply;
		return {...reply, body: {...Object(reply.body), locked: true}};
	});
	await assertRefused(makeKey(ibmKeys, call()), 'other', /is locked/);
	assert.equal(cloud.keys().length, 20);
});

test('a key of classic infrastructure can not be replaced, nor replace one', async context => {
	const {cloud, call, received} = await visit(context, ibmCloud);
	const classic = {...cloud.data, username: '1234567_ops@example.com'};
	assert.match(ibmKeys.cant(call(classic).of) ?? '', /only that one$/);
	assert.equal(ibmKeys.cant(call({...cloud.data, username: 'apikey'}).of), undefined);
	assert.match(ibmKeys.cant(call({apiKey: ''}).of) ?? '', /no API key$/);
	await assertRefused(ibmKeys.keys(call(cloud.data, {by: classic})), 'unsigned');
	assert.deepEqual(received, []);
});

test('nobody else is taken for IBM Cloud', async context => {
	const visited = await visit(context, ibmCloud);
	const {call} = visited;
	await assertStrays(
		visited,
		({method, target}) => method === 'POST' && target === '/v1/apikeys',
		() => makeKey(ibmKeys, call()),
	);
	for (const done of [ibmKeys.remove, ibmKeys.disable, ibmKeys.enable])
		await assertStrays(
			visited,
			({target}) => target.startsWith('/v1/apikeys/ApiKey-1'),
			async () => done?.(call(), 'ApiKey-1'),
		);
	await assertDistrustsKeys(ibmKeys, ibmCloud);
});
