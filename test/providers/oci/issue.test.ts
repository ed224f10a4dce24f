import assert from 'node:assert/strict';
import {generateKeyPairSync} from 'node:crypto';
import {test} from 'node:test';
import {ociIssuer} from '../../../source/providers/oci/issue.js';
import {ociTenancy} from '../../helpers/clouds/oci-tenancy.js';
import type {Handler} from '../../helpers/fake-cloud.js';
import {fieldsMade, issue, issueIn, type Making, takeBack} from '../../helpers/issued.js';
import {vaultWith} from '../../helpers/rotated.js';

const now = (): number => Date.parse('2026-11-30T10:00:00Z');
const pair = () => generateKeyPairSync('rsa', {modulusLength: 2048});

async function begun(lag = 0) {
	const tenancy = ociTenancy(lag);
	const vault = await vaultWith({provider: 'oci', data: tenancy.admin});
	return {tenancy, vault, making: {handlers: tenancy.handlers, vault, now} satisfies Making};
}

test('a user of Oracle gets a group, the policy of the guide in the tenancy, and a key', async () => {
	const {tenancy, vault, making} = await begun(3);
	const says: string[] = [];
	await issue({
		...making,
		answer: question => {
			if ('says' in question) says.push(...question.says);
			return 'yes';
		},
	});
	const [group] = tenancy.groups.values();
	const [policy] = tenancy.policies.values();
	const user = [...tenancy.users.values()].find(({name}) => name === 'pharmer');
	assert.match(user?.description ?? '', /^pharmer-[0-9a-f]{8}$/);
	assert.deepEqual([group?.name, group?.description, user?.email], ['pharmer', user?.description, undefined]);
	assert.deepEqual([policy?.name, policy?.description], [user?.description, user?.description]);
	assert.deepEqual(
		policy?.statements,
		['instance', 'virtual-network', 'volume', 'cluster'].map(
			kind => `Allow group id ${group?.id} to manage ${kind}-family in tenancy`,
		),
	);
	assert.deepEqual(
		[...tenancy.memberships.values()].map(({userId, groupId}) => [userId, groupId]),
		[[user?.id, group?.id]],
	);
	const data = fieldsMade(await vault.read()) ?? {};
	const {tenancy: place, region} = tenancy.admin;
	assert.deepEqual([data.user, data.tenancy, data.region], [user?.id, place, region]);
	assert.deepEqual(
		[...tenancy.keys].filter(([, key]) => key.user === user?.id).map(([print]) => print),
		[data.fingerprint],
	);
	assert.deepEqual(
		says.slice(1, 5).map(each => each.trim()),
		[
			'the group pharmer',
			'the user pharmer',
			'its membership in the group',
			`the policy ${policy?.name}: manage instance-family, virtual-network-family, volume-family and cluster-family in tenancy`,
		],
	);
	assert.equal(says.at(-1), '`in tenancy` is every compartment, `in compartment NAME` would be one.');
});

test('what was made at Oracle is taken back last first', async () => {
	const {tenancy, vault, making} = await begun();
	let isMade = false;
	const stopping =
		(handler: Handler): Handler =>
		request => {
			isMade = request.method === 'POST' && request.target.endsWith('/apiKeys');
			return handler(request);
		};
	const handlers = Object.fromEntries(
		Object.entries(tenancy.handlers).map(([host, handler]) => [host, stopping(handler)]),
	);
	const lost = issue({...making, handlers, fateOf: () => (isMade ? 'request-lost' : undefined)});
	await assert.rejects(lost, {code: 'network'});
	await takeBack(making);
	assert.equal(issueIn(await vault.read()), undefined);
	assert.deepEqual(tenancy.deleted, ['key', 'policies', 'membership', 'users', 'groups']);
	assert.deepEqual(
		[...tenancy.users.values()].map(({name}) => name),
		['admin'],
	);
});

test('a group and a user that somebody else made are used after a yes, and stay when the rest is taken back', async () => {
	const {tenancy, vault, making} = await begun();
	const group = tenancy.add('groups', {name: 'pharmer', description: 'ours'});
	const user = tenancy.add('users', {name: 'pharmer', description: 'pharmer-0a1b2c3d'});
	const print = tenancy.addKey(user.id, pair().publicKey);
	await assert.rejects(issue({...making, answer: () => 'nobody'}), {
		code: 'exists',
		message: /Oracle has a group `pharmer` that this did not make: the key may do what it may/,
	});
	assert.deepEqual([tenancy.memberships.size, issueIn(await vault.read())], [0, undefined]);
	const asked: string[] = [];
	const answer: NonNullable<Making['answer']> = question => {
		if ('asks' in question) asked.push(question.asks);
		return 'yes';
	};
	const refuses = issue({...making, answer, policies: ['manage cluster-family in compartment nowhere']});
	await assert.rejects(refuses, {code: 'refused', message: /a kind or a compartment in it is not there/});
	assert.deepEqual(asked.slice(0, 2), [
		'Use the group `pharmer` that is there?',
		'Use the user `pharmer` that is there?',
	]);
	assert.equal(tenancy.memberships.size, 1);
	await takeBack(making);
	assert.deepEqual(tenancy.deleted, ['membership']);
	await issue({...making, policies: ['use cluster-family in compartment dev']});
	const data = fieldsMade(await vault.read()) ?? {};
	assert.equal(data.user, user.id);
	assert.deepEqual(
		[...tenancy.keys].filter(([, key]) => key.user === user.id).map(([each]) => each),
		[print, data.fingerprint],
	);
	const [policy] = tenancy.policies.values();
	assert.deepEqual(policy?.statements, [`Allow group id ${group.id} to use cluster-family in compartment dev`]);
});

test('a group of Oracle that somebody else is in meanwhile is not taken back', async () => {
	const {tenancy, vault, making} = await begun();
	await assert.rejects(issue({...making, policies: ['use cluster-family in compartment nowhere']}), {code: 'refused'});
	const [group] = tenancy.groups.values();
	const other = tenancy.add('users', {name: 'other', description: ''});
	tenancy.join(other.id, group?.id ?? '');
	await takeBack(making);
	assert.equal(issueIn(await vault.read()), undefined);
	assert.deepEqual(tenancy.deleted, ['membership', 'users']);
	assert.deepEqual([tenancy.groups.size, tenancy.memberships.size], [1, 1]);
});

test('a user of Oracle whose key another credential has is not taken back', async () => {
	const {tenancy, making} = await begun();
	const {publicKey, privateKey} = pair();
	const pem = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
	const fingerprint = tenancy.addKey('nobody', publicKey);
	const held = {provider: 'oci', data: {...tenancy.admin, fingerprint, privateKey: pem}};
	const vault = await vaultWith({provider: 'oci', data: tenancy.admin, admin: held});
	const policies = ['use cluster-family in compartment nowhere'];
	await assert.rejects(issue({...making, vault, policies}), {code: 'refused'});
	const user = [...tenancy.users.values()].find(({name}) => name === 'pharmer');
	tenancy.addKey(user?.id ?? '', publicKey);
	await takeBack({...making, vault});
	assert.equal(issueIn(await vault.read()), undefined);
	assert.equal(tenancy.keys.get(fingerprint)?.user, user?.id);
	assert.deepEqual(tenancy.deleted, [], 'and what it may do stays with it');
});

test('what a policy of Oracle may be', () => {
	const {refuses} = ociIssuer.policy;
	for (const policy of [
		'manage cluster-family in tenancy',
		'Use volumes IN compartment a:b',
		"read buckets in tenancy where target.bucket.name = 'x'",
		'inspect users in compartment id ocid1.compartment.oc1..aaaa',
	])
		assert.equal(refuses(policy), undefined, policy);
	for (const policy of [
		'',
		'cluster-family',
		'manage cluster-family',
		'Allow group Administrators to manage all-resources in tenancy',
		'manage cluster-family in tenancy\nAllow any-user to manage all-resources in tenancy',
		'own all-resources in tenancy',
	])
		assert.notEqual(refuses(policy), undefined, policy);
	const warning = (...policies: readonly string[]) =>
		ociIssuer.warns?.({identity: 'pharmer', policies, mark: '0a1b2c3d'});
	assert.equal(warning('use volumes in compartment dev'), undefined);
	assert.equal(warning('Manage Policies in compartment dev'), 'manage Policies lets the key grant itself any access');
});

test('who may not make users at Oracle is told so, and nothing is under way', async () => {
	const {tenancy, making} = await begun();
	const poor = tenancy.add('users', {name: 'poor', description: ''});
	const {publicKey, privateKey} = pair();
	const fingerprint = tenancy.addKey(poor.id, publicKey);
	const pem = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
	const data = {...tenancy.admin, user: poor.id, fingerprint, privateKey: pem};
	const vault = await vaultWith({provider: 'oci', data});
	await assert.rejects(issue({...making, vault}), {code: 'refused', message: /needs a policy to manage users/});
	assert.deepEqual([tenancy.groups.size, issueIn(await vault.read())], [0, undefined]);
});
