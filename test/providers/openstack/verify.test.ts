import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openstackProbe} from '../../../source/providers/openstack/verify.js';
import {foreignPlaceOf} from '../../../source/tasks/foreign-place.js';
import {askFake, askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Handler, Received, Reply} from '../../helpers/fake-cloud.js';
import {keystoneError, receiptReply, scopedReply, tokenReply, unauthorized} from '../../helpers/keystone-answers.js';

const host = 'auth.cloud.ovh.net';
const password = 'correct horse';
const ann = {authURL: `https://${host}/v3`, username: 'ann', password, userDomainName: 'Default'};
const secret = 'Mgj4kPbB0RQf-invented-secret';
const application = {
	authURL: `https://${host}`,
	applicationCredentialID: '1d553d767e6e40a9ae705d9dd37b2712',
	applicationCredentialSecret: secret,
};

const named = {name: 'ann', domain: {name: 'Default'}, password};
const byPassword = {methods: ['password'], password: {user: named}};
const byToken = {methods: ['token'], token: {id: 'gAAAAA-invented-token'}};

/** Answers by what is asked for, in the order in which it must be asked. */
function asked(...expected: readonly (readonly [auth: object, reply: Reply])[]): Handler {
	const left = [...expected];
	return ({method, target, headers, body}) => {
		const [auth, reply] = left.shift() ?? assert.fail('Keystone is asked once more');
		assert.deepEqual([method, target, headers['content-type']], ['POST', '/v3/auth/tokens', 'application/json']);
		assert.deepEqual(JSON.parse(body), {auth});
		return reply;
	};
}

const timesSent = (received: readonly Received[]): number =>
	received.filter(({body}) => body.includes(password)).length;

test('a user of an OpenStack cloud signs in, and says until when', async context => {
	const reply = tokenReply({}, '2027-01-31T10:00:00.000000');
	const {said} = await askOne(context, credentialOf('openstack', ann), {
		[host]: asked([{identity: byPassword}, reply]),
	});
	assert.deepEqual(
		[said.is, said.who, said.expires],
		['valid', {account: 'Default', user: 'ann'}, '2027-01-31T10:00:00Z'],
	);
});

test('a project is asked for with the token, not with the password once more', async context => {
	const projects = [
		[{projectID: 'c7d7'}, {id: 'c7d7'}],
		[{projectName: 'invented'}, {name: 'invented', domain: {id: 'default'}}],
		[
			{projectName: 'invented', projectDomainName: 'Ours'},
			{name: 'invented', domain: {name: 'Ours'}},
		],
		[
			{projectName: 'invented', projectDomainID: 'd1'},
			{name: 'invented', domain: {id: 'd1'}},
		],
	] as const;
	for (const [fields, project] of projects) {
		const {said, received} = await askOne(context, credentialOf('openstack', {...ann, ...fields}), {
			[host]: asked(
				[{identity: byPassword, scope: 'unscoped'}, tokenReply()],
				[{identity: byToken, scope: {project}}, scopedReply],
			),
		});
		assert.equal(said.is, 'valid');
		assert.deepEqual(said.who, {account: 'Default', user: 'ann', project: 'invented', scopes: ['reader', 'member']});
		assert.equal(timesSent(received), 1);
	}
});

test('a wrong project makes no password wrong', async context => {
	const credential = credentialOf('openstack', {...ann, projectID: 'c7d7'});
	const rows = [
		[unauthorized, 'limited'],
		[keystoneError(403, 'Forbidden', 'You are not authorized'), 'valid'],
		[{status: 500, body: ''}, 'valid'],
	] as const;
	for (const [second, is] of rows) {
		const replies = [tokenReply(), second];
		const {said, received} = await askOne(context, credential, {[host]: () => replies.shift() ?? second});
		assert.deepEqual([said.is, said.who], [is, {account: 'Default', user: 'ann'}]);
		assert.equal(timesSent(received), 1);
	}
});

test('a refused password is not tried again, whatever the project', async context => {
	const credentials = ['one', 'two', 'three'].map(projectID =>
		credentialOf('openstack', {...ann, projectID}, projectID),
	);
	const other = credentialOf('openstack', {...ann, password: 'another'}, 'other');
	const handlers = {[host]: () => unauthorized};
	const {asked: said, received} = await askFake(context, [...credentials, other], handlers);
	assert.deepEqual(
		said.map(each => each.is),
		['invalid', 'invalid', 'invalid', 'invalid'],
	);
	assert.deepEqual([timesSent(received), received.length], [1, 2]);
});

test('an application credential says for whom it is, and when it ends', async context => {
	const {applicationCredentialID: id} = application;
	const identity = {methods: ['application_credential'], application_credential: {id, secret}};
	const signIn = asked([{identity}, tokenReply({application_credential: {id, name: 'pharmer', restricted: true}})]);
	const {said, received} = await askOne(context, credentialOf('openstack', application), {
		[host](request) {
			if (request.method === 'POST') return signIn(request);
			assert.equal(request.target, `/v3/users/699ea465a2bf4b9fadcdfbcfbc1cd699/application_credentials/${id}`);
			assert.equal(request.headers['x-auth-token'], 'gAAAAA-invented-token');
			return {status: 200, body: {application_credential: {id, expires_at: '2030-01-01T00:00:00.000000'}}};
		},
	});
	assert.deepEqual([said.is, said.expires, received.length], ['valid', '2030-01-01T00:00:00Z', 2]);
	assert.deepEqual(said.who, {account: 'Default', user: 'ann', key: 'pharmer'});
});

test('what Keystone answers to a password, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[unauthorized, 'invalid'],
		[
			keystoneError(
				401,
				'Unauthorized',
				'Invalid username or password (Disable insecure_debug mode to suppress these details.)',
			),
			'invalid',
		],
		[keystoneError(401, 'Unauthorized', 'The password is expired and needs to be changed for user: 529c.'), 'expired'],
		[receiptReply, 'limited'],
		[keystoneError(401, 'Unauthorized', 'Something new'), 'unknown'],
		[keystoneError(400, 'Bad Request', 'Expecting to find domain in user.'), 'unknown'],
		[keystoneError(404, 'Not Found', 'The resource could not be found.'), 'unknown'],
		[{status: 429, body: 'slow down'}, 'unreachable'],
		[keystoneError(503, 'Service Unavailable', ''), 'unreachable'],
		[{status: 401, body: '<html>The request you have made requires authentication.</html>'}, 'unreachable'],
		[{status: 404, body: 'no such page'}, 'unreachable'],
		[{...tokenReply(), headers: {}}, 'unreachable'],
		[{status: 300, body: {versions: {}}}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('openstack', ann), {[host]: () => reply});
		assert.equal(said.is, is, JSON.stringify(reply.body));
	}
});

test('what Keystone answers to an application credential, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[unauthorized, 'invalid'],
		[keystoneError(404, 'Not Found', 'Could not find Application Credential: 1d553d767e6e40a9.'), 'invalid'],
		[keystoneError(404, 'Not Found', 'Could not find something else.'), 'unknown'],
		[{status: 404, body: 'Could not find Application Credential: 1'}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('openstack', application), {[host]: () => reply});
		assert.equal(said.is, is, JSON.stringify(reply.body));
	}
});

test('Keystone is asked at its identity API, however its address is written', async context => {
	for (const path of ['', '/', '/v3', '/v3/', '/v2.0/']) {
		const credential = credentialOf('openstack', {...ann, authURL: `https://${host}${path}`});
		const {said} = await askOne(context, credential, {[host]: asked([{identity: byPassword}, tokenReply()])});
		assert.equal(said.is, 'valid', path);
	}
	for (const authURL of [`https://me:x@${host}/v3`, `https://${host}/v3?x`, 'ftp://cloud', 'cloud.example.com']) {
		const {said, received} = await askOne(context, credentialOf('openstack', {...ann, authURL}), {
			[host]: () => unauthorized,
		});
		assert.deepEqual([said.is, received.length], ['unsupported', 0], authURL);
	}
});

test('the address that a credential of OpenStack names is the one to ask about', () => {
	const of = (authURL: string) => openstackProbe.address?.(key => (key === 'authURL' ? authURL : ''));
	assert.deepEqual(of('https://cloud.example.com/v3'), {from: 'authURL', url: 'https://cloud.example.com/v3'});
	assert.equal(of(''), undefined);
});

test('the Keystones of OVHcloud are asked without consent, and no other is', () => {
	const of = (authURL: string) => foreignPlaceOf(credentialOf('openstack', {...ann, authURL}), {})?.host;
	for (const own of [host, 'auth.cloud.ovh.us']) assert.equal(of(`https://${own}/v3`), undefined);
	assert.equal(of('https://auth.cloud.ovh.example/v3'), 'auth.cloud.ovh.example');
});

test('no damaged answer of Keystone is taken for a verdict', async () => {
	const refused = {status: 401, body: JSON.stringify(unauthorized.body), reason: 'The request you have made requires'};
	const tokenOf = (reply: Reply) => ({...reply, body: JSON.stringify(reply.body)});
	const proves = (body: string): boolean => body.includes('"user":{') && body.includes('"name":"ann"');
	const missing = keystoneError(404, 'Not Found', 'Could not find Application Credential: 1.');
	await assertDistrusts({
		provider: 'openstack',
		data: ann,
		answer: () => tokenOf(tokenReply()),
		proves,
		refusals: [refused],
		listed: [201, 401],
	});
	await assertDistrusts({
		provider: 'openstack',
		data: application,
		answer: () => tokenOf(tokenReply()),
		proves,
		refusals: [refused, {status: 404, body: JSON.stringify(missing.body), reason: 'Could not find Application'}],
		listed: [201, 401, 404],
	});
});
