import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openstackKeys} from '../../../source/providers/openstack/keys.js';
import {askedAt} from '../../helpers/asked.js';
import {openstackCloud} from '../../helpers/clouds/openstack.js';
import {askCloud, assertKeysDistrust, assertLost, mark, refuses, replaced} from '../../helpers/key-call.js';
import {keystoneError, receiptReply} from '../../helpers/keystone-answers.js';

const cloudNow = () => openstackCloud(() => askedAt);
const {keys, make, remove} = openstackKeys;

test('an application credential is replaced by one with its roles, its description and its rights', async context => {
	const cloud = cloudNow();
	const {call, received, verdict} = await askCloud(context, cloud);
	const {id, fields, expires} = await make(call(), mark, undefined);
	const fresh = replaced(cloud.data, fields);
	assert.deepEqual([fresh.applicationCredentialID, fresh.authURL, expires], [id, cloud.data.authURL, undefined]);
	assert.ok(cloud.opens(fresh) && cloud.opens(cloud.data));
	assert.equal(await verdict(fresh), 'valid');
	const sent = received.find(({method, target}) => method === 'POST' && target.endsWith('/application_credentials'));
	assert.deepEqual(JSON.parse(sent?.body ?? '').application_credential, {
		name: `pharmer pharmer-${mark}`,
		description: 'for clusters',
		roles: [{id: 'd8219edca9cc49e8a35b31055911bf8d'}, {id: '67cd69523e7449f89208ee0a13fdd3d2'}],
		unrestricted: true,
	});
	assert.deepEqual(await keys(call(fresh)), [
		{id: cloud.data.applicationCredentialID, label: 'pharmer', isOwn: false},
		{id, label: `pharmer pharmer-${mark}`, isOwn: true},
	]);
	for (let times = 0; times < 2; times++) await remove(call(fresh), cloud.data.applicationCredentialID);
	assert.ok(!cloud.opens(cloud.data) && cloud.opens(fresh));
	await assert.rejects(keys(call()), refuses('unsigned', /does not have/), 'the old one is not called gone');
});

test('one that expires is replaced by one that expires at the same time, and one for some calls by one for them', async context => {
	const cloud = cloudNow();
	const {call} = await askCloud(context, cloud);
	const rules = [{id: '1', service: 'compute', path: '/v2.1/servers', method: 'GET'}];
	const narrow = cloud.with({
		name: 'narrow',
		unrestricted: true,
		expires_at: '2027-01-01T00:00:00.000000',
		access_rules: rules,
	});
	await assert.rejects(make(call(narrow), mark, undefined), refuses('denied', /access rules/));
	const {expires} = await make(call(narrow, cloud.user, true), mark, undefined);
	assert.equal(expires, '2027-01-01T00:00:00Z');
	const made = cloud.named(`narrow pharmer-${mark}`);
	assert.equal(made?.expires_at, '2027-01-01T00:00:00.000000');
	assert.deepEqual(made?.access_rules, [{service: 'compute', path: '/v2.1/servers', method: 'GET'}]);
	assert.deepEqual(
		made?.roles.map(({name}) => name),
		['reader', 'member'],
		'and not all roles of the user',
	);
});

test('a restricted one is not replaced by itself, and is by the password of its user', async context => {
	const cloud = cloudNow();
	const {call, received} = await askCloud(context, cloud);
	const restricted = cloud.with({name: 'restricted'});
	for (const done of [keys(call(restricted)), make(call(restricted), mark, undefined)])
		await assert.rejects(done, refuses('denied', /restricted: only an unrestricted one, or the user's password/));
	const byUser = call(restricted, cloud.user, true);
	assert.equal((await keys(byUser)).find(({isOwn}) => isOwn)?.label, 'restricted');
	const {fields} = await make(byUser, mark, undefined);
	assert.equal(cloud.named(`restricted pharmer-${mark}`)?.unrestricted, false);
	await remove(byUser, restricted.applicationCredentialID);
	assert.deepEqual([cloud.opens(replaced(restricted, fields)), cloud.opens(restricted)], [true, false]);
	assert.equal(received.filter(({body}) => body.includes('correct horse')).length, 3, 'one sign-in a step');
});

test('what signs has to be of the same cloud and for the same project', async context => {
	const cloud = cloudNow();
	const {call, received} = await askCloud(context, cloud);
	const elsewhere = {...cloud.user, authURL: 'https://auth.cloud.ovh.us/v3'};
	await assert.rejects(keys(call(cloud.data, elsewhere, true)), refuses('other', /another cloud/));
	await assert.rejects(keys(call({...cloud.data, authURL: 'https://me:x@host/v3'})), refuses('other', /plain/));
	assert.equal(received.length, 0, 'and is sent nowhere else');
	const other = {...cloud.user, projectID: 'another'};
	await assert.rejects(make(call(cloud.data, other, true), mark, undefined), refuses('other', /another project/));
	assert.equal(cloud.keys().length, 1);
});

test('what Keystone refuses, row by row', async context => {
	const cloud = cloudNow();
	const {call, answer} = await askCloud(context, cloud);
	const wrong = {...cloud.data, applicationCredentialSecret: 'wrong'};
	await assert.rejects(keys(call(wrong)), refuses('unsigned', /does not let it in/));
	await assert.rejects(
		make(call({...cloud.data, applicationCredentialID: '../x'}), mark, undefined),
		refuses('unsigned'),
	);
	await make(call(), mark, undefined);
	await assert.rejects(make(call(), mark, undefined), refuses('taken'));
	for (const name of ['1', '2']) await make(call(), `0000000${name}`, undefined);
	await assert.rejects(make(call(), 'ffffffff', undefined), refuses('full'));
	const rows = [
		[keystoneError(403, 'Forbidden', 'You are not authorized to perform the requested action: identity:x.'), 'denied'],
		[
			keystoneError(
				400,
				'Bad Request',
				'Invalid application credential: Cannot create an application credential with unassigned role',
			),
			'other',
		],
		[keystoneError(400, 'Bad Request', 'Something new'), 'other'],
		[keystoneError(404, 'Not Found', 'Could not find user: 1.'), 'other'],
	] as const;
	for (const [reply, kind] of rows) {
		answer(({method, target}) => (method === 'DELETE' && target.includes('application') ? reply : undefined));
		await assert.rejects(remove(call(), cloud.data.applicationCredentialID), refuses(kind), JSON.stringify(reply.body));
	}
	answer(({target}) => (target.endsWith('/tokens') ? receiptReply : undefined));
	await assert.rejects(keys(call(cloud.data, cloud.user, true)), refuses('denied', /second factor/));
	answer(({method}) =>
		method === 'GET' ? {status: 200, body: {application_credentials: [], truncated: true}} : undefined,
	);
	await assert.rejects(keys(call()), refuses('other', /more application credentials/));
});

test('no application credential is made when not all is known of the old one', async context => {
	const cloud = cloudNow();
	const {call, answer, received} = await askCloud(context, cloud);
	const whole = {id: '1', name: 'n', project_id: 'p', roles: [{id: 'r'}], expires_at: null};
	for (const missing of [{roles: []}, {roles: undefined}, {expires_at: undefined}, {expires_at: 'soon'}, {name: ''}]) {
		const body = {application_credential: {...whole, ...missing}};
		answer(({method}) => (method === 'GET' ? {status: 200, body} : undefined));
		await assert.rejects(make(call(), mark, undefined));
	}
	assert.ok(received.every(({method, target}) => method === 'GET' || target.endsWith('/tokens')));
});

test('a password is not replaced, and the way out is told', () => {
	const cant = (fields: Readonly<Record<string, string>>) => openstackKeys.cant(key => fields[key] ?? '');
	const cloud = cloudNow();
	assert.equal(cant(cloud.data), undefined);
	assert.match(cant(cloud.user) ?? '', /one password/);
	assert.match(cant({authURL: cloud.data.authURL}) ?? '', /no application credential/);
});

test('nobody knows what Keystone has done when the answer is lost', async context => {
	const cloud = cloudNow();
	const asked = await askCloud(context, cloud);
	await assertLost(asked, 'GET', () => keys(asked.call()));
	await assertLost(asked, 'POST', () => make(asked.call(), mark, undefined));
	await assertLost(asked, 'DELETE', () => remove(asked.call(), cloud.data.applicationCredentialID));
});

test('no damaged answer of Keystone makes a key gone, or one without a secret', () =>
	assertKeysDistrust(openstackKeys, openstackCloud));
