import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Unreachable} from '../../../source/domain/exchange.js';
import {valuesOf} from '../../../source/providers/data.js';
import {gceKeys} from '../../../source/providers/gce/keys.js';
import {gce} from '../../../source/providers/gce/schema.js';
import {gceProbe} from '../../../source/providers/gce/verify.js';
import {askedAt} from '../../helpers/asked.js';
import {gceCloud} from '../../helpers/clouds/gce.js';
import {
	assertDistrustsKeys,
	assertRefused,
	assertStrays,
	makeKey,
	renewed,
	visit,
} from '../../helpers/clouds/visited.js';
import {serviceAccountText} from '../../helpers/service-account.js';

const idOf = (number: number): string => String(number).padStart(40, '0');
const isIam = ({host}: {readonly host: string}) => host === 'iam.googleapis.com';
const isUpload = ({target}: {readonly target: string}) => target.endsWith('/keys:upload');
const failed = (status: number, code: string, type?: string) => ({
	status,
	body: {error: {code: status, status: code, message: 'no', ...(type && {details: [{violations: [{type}]}]})}},
});

test('the keys of a service account are listed, and its own is known', async context => {
	const {cloud, call} = await visit(context, gceCloud);
	cloud.addKey();
	const keys = await gceKeys.keys(call());
	assert.deepEqual(
		keys.map(({id, isOwn, isOff, created}) => [id, isOwn, isOff, created]),
		[
			[idOf(1), true, false, '2026-11-29T12:00:00Z'],
			[idOf(2), false, false, '2026-11-29T12:00:00Z'],
		],
	);
});

test('a key of Google Cloud is made here, and a certificate of its public half sent', async context => {
	const {cloud, call, received} = await visit(context, gceCloud);
	const made = await makeKey(gceKeys, call());
	const data = renewed(cloud.data, made);
	assert.deepEqual([made.id, made.expires], [idOf(2), undefined]);
	assert.ok(cloud.opens(data) && cloud.opens(cloud.data));
	const [old, fresh] = [JSON.parse(cloud.data.serviceAccount ?? ''), JSON.parse(data.serviceAccount ?? '')];
	assert.deepEqual({...fresh, private_key: '', private_key_id: ''}, {...old, private_key: '', private_key_id: ''});
	assert.deepEqual(Object.keys(fresh), Object.keys(old));
	const oddity = gce.fields.find(({key}) => key === 'serviceAccount')?.oddity;
	assert.equal(
		oddity?.(data.serviceAccount ?? '', () => ''),
		undefined,
	);
	assert.ok(!JSON.stringify(received).includes('PRIVATE KEY'));
	const {of, ask, now} = call(data);
	const said = await gceProbe.verify(of, {ask, now, knows: async () => true});
	assert.deepEqual([said.is, said.who.key, said.expires], ['valid', idOf(2), undefined]);
});

test('a key that ends is replaced by one that lives as long', async context => {
	let moment = askedAt;
	const {cloud, call, meddle} = await visit(context, gceCloud, () => moment);
	const end = '2027-02-27T12:00:00Z';
	meddle(async (request, go) => {
		const reply = await go();
		if (!request.target.endsWith('?keyTypes=USER_MANAGED')) return reply;
		return {...reply, body: JSON.parse(JSON.stringify(reply.body).replace('9999-12-31T23:59:59Z', end))};
	});
	moment += 10 * 86_400_000;
	const made = await makeKey(gceKeys, call());
	assert.equal(made.expires, '2027-03-09T12:00:00Z');
	assert.ok(cloud.opens(renewed(cloud.data, made)));
});

test('a key of Google Cloud whose answer was lost is found when it is sent again', async context => {
	const {cloud, call, meddle} = await visit(context, gceCloud);
	const chosen = valuesOf((await gceKeys.choose?.(call().of, '0a1b2c3d', new Date())) ?? new Map());
	await makeKey(gceKeys, call());
	meddle(async (request, go) => {
		const reply = await go();
		return isUpload(request) ? {status: 502, body: ''} : reply;
	});
	await assert.rejects(gceKeys.make(call(), '0a1b2c3d', chosen), Unreachable);
	meddle(undefined);
	const made = await gceKeys.make(call(), '0a1b2c3d', chosen);
	assert.deepEqual([made.id, cloud.keys().length], [idOf(3), 3]);
	assert.ok(cloud.opens(renewed(cloud.data, made)));
});

test('an old key of Google Cloud is switched off and on, and deleted, each more than once', async context => {
	const {cloud, call} = await visit(context, gceCloud);
	const by = renewed(cloud.data, await makeKey(gceKeys, call()));
	const asNew = () => call(by);
	await gceKeys.disable?.(asNew(), idOf(1));
	await gceKeys.disable?.(asNew(), idOf(1));
	assert.ok(!cloud.opens(cloud.data));
	assert.equal((await gceKeys.keys(asNew()))[0]?.isOff, true);
	await assertRefused(gceKeys.keys(call()), 'unsigned');
	await gceKeys.enable?.(asNew(), idOf(1));
	await gceKeys.enable?.(asNew(), idOf(1));
	assert.ok(cloud.opens(cloud.data));
	await gceKeys.remove(asNew(), idOf(1));
	await gceKeys.remove(asNew(), idOf(1));
	await gceKeys.disable?.(asNew(), idOf(1));
	assert.deepEqual(
		cloud.keys().map(({id}) => id),
		[idOf(2)],
	);
	await assertRefused(gceKeys.enable?.(asNew(), idOf(1)) ?? Promise.resolve(), 'gone');
	await assertRefused(gceKeys.remove(asNew(), '../1'), 'other');
});

test('what Google refuses is told by its reason', async context => {
	const {cloud, call, meddle} = await visit(context, gceCloud);
	for (const [reply, kind, message] of [
		[failed(403, 'PERMISSION_DENIED'), 'denied', /roles\/iam\.serviceAccountKeyAdmin$/],
		[failed(400, 'FAILED_PRECONDITION', 'constraints/iam.disableServiceAccountKeyUpload'), 'denied', /organization/],
		[failed(400, 'FAILED_PRECONDITION'), 'full', /ten/],
		[failed(401, 'UNAUTHENTICATED'), 'unsigned', /^/],
		[failed(409, 'ALREADY_EXISTS'), 'taken', /^/],
		[failed(400, 'INVALID_ARGUMENT'), 'other', /INVALID_ARGUMENT/],
	] as const) {
		meddle((request, go) => (isUpload(request) ? reply : go()));
		await assertRefused(makeKey(gceKeys, call()), kind, message);
	}
	meddle(undefined);
	while (cloud.keys().length < 10) cloud.addKey();
	await assertRefused(makeKey(gceKeys, call()), 'full');
	await assertRefused(gceKeys.keys({...call(), now: new Date(askedAt - 3_600_000)}), 'unsigned');
	cloud.dropKey(idOf(1));
	await assertRefused(gceKeys.keys(call()), 'unsigned');
});

test("a key file that is not of Google's own cloud is not asked about", async context => {
	const {cloud, call, received} = await visit(context, gceCloud);
	assert.equal(gceKeys.cant(call().of), undefined);
	for (const [changes, why] of [
		[{token_uri: 'https://evil.example/token'}, /token_uri/],
		[{private_key_id: ''}, /private_key_id/],
		[{type: 'authorized_user'}, /service account/],
	] as const)
		assert.match(gceKeys.cant(call({serviceAccount: serviceAccountText(changes)}).of) ?? '', why);
	const by = {...cloud.data, serviceAccount: serviceAccountText({token_uri: 'https://evil.example/token'})};
	await assertRefused(gceKeys.keys(call(cloud.data, {by})), 'unsigned');
	assert.deepEqual(received, []);
});

test('nobody else is taken for Google', async context => {
	const visited = await visit(context, gceCloud);
	const {call} = visited;
	const chosen = valuesOf((await gceKeys.choose?.(call().of, '0a1b2c3d', new Date())) ?? new Map());
	await assertStrays(visited, isUpload, () => gceKeys.make(call(), '0a1b2c3d', chosen));
	for (const done of [gceKeys.disable, gceKeys.enable, gceKeys.remove])
		await assertStrays(
			visited,
			request => isIam(request) && request.method !== 'GET',
			async () => done?.(call(), idOf(1)),
			'empty',
		);
	await assertDistrustsKeys(gceKeys, gceCloud);
});
