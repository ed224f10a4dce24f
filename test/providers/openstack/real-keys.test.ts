import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openNetwork} from '../../../source/network/network.js';
import type {KeyCall} from '../../../source/providers/key-service.js';
import {openstackKeys} from '../../../source/providers/openstack/keys.js';
import {isUnreachable, mark, refuses, replaced} from '../../helpers/key-call.js';
import {keystone} from '../../helpers/keystone.js';
import {isProving} from '../../helpers/rounds.js';

const skip = isProving ? false : 'only with `npm run prove`: it installs Keystone';
const {keys, make, remove} = openstackKeys;

test('Keystone itself makes and deletes application credentials as they are asked for', {skip}, async context => {
	const real = await keystone(context);
	if (real === undefined) return;
	const {url, admin, call, signIn} = real;
	const project = await call(admin, 'POST', '/projects', {project: {name: 'invented', domain_id: 'default'}});
	const user = await call(admin, 'POST', '/users', {user: {name: 'ann', password: 'ann', domain_id: 'default'}});
	const roles: {id: string}[] = [];
	for (const name of ['inventor', 'tinkerer', 'owner']) {
		const {id} = await call(admin, 'POST', '/roles', {role: {name}});
		await call(admin, 'PUT', `/projects/${project.id}/users/${user.id}/roles/${id}`);
		roles.push({id});
	}
	const token = await signIn('ann', 'ann', 'invented');
	const path = `/users/${user.id}/application_credentials`;
	const fieldsOf = async (members: object) => {
		const {id, secret} = await call(token, 'POST', path, {application_credential: members});
		return {authURL: url, applicationCredentialID: id, applicationCredentialSecret: secret};
	};
	const network = openNetwork({environment: {}, offline: false, now: Date.now, wait: async () => {}});
	context.after(() => network.close());
	type Fields = Readonly<Record<string, string>>;
	const asking = (of: Fields, by = of): KeyCall => ({
		ask: network.askFor({provider: 'openstack', origins: new Set([new URL(url).origin])}),
		now: new Date(),
		of: key => of[key] ?? '',
		by: key => by[key] ?? '',
		isAdmin: by !== of,
	});

	const ends = '2030-01-01T00:00:00Z';
	const old = await fieldsOf({
		name: 'pharmer',
		description: 'for clusters',
		roles: roles.slice(0, 2),
		expires_at: ends,
		unrestricted: true,
	});
	const {id, fields, expires} = await make(asking(old), mark, undefined);
	const fresh = replaced(old, fields);
	assert.deepEqual([expires, fresh.applicationCredentialID], [ends, id]);
	const listed = new Map((await keys(asking(fresh))).map(({label, isOwn}) => [label, isOwn]));
	assert.deepEqual([listed.size, listed.get('pharmer'), listed.get(`pharmer pharmer-${mark}`)], [2, false, true]);
	const made = await network
		.askFor({provider: 'openstack', origins: new Set([new URL(url).origin])})({
			method: 'GET',
			url: `${url}${path}/${id}`,
			headers: {'x-auth-token': token},
		})
		.then(({body}) => JSON.parse(body).application_credential);
	assert.deepEqual([made.roles.length, made.unrestricted, made.description], [2, true, 'for clusters']);
	await assert.rejects(make(asking(old), mark, undefined), refuses('taken'));
	const again = await make(asking(fresh), 'ffffffff', undefined);
	assert.ok((await keys(asking(fresh))).some(({label}) => label === 'pharmer pharmer-ffffffff'));
	await remove(asking(fresh), again.id);
	for (let times = 0; times < 2; times++) await remove(asking(fresh), old.applicationCredentialID);
	await assert.rejects(keys(asking(old)), refuses('unsigned', /does not have/));
	const wrong = {...fresh, applicationCredentialSecret: 'wrong'};
	await assert.rejects(keys(asking(wrong)), refuses('unsigned', /does not let it in/));

	const ann = {authURL: url, username: 'ann', password: 'ann', projectName: 'invented'};
	const restricted = await fieldsOf({name: 'restricted', roles: roles.slice(0, 1)});
	await assert.rejects(make(asking(restricted), mark, undefined), refuses('denied', /restricted/));
	const second = await make(asking(restricted, ann), mark, undefined);
	const rules = [{service: 'compute', path: '/v2.1/servers', method: 'GET'}];
	const narrow = await fieldsOf({name: 'narrow', roles: roles.slice(0, 1), access_rules: rules, unrestricted: true});
	await assert.rejects(make(asking(narrow), mark, undefined), refuses('denied', /access rules/));
	const third = await make(asking(narrow, ann), mark, undefined);
	for (const each of [second.id, third.id, restricted.applicationCredentialID]) await remove(asking(narrow, ann), each);
	assert.equal((await keys(asking(narrow, ann))).length, 2);
	const nowhere = {...ann, projectName: ''};
	await assert.rejects(keys(asking(narrow, nowhere)), refuses('denied', /no project/));
	await assert.rejects(
		keys(asking({...fresh, authURL: `${url}/nowhere`})),
		isUnreachable,
		'a wrong address is no refusal',
	);
});
