import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askedAt, askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import {checkExo2} from '../../helpers/exo2.js';
import type {Handler, Reply} from '../../helpers/fake-cloud.js';

const secret = 'invented-secret-of-43-letters-and-digits-xx';
const key = {apiKey: 'EXO1234567890abcdef', apiSecret: secret};
const host = 'api-ch-gva-2.exoscale.com';
const named = {name: 'pharmer', key: key.apiKey, 'role-id': 'c5f3a2d1-0000-4000-8000-000000000001'};
const refusal = (status: number, message: string): Reply => ({status, body: {message}});
const badSignature = refusal(403, 'Invalid request signature');

/** Answers by path to what is signed with the secret and has not ended. */
const signed =
	(replies: Readonly<Record<string, Reply>>): Handler =>
	request => {
		const {id, verifies, expires} = checkExo2(request, secret);
		if (!verifies || id !== key.apiKey || expires < askedAt) return badSignature;
		assert.equal(request.method, 'GET');
		return replies[request.target] ?? refusal(404, 'Not found');
	};

const whole = {
	[`/v2/api-key/${key.apiKey}`]: {status: 200, body: named},
	[`/v2/iam-role/${named['role-id']}`]: {status: 200, body: {id: named['role-id'], name: 'compute only'}},
	'/v2/organization': {status: 200, body: {id: '1', name: 'Invented AG', email: 'x@example.com'}},
};

test('a key of Exoscale that works says whose it is', async context => {
	const {said, received} = await askOne(context, credentialOf('exoscale', key), {[host]: signed(whole)});
	assert.deepEqual(
		[said.is, said.who, received.length],
		['valid', {key: 'pharmer', account: 'Invented AG', scopes: ['compute only']}, 3],
	);
});

test('a key of Exoscale works, even where its role and organization are not told', async context => {
	const replies = {
		[`/v2/api-key/${key.apiKey}`]: {status: 200, body: named},
		'/v2/organization': refusal(403, 'Forbidden by role policy for iam'),
	};
	const {said} = await askOne(context, credentialOf('exoscale', key), {[host]: signed(replies)});
	assert.deepEqual([said.is, said.who], ['valid', {key: 'pharmer'}]);
});

test('what Exoscale answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[badSignature, 'invalid'],
		[refusal(403, 'Forbidden by role policy for iam - A deny rule matched. Rule index: 0'), 'limited'],
		[refusal(403, 'Something new'), 'unknown'],
		[refusal(404, 'Not Found'), 'unknown'],
		[refusal(429, 'Too many requests'), 'unreachable'],
		[refusal(500, 'Internal'), 'unreachable'],
		[{status: 403, body: '<html>Invalid request signature</html>'}, 'unreachable'],
		[{status: 200, body: {...named, key: 'EXOanother'}}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('exoscale', key), {[host]: () => reply});
		assert.equal(said.is, is, JSON.stringify(reply.body));
	}
});

test('a wrong secret of Exoscale is invalid', async context => {
	const wrong = {...key, apiSecret: `${secret}x`};
	const {said} = await askOne(context, credentialOf('exoscale', wrong), {[host]: signed(whole)});
	assert.equal(said.is, 'invalid');
});

test('a key of Exoscale is asked about in its zone, and nowhere else', async context => {
	const hosts = {'at-vie-1': 'api-at-vie-1.exoscale.com', '': host, 'x.evil.example/': host};
	for (const [zone, asked] of Object.entries(hosts)) {
		const {said} = await askOne(context, credentialOf('exoscale', {...key, zone}), {[asked]: signed(whole)});
		assert.deepEqual([said.is, said.host], ['valid', asked]);
	}
});

test('a clock that is off makes no key of Exoscale invalid', async context => {
	const late = askedAt - 20 * 60_000;
	const {said} = await askOne(context, credentialOf('exoscale', key), {[host]: signed(whole)}, {now: () => late});
	assert.equal(said.is, 'valid');
	assert.match(said.why, /this machine's clock is about 20 minutes behind/);
});

test('no damaged answer of Exoscale is taken for a verdict', () =>
	assertDistrusts({
		provider: 'exoscale',
		data: key,
		answer: () => ({status: 200, body: JSON.stringify(named)}),
		proves: body => body.includes(`"key":"${key.apiKey}"`) && body.includes('"role-id":'),
		refusals: [{status: 403, body: JSON.stringify(badSignature.body), reason: 'Invalid request signature'}],
		listed: [200, 403],
	}));
