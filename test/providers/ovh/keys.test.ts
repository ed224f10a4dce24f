import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ovhKeys} from '../../../source/providers/ovh/keys.js';
import {askedAt} from '../../helpers/asked.js';
import {ovhCloud} from '../../helpers/clouds/ovh.js';
import {
	askCloud,
	assertKeysDistrust,
	assertLost,
	isUnreachable,
	mark,
	refuses,
	replaced,
} from '../../helpers/key-call.js';

const cloudNow = () => ovhCloud(() => askedAt);
const {keys, make, remove} = ovhKeys;

const identity = (id: string | undefined): string => `urn:v1:eu:identity:credential:xx1234-ovh/oauth2-${id}`;

test('an OAuth2 client of OVHcloud is replaced by one in the same IAM policies, which stay as they are', async context => {
	const cloud = cloudNow();
	const before = new Map(cloud.policies);
	const {call, received, verdict} = await askCloud(context, cloud);
	const {id, fields} = await make(call(), mark, undefined);
	const fresh = replaced(cloud.data, fields);
	assert.deepEqual([fresh.clientID, fresh.endpoint], [id, 'ovh-eu']);
	assert.ok(cloud.opens(fresh) && cloud.opens(cloud.data));
	assert.equal(await verdict(fresh), 'valid');
	const created = received.find(({method, target}) => method === 'POST' && target.includes('client'));
	assert.deepEqual(JSON.parse(created?.body ?? ''), {
		name: `pharmer pharmer-${mark}`,
		description: 'for clusters',
		flow: 'CLIENT_CREDENTIALS',
		callbackUrls: [],
	});
	assert.equal(received.filter(({method}) => method === 'PUT').length, 2, 'policies of others are not touched');
	const edited = [...cloud.policies.values()].find(({name}) => name === 'clusters');
	const was = before.get(edited?.id ?? '');
	assert.deepEqual(edited, {
		...was,
		identities: [...(was?.identities ?? []), identity(id)],
		permissionsGroups: [{urn: 'urn:v1:eu:permissionsGroup:ovh:clusters'}],
	});
	assert.deepEqual(await keys(call(fresh)), [
		{id: cloud.data.clientID, label: 'pharmer', isOwn: false},
		{id, label: `pharmer pharmer-${mark}`, isOwn: true},
	]);
	for (let times = 0; times < 2; times++) await remove(call(fresh), cloud.data.clientID);
	assert.ok(!cloud.opens(cloud.data) && cloud.opens(fresh));
	assert.ok([...cloud.policies.values()].every(({identities}) => !identities.includes(identity(cloud.data.clientID))));
	await assert.rejects(keys(call()), refuses('unsigned', /gives no token/));
});

test('three keys of the account sign for an OAuth2 client, and those of another endpoint do not', async context => {
	const cloud = cloudNow();
	const {call, received} = await askCloud(context, cloud);
	const byKeys = call(cloud.data, cloud.threeKeys, true);
	const {id, fields} = await make(byKeys, mark, undefined);
	assert.ok(cloud.opens(replaced(cloud.data, fields)));
	await remove(byKeys, id);
	assert.deepEqual(
		(await keys(byKeys)).map(key => key.id),
		[cloud.data.clientID],
	);
	const count = received.length;
	const canadian = call(cloud.data, {...cloud.threeKeys, endpoint: 'ovh-ca'}, true);
	await assert.rejects(keys(canadian), refuses('other', /another endpoint/));
	assert.equal(received.length, count);
});

test('no OAuth2 client is made that would have fewer rights', async context => {
	const cloud = cloudNow();
	const {call, answer, received} = await askCloud(context, cloud);
	const made = () => received.filter(({method}) => method === 'POST').some(({target}) => target.includes('client'));
	const [first] = cloud.policies.values();
	assert.ok(first !== undefined);
	cloud.policies.set(first.id, {...first, readOnly: true});
	await assert.rejects(make(call(), mark, undefined), refuses('other', /keeps one of its IAM policies/));
	cloud.policies.set(first.id, {...first, permissions: {allow: first.permissions.allow.slice(0, 1)}});
	await assert.rejects(make(call(), mark, undefined), refuses('denied', /that needs account:apiovh:iam\/policy\/get$/));
	assert.equal(made(), false);
	cloud.policies.set(first.id, first);
	answer(({method}) => (method === 'PUT' ? {status: 403, body: {class: 'Client::Forbidden'}} : undefined));
	await assert.rejects(
		make(call(), mark, undefined),
		refuses('denied', /that needs account:apiovh:iam\/policy\/edit$/),
	);
	assert.deepEqual([made(), cloud.keys().length], [true, 1], 'it is deleted again');
	answer(({method}) => (method === 'PUT' ? {status: 502, body: ''} : undefined));
	await assert.rejects(make(call(), mark, undefined), isUnreachable);
	assert.equal(cloud.keys().length, 2, 'what nobody knows of stays, with the mark');
});

test('an OAuth2 client has all its rights until it is deleted, and is deleted whatever becomes of the policies', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const {fields} = await make(call(), mark, undefined);
	const fresh = replaced(cloud.data, fields);
	answer(({method}) => (method === 'DELETE' ? {status: 502, body: ''} : undefined));
	await assert.rejects(remove(call(fresh), cloud.data.clientID), isUnreachable);
	assert.ok(cloud.opens(cloud.data), 'an undo gets back what there was');
	answer(({method}) => (method === 'PUT' ? {status: 403, body: {class: 'Client::Forbidden'}} : undefined));
	await remove(call(fresh), cloud.data.clientID);
	assert.deepEqual([cloud.opens(cloud.data), cloud.opens(fresh), cloud.keys().length], [false, true, 1]);
});

test('what OVHcloud refuses about its OAuth2 clients, row by row', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	await assert.rejects(keys(call({...cloud.data, clientSecret: 'wrong'})), refuses('unsigned'));
	const rows = [
		[403, {errorCode: 'INVALID_CREDENTIAL', class: 'Client::Forbidden'}, 'unsigned'],
		[403, {errorCode: 'NOT_GRANTED_CALL'}, 'denied'],
		[403, {class: 'Client::Forbidden'}, 'denied'],
		[400, {class: 'Client::BadRequest'}, 'other'],
	] as const;
	for (const [status, body, kind] of rows) {
		answer(({target}) => (target.includes('/client') ? {status, body} : undefined));
		await assert.rejects(keys(call()), refuses(kind), JSON.stringify(body));
		await assert.rejects(make(call(), mark, undefined), refuses(kind), JSON.stringify(body));
		await assert.rejects(remove(call(), cloud.data.clientID), refuses(kind), JSON.stringify(body));
	}
	answer(({method}) => (method === 'DELETE' ? {status: 404, body: {class: 'Client::NotFound'}} : undefined));
	await assert.rejects(remove(call(), cloud.data.clientID), refuses('other', /lists it/));
	answer(({target}) =>
		target.endsWith('/client') ? {status: 200, body: Array(201).fill('EU.0123456789abcdef')} : undefined,
	);
	await assert.rejects(keys(call()), refuses('other', /more than 200/));
	answer(({target}) => (target.endsWith('/client') ? {status: 200, body: ['../../cloud']} : undefined));
	await assert.rejects(keys(call()), isUnreachable);
	answer(undefined);
	await assert.rejects(
		make(call({...cloud.data, clientID: '../x'}, cloud.threeKeys, true), mark, undefined),
		refuses('other'),
	);
});

test('only an OAuth2 client of OVHcloud is replaced', () => {
	const cloud = cloudNow();
	const cant = (fields: Readonly<Record<string, string>>) => ovhKeys.cant(key => fields[key] ?? '');
	assert.equal(cant(cloud.data), undefined);
	assert.match(cant(cloud.threeKeys) ?? '', /in a browser/);
	assert.match(cant({accessToken: 'x'}) ?? '', /ends by itself/);
	assert.match(cant({username: 'user-1', password: 'x', tenantID: 'y'}) ?? '', /one password/);
	assert.match(cant({...cloud.data, endpoint: 'kimsufi-eu'}) ?? '', /no OAuth2 clients/);
	assert.match(cant({endpoint: 'ovh-eu'}) ?? '', /no OAuth2 client$/);
});

test('nobody knows what OVHcloud has done when the answer is lost', async context => {
	const cloud = cloudNow();
	const asked = await askCloud(context, cloud);
	await assertLost(asked, 'GET', () => keys(asked.call()));
	await assertLost(asked, 'POST', () => make(asked.call(), mark, undefined));
	await assertLost(asked, 'DELETE', () => remove(asked.call(), cloud.data.clientID));
});

test('no damaged answer of OVHcloud makes an OAuth2 client gone, or one without a secret', () =>
	assertKeysDistrust(ovhKeys, ovhCloud));
