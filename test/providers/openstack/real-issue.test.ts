import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openNetwork} from '../../../source/network/network.js';
import type {IssueCall} from '../../../source/providers/issuer.js';
import {openstackIssuer} from '../../../source/providers/openstack/issue.js';
import {mark, refuses} from '../../helpers/key-call.js';
import {keystone} from '../../helpers/keystone.js';
import {isProving} from '../../helpers/rounds.js';

const skip = isProving ? false : 'only with `npm run prove`: it installs Keystone';
const {survey, keys, makeKey, removeKey} = openstackIssuer;

test('Keystone itself makes an application credential for some roles, which makes no other', {skip}, async context => {
	const real = await keystone(context);
	if (real === undefined) return;
	const {url, admin, call} = real;
	const project = await call(admin, 'POST', '/projects', {project: {name: 'invented', domain_id: 'default'}});
	const user = await call(admin, 'POST', '/users', {user: {name: 'ann', password: 'ann', domain_id: 'default'}});
	for (const name of ['inventor', 'tinkerer']) {
		const {id} = await call(admin, 'POST', '/roles', {role: {name}});
		await call(admin, 'PUT', `/projects/${project.id}/users/${user.id}/roles/${id}`);
	}
	const network = openNetwork({environment: {}, offline: false, now: Date.now, wait: async () => {}});
	context.after(() => network.close());
	const ask = network.askFor({provider: 'openstack', origins: new Set([new URL(url).origin])});
	const asking = (by: Readonly<Record<string, string>>, policies: readonly string[]): IssueCall => ({
		ask,
		now: new Date(),
		by: key => by[key] ?? '',
		order: {identity: 'pharmer', policies, mark},
		made: new Map(),
	});
	const ann = {authURL: url, username: 'ann', password: 'ann', projectName: 'invented'};
	await assert.rejects(survey(asking(ann, ['owner'])), refuses('other', /the role owner/));
	const order = asking(ann, ['inventor']);
	assert.deepEqual((await survey(order)).doubts, []);
	assert.deepEqual(await keys(order), []);
	const {id, fields} = await makeKey(order, undefined, mark);
	assert.deepEqual(
		(await keys(order)).map(({id, label}) => [id, label]),
		[[id, `pharmer pharmer-${mark}`]],
	);
	const own = Object.fromEntries([...fields].map(([key, value]) => [key, value.reveal()]));
	const restricted = asking({authURL: url, ...own}, ['inventor']);
	await assert.rejects(makeKey(restricted, undefined, mark), refuses('denied', /restricted/));
	const signedIn = await ask({
		method: 'POST',
		url: `${url}/auth/tokens`,
		headers: {'content-type': 'application/json'},
		body: JSON.stringify({
			auth: {
				identity: {
					methods: ['application_credential'],
					application_credential: {id, secret: own.applicationCredentialSecret},
				},
			},
		}),
	});
	assert.deepEqual(
		JSON.parse(signedIn.body).token.roles.map((role: {name: string}) => role.name),
		['inventor'],
	);
	for (let times = 0; times < 2; times++) await removeKey(order, id);
	assert.deepEqual(await keys(order), []);
});
