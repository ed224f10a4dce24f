import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Credential} from '../../../source/domain/credential.js';
import {openNetwork} from '../../../source/network/network.js';
import {foreignPlaceOf} from '../../../source/tasks/foreign-place.js';
import {type Asked, verifyAll} from '../../../source/tasks/verify.js';
import {credentialOf} from '../../helpers/asked.js';
import {keystone} from '../../helpers/keystone.js';
import {isProving} from '../../helpers/rounds.js';

const skip = isProving ? false : 'only with `npm run prove`: it installs Keystone';

/** What is said of these credentials, at the addresses that they name. */
async function ask(...credentials: readonly Credential[]): Promise<readonly Asked[]> {
	const wait = async (): Promise<void> => {};
	const network = openNetwork({environment: {}, offline: false, now: Date.now, wait});
	const asked: Asked[] = [];
	const placeOf = (credential: Credential) => foreignPlaceOf(credential, {});
	await verifyAll(credentials, {network, now: Date.now, wait, placeOf, onAsked: each => asked.push(each)});
	network.close();
	return asked;
}

test('Keystone itself answers as it is understood', {skip}, async context => {
	const real = await keystone(context);
	if (real === undefined) return;
	const {url, admin, call, signIn} = real;
	let count = 0;
	const credential = (data: Readonly<Record<string, string>>): Credential =>
		credentialOf('openstack', {authURL: url, ...data}, `key-${count++}`);
	const saidOf = async (data: Readonly<Record<string, string>>): Promise<Asked> => {
		const [said] = await ask(credential(data));
		assert.ok(said !== undefined);
		return said;
	};
	const make = (name: string, options: object = {}): Promise<{readonly id: string}> =>
		call(admin, 'POST', '/users', {user: {name, password: name, domain_id: 'default', ...options}});

	const project = await call(admin, 'POST', '/projects', {project: {name: 'invented', domain_id: 'default'}});
	const role = await call(admin, 'POST', '/roles', {role: {name: 'inventor'}});
	const ann = await make('ann');
	await call(admin, 'PUT', `/projects/${project.id}/users/${ann.id}/roles/${role.id}`);
	const user = {username: 'ann', password: 'ann', userDomainName: 'Default'};
	const who = {account: 'Default', user: 'ann'};

	const byId = await saidOf({...user, projectID: project.id});
	assert.deepEqual([byId.is, byId.who], ['valid', {...who, project: 'invented', scopes: ['inventor']}]);
	const byName = await saidOf({...user, projectName: 'invented', projectDomainName: 'Default'});
	assert.deepEqual([byName.is, byName.who], [byId.is, byId.who]);
	const nowhere = await saidOf(user);
	assert.deepEqual([nowhere.is, nowhere.who], ['valid', who]);
	const elsewhere = await saidOf({...user, projectName: 'admin'});
	assert.deepEqual([elsewhere.is, elsewhere.who], ['limited', who]);

	// Three wrong passwords would lock her.
	const wrong = ['1', '2', '3', '4', '5'].map(projectID => credential({...user, password: 'wrong', projectID}));
	assert.deepEqual(
		(await ask(...wrong)).map(({is}) => is),
		wrong.map(() => 'invalid'),
	);
	assert.equal((await saidOf(user)).is, 'valid');

	const token = await signIn('ann', 'ann', 'invented');
	const path = `/users/${ann.id}/application_credentials`;
	const members = {name: 'pharmer', expires_at: '2030-01-01T00:00:00.000000'};
	const made = await call(token, 'POST', path, {application_credential: members});
	const application = {applicationCredentialID: made.id, applicationCredentialSecret: made.secret};
	const good = await saidOf(application);
	assert.deepEqual([good.is, good.expires], ['valid', '2030-01-01T00:00:00Z']);
	assert.deepEqual(good.who, {...who, project: 'invented', key: 'pharmer', scopes: ['inventor']});
	assert.equal((await saidOf({...application, applicationCredentialSecret: 'wrong'})).is, 'invalid');
	await call(token, 'DELETE', `${path}/${made.id}`);
	const deleted = await saidOf(application);
	assert.deepEqual([deleted.is, /deleted/.test(deleted.why)], ['invalid', true]);

	const rules = {multi_factor_auth_enabled: true, multi_factor_auth_rules: [['password', 'totp']]};
	await make('bob', {options: rules});
	const bob = await saidOf({username: 'bob', password: 'bob'});
	assert.deepEqual([bob.is, bob.who], ['limited', {user: 'bob'}]);
	await make('dan', {enabled: false});
	assert.equal((await saidOf({username: 'dan', password: 'dan'})).is, 'invalid');
});
