import assert from 'node:assert/strict';
import {test} from 'node:test';
import {vultrKeys} from '../../../source/providers/vultr/keys.js';
import {askedAt} from '../../helpers/asked.js';
import {vultrCloud, vultrShowingCloud} from '../../helpers/clouds/vultr.js';
import {askCloud, assertKeysDistrust, assertLost, mark, refuses, replaced} from '../../helpers/key-call.js';

const cloudNow = () => vultrCloud(() => askedAt);

test('keys of Vultr are listed without saying which is which, where nothing shows it', async context => {
	const cloud = cloudNow();
	const other = cloud.addKey();
	const {call} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	assert.deepEqual(await vultrKeys.keys(call()), [
		{id: own?.id, label: 'deploy', created: '2026-11-29T12:00:00Z'},
		{id: other, label: 'console', created: '2026-11-29T12:00:00Z'},
	]);
});

test('a key of Vultr is found where its list shows enough of it', async context => {
	const cloud = vultrShowingCloud(() => askedAt);
	cloud.addKey();
	const {call} = await askCloud(context, cloud);
	assert.deepEqual(
		(await vultrKeys.keys(call())).map(({label, isOwn}) => [label, isOwn]),
		[
			['deploy', true],
			['console', false],
		],
	);
});

test('a key of Vultr is replaced by one of the same length of life, and deleted', async context => {
	const cloud = cloudNow();
	const {call, received, verdict} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	const {id, fields, expires} = await vultrKeys.make(call(), mark, undefined);
	assert.deepEqual(JSON.parse(received.at(-1)?.body ?? ''), {
		name: `deploy pharmer-${mark}`,
		expire: true,
		date_expire: '2027-02-27T12:00:00Z',
	});
	assert.equal(expires, '2027-02-27T12:00:00Z');
	const fresh = replaced(cloud.data, fields);
	assert.equal(await verdict(fresh), 'valid');
	assert.ok(cloud.opens(cloud.data));
	for (let times = 0; times < 2; times++) await vultrKeys.remove(call(fresh), own?.id ?? '');
	assert.ok(!cloud.opens(cloud.data) && cloud.opens(fresh));
	assert.deepEqual(
		(await vultrKeys.keys(call(fresh))).map(key => [key.id, key.label]),
		[[id, `deploy pharmer-${mark}`]],
	);
	await assert.rejects(vultrKeys.keys(call(cloud.data)), refuses('unsigned'));
});

test('where several keys may be the one that is replaced, the new one lives as long as the shortest lived', async context => {
	const cloud = cloudNow();
	const other = cloud.addKey();
	const {call, received} = await askCloud(context, cloud);
	const sent = (): unknown => JSON.parse(received.at(-1)?.body ?? '');
	await vultrKeys.make(call(), mark, undefined);
	assert.deepEqual(sent(), {name: `pharmer-${mark}`, expire: true, date_expire: '2027-02-27T12:00:00Z'});
	await vultrKeys.make(call(cloud.data, cloud.data, false, other), mark, undefined);
	assert.deepEqual(sent(), {name: `console pharmer-${mark}`, expire: false});
});

test('all pages of a list of keys are read, should Vultr divide it', async context => {
	const {call, answer, received} = await askCloud(context, cloudNow());
	const page = (id: string, next: string) => ({
		status: 200,
		body: {api_keys: [{id, name: id, expire: false}], meta: {links: {next, prev: ''}}},
	});
	answer(({target}) => (target.endsWith('?cursor=b%2B%3D') ? page('two', '') : page('one', 'b+=')));
	assert.deepEqual(
		(await vultrKeys.keys(call())).map(({id}) => id),
		['one', 'two'],
	);
	assert.equal(received.length, 2);
});

test('what Vultr refuses, row by row', async context => {
	const cloud = cloudNow();
	const {call, answer, received} = await askCloud(context, cloud);
	const [own] = cloud.keys();
	const rows = [
		[401, 'Invalid API token.', 'unsigned'],
		[401, 'Unauthorized IP address: 203.0.113.9', 'denied'],
		[403, 'Forbidden', 'denied'],
		[400, 'Invalid name.', 'other'],
	] as const;
	for (const [status, error, kind] of rows) {
		answer(({method}) => (method === 'GET' ? undefined : {status, body: {error, status}}));
		const hides = (thrown: unknown): boolean => refuses(kind)(thrown) && !String(thrown).includes('203.0.113.9');
		await assert.rejects(vultrKeys.make(call(), mark, undefined), hides, error);
		await assert.rejects(vultrKeys.remove(call(), own?.id ?? ''), hides, error);
	}
	answer(({method}) =>
		method === 'DELETE' ? {status: 404, body: {error: 'Invalid resource', status: 404}} : undefined,
	);
	await assert.rejects(vultrKeys.remove(call(), own?.id ?? ''), refuses('other', /lists it/));
	const count = received.length;
	await assert.rejects(vultrKeys.keys(call(cloud.data, {token: 'another'}, true)), refuses('other', /whose key/));
	assert.equal(received.length, count);
});

test('nobody knows what Vultr has done when the answer is lost', async context => {
	const cloud = cloudNow();
	const asked = await askCloud(context, cloud);
	const [own] = cloud.keys();
	await assertLost(asked, 'GET', () => vultrKeys.keys(asked.call()));
	await assertLost(asked, 'POST', () => vultrKeys.make(asked.call(), mark, undefined));
	await assertLost(asked, 'DELETE', () => vultrKeys.remove(asked.call(), own?.id ?? ''));
});

test('no damaged answer of Vultr makes a key gone, or one without a secret', async () => {
	for (const make of [vultrCloud, vultrShowingCloud]) await assertKeysDistrust(vultrKeys, make);
});
