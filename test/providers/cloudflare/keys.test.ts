import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cloudflareKeys} from '../../../source/providers/cloudflare/keys.js';
import {askedAt} from '../../helpers/asked.js';
import {
	cloudflareAccountCloud,
	cloudflareCloud,
	cloudflareOlderCloud,
	tokensEdit,
} from '../../helpers/clouds/cloudflare.js';
import {
	askCloud,
	assertKeysDistrust,
	assertLost,
	isUnreachable,
	mark,
	refuses,
	replaced,
} from '../../helpers/key-call.js';

const kinds = {cloudflareCloud, cloudflareAccountCloud, cloudflareOlderCloud};
const {disable, enable} = cloudflareKeys;
assert.ok(disable !== undefined && enable !== undefined);

for (const [kind, make] of Object.entries(kinds)) {
	test(`a token of Cloudflare is replaced, switched off and on, and deleted (${kind})`, async context => {
		const cloud = make(() => askedAt);
		const other = cloud.addKey();
		const {call, received, verdict} = await askCloud(context, cloud);
		const before = await cloudflareKeys.keys(call());
		const [own] = cloud.keys();
		assert.deepEqual(
			before.map(({id, label, isOwn, isOff}) => [id, label, isOwn, isOff]),
			[
				[own?.id, 'dns', true, false],
				[other, 'console', false, false],
			],
		);
		const {id, fields, expires} = await cloudflareKeys.make(call(), mark, undefined);
		assert.equal(expires, '2026-12-29T12:00:00Z');
		assert.deepEqual(JSON.parse(received.at(-1)?.body ?? ''), {
			name: `dns pharmer-${mark}`,
			policies: [
				{
					effect: 'allow',
					permission_groups: [{id: '4755a26eedb94da69e1066d98aa820be'}, {id: tokensEdit}],
					resources: {'com.cloudflare.api.account.zone.*': '*'},
				},
			],
			condition: {request_ip: {in: ['203.0.113.0/24', '127.0.0.1/32']}},
			expires_on: '2026-12-29T12:00:00Z',
		});
		const fresh = replaced(cloud.data, fields);
		assert.equal(await verdict(fresh), 'valid');
		assert.equal((await cloudflareKeys.keys(call(fresh))).find(({isOwn}) => isOwn)?.id, id);

		const oldId = own?.id ?? '';
		for (let times = 0; times < 2; times++) await disable(call(fresh), oldId);
		assert.ok(!cloud.opens(cloud.data) && cloud.opens(fresh));
		assert.equal(await verdict(cloud.data), 'disabled');
		assert.equal((await cloudflareKeys.keys(call(fresh))).find(key => key.id === oldId)?.isOff, true);
		await enable(call(fresh), oldId);
		assert.equal(await verdict(cloud.data), 'valid');

		for (let times = 0; times < 2; times++) await cloudflareKeys.remove(call(fresh), oldId);
		assert.ok(!cloud.opens(cloud.data) && cloud.opens(fresh));
		await disable(call(fresh), oldId);
		await assert.rejects(enable(call(fresh), oldId), refuses('gone'));
	});
}

test('a long list of tokens is read to its end', async context => {
	const cloud = cloudflareCloud(() => askedAt);
	for (let count = 0; count < 50; count++) cloud.addKey();
	const {call, received} = await askCloud(context, cloud);
	assert.equal((await cloudflareKeys.keys(call())).length, 51);
	assert.equal(received.length, 3);
});

test('a token that is switched off by its successor stays what it was but for that', async context => {
	const cloud = cloudflareCloud(() => askedAt);
	const {call, received} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	await disable(call(), own?.id ?? '');
	const sent = JSON.parse(received.at(-1)?.body ?? '');
	assert.deepEqual(
		[sent.name, sent.status, sent.expires_on, sent.condition],
		['dns', 'disabled', '2026-12-29T12:00:00Z', {request_ip: {in: ['203.0.113.0/24', '127.0.0.1/32']}}],
	);
});

test('an empty condition of a token, which allows no address, is kept; rights that are not read make no token', async context => {
	const cloud = cloudflareCloud(() => askedAt);
	const {call, answer, received} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	const token = {id: own?.id, name: 'dns', policies: [], issued_on: '2026-01-01T00:00:00Z'};
	const withToken = (result: object): void =>
		answer(({target, method}) =>
			method === 'GET' && target.endsWith(own?.id ?? '') ? {status: 200, body: {success: true, result}} : undefined,
		);
	withToken({...token, condition: {request_ip: {}}});
	await cloudflareKeys.make(call(), mark, undefined);
	assert.deepEqual(JSON.parse(received.at(-1)?.body ?? ''), {
		name: `dns pharmer-${mark}`,
		policies: [],
		condition: {request_ip: {}},
	});
	const damages: readonly object[] = [
		{policies: undefined},
		{policies: [{effect: 'allow', permission_groups: [{}], resources: {}}]},
		{policies: [{effect: 'maybe', permission_groups: [], resources: {}}]},
		{condition: 'none'},
		{expires_on: 'never'},
	];
	const before = cloud.keys().length;
	for (const damage of damages) {
		withToken({...token, ...damage});
		await assert.rejects(cloudflareKeys.make(call(), mark, undefined), isUnreachable, JSON.stringify(damage));
	}
	assert.equal(cloud.keys().length, before);
});

test('what Cloudflare refuses, row by row', async context => {
	const cloud = cloudflareCloud(() => askedAt);
	const {call, answer} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	const rows = [
		[401, 1000, 'Invalid API Token', 'unsigned'],
		[400, 6003, 'Invalid request headers', 'unsigned'],
		[403, 9109, 'Invalid access token', 'unsigned'],
		[403, 9109, 'Cannot use the access token from location: 203.0.113.9', 'denied'],
		[403, 9109, 'Unauthorized to access requested resource', 'denied'],
		[403, 10_000, 'Authentication error', 'denied'],
		[400, 1002, 'There are too many tokens', 'other'],
	] as const;
	for (const [status, code, message, kind] of rows) {
		const reply = {status, body: {success: false, errors: [{code, message}], result: null}};
		answer(({method}) => (method === 'GET' ? undefined : reply));
		const hides = (error: unknown): boolean => refuses(kind)(error) && !String(error).includes('203.0.113.9');
		await assert.rejects(cloudflareKeys.make(call(), mark, undefined), hides, message);
		await assert.rejects(cloudflareKeys.remove(call(), own?.id ?? ''), hides, message);
	}
	answer(undefined);
	await assert.rejects(
		cloudflareKeys.make(call({apiToken: 'cfut_unknown'}, cloud.data, true), mark, undefined),
		refuses('other'),
	);
	assert.equal(cloud.keys().length, 1);
});

test('a token that Cloudflare says it does not have and lists is not taken for deleted', async context => {
	const cloud = cloudflareCloud(() => askedAt);
	const {call, answer} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	const reply = {status: 404, body: {success: false, errors: [{code: 7003, message: 'Could not route to that'}]}};
	answer(({method}) => (method === 'DELETE' ? reply : undefined));
	await assert.rejects(cloudflareKeys.remove(call(), own?.id ?? ''), refuses('other', /lists it/));
});

test('what another user of Cloudflare does not have is not taken for deleted or switched off', async context => {
	const cloud = cloudflareCloud(() => askedAt);
	const theirs = cloudflareOlderCloud(() => askedAt);
	const {call, answer} = await askCloud(context, cloud);
	const asAnother = call({apiToken: `cfut_${'0'.repeat(48)}`}, cloud.data, true);
	const id = theirs.keys()[0]?.id ?? '';
	await cloudflareKeys.remove(call(), id);
	// Whose tokens an unknown one is among can't be told, and so nothing is proved.
	assert.equal((await cloudflareKeys.keys(asAnother))[0]?.isOwn, undefined);
	for (const work of [cloudflareKeys.remove, disable, enable])
		await assert.rejects(work(asAnother, id), refuses('other', /not shown/));
	const verified = {status: 200, body: {success: true, result: {id: 'f'.repeat(32), status: 'active'}}};
	answer(({headers}) => (headers.authorization?.includes('cfut_0000') ? verified : undefined));
	await assert.rejects(cloudflareKeys.keys(asAnother), refuses('other', /another user/));
});

test('what is no token of Cloudflare, or lacks its account, says so', () => {
	const why = (data: Readonly<Record<string, string>>) => cloudflareKeys.cant(key => data[key] ?? '');
	assert.match(why({apiKey: 'f'.repeat(37), email: 'me@example.com'}) ?? '', /global API key/);
	assert.match(why({apiToken: `cfat_${'a'.repeat(48)}`}) ?? '', /account/);
	assert.match(why({}) ?? '', /no API token/);
	assert.equal(why({apiToken: 'a'.repeat(40)}), undefined);
});

test('nobody knows what Cloudflare has done when the answer is lost', async context => {
	const cloud = cloudflareCloud(() => askedAt);
	const asked = await askCloud(context, cloud);
	const [own] = cloud.keys();
	await assertLost(asked, 'GET', () => cloudflareKeys.keys(asked.call()));
	await assertLost(asked, 'POST', () => cloudflareKeys.make(asked.call(), mark, undefined));
	await assertLost(asked, 'PUT', () => disable(asked.call(), own?.id ?? ''));
	await assertLost(asked, 'DELETE', () => cloudflareKeys.remove(asked.call(), own?.id ?? ''));
});

test('no damaged answer of Cloudflare makes a token gone, or one without a secret', async () => {
	for (const make of Object.values(kinds)) await assertKeysDistrust(cloudflareKeys, make);
});
