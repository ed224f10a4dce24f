import assert from 'node:assert/strict';
import {test} from 'node:test';
import {askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Reply} from '../../helpers/fake-cloud.js';
import {paths} from '../../helpers/paths.js';

const older = 'Abcdefghij-Abcdefghij_Abcdefghij01234567';
const ofUser = `cfut_${'a1'.repeat(24)}`;
const ofAccount = `cfat_${'b2'.repeat(24)}`;
const accountID = '0123456789abcdef0123456789abcdef';
const pair = {apiKey: '0123456789abcdef0123456789abcdef01234', email: 'me@example.com'};

const stands = (status: string, expires?: string): Reply => ({
	status: 200,
	body: {
		result: {id: 'token-1', status, ...(expires === undefined ? {} : {expires_on: expires})},
		success: true,
		errors: [],
		messages: [{code: 10_000, message: 'This API Token is valid and active', type: null}],
	},
});
const refused = (status: number, code: number, message = 'No.', cause?: number): Reply => ({
	status,
	body: {
		success: false,
		errors: [{code, message, ...(cause === undefined ? {} : {error_chain: [{code: cause, message}]})}],
		messages: [],
		result: null,
	},
});
const noToken = refused(401, 1000, 'Invalid API Token');
const notAnybodys = refused(403, 9109, 'Invalid access token');
const elsewhere = refused(403, 9109, 'Cannot use the access token from location: 203.0.113.9');
const forbidden = refused(403, 9109, 'Unauthorized to access requested resource');
const userPath = '/client/v4/user/tokens/verify';
const accountPath = `/client/v4/accounts/${accountID}/tokens/verify`;
const anybodysPath = '/client/v4/accounts';

const tokenHost = (token: string, replies: Readonly<Record<string, Reply>>) => ({
	'api.cloudflare.com': paths({authorization: `Bearer ${token}`}, replies),
});

test("a user's token of Cloudflare says how it stands, row by row", async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[stands('active', '2027-01-01T00:00:00Z'), 'valid'],
		[stands('disabled'), 'disabled'],
		[stands('expired', '2026-01-01T00:00:00Z'), 'expired'],
		[stands('new'), 'unknown'],
		[noToken, 'invalid'],
		[notAnybodys, 'invalid'],
		[refused(400, 6003, 'Invalid request headers', 6111), 'invalid'],
		[refused(400, 6003, 'Invalid request headers'), 'unknown'],
		[elsewhere, 'limited'],
		[forbidden, 'unknown'],
		[refused(401, 10_000, 'Authentication error'), 'unknown'],
		[refused(429, 971), 'unreachable'],
		[refused(502, 1000), 'unreachable'],
		[{status: 403, body: '<html>error code: 1010</html>'}, 'unreachable'],
		[{status: 200, body: {success: true, result: {id: 'token-1'}}}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const credential = credentialOf('cloudflare', {apiToken: ofUser, accountID});
		const {said} = await askOne(context, credential, tokenHost(ofUser, {[userPath]: reply}));
		assert.equal(said.is, is, JSON.stringify(reply));
		assert.ok(!said.why.includes('203.0.113.9'));
		if (is === 'valid') assert.deepEqual([said.who, said.expires], [{key: 'token-1'}, '2027-01-01T00:00:00Z']);
	}
});

test('a token of an account of Cloudflare is asked about at its account', async context => {
	const credential = credentialOf('cloudflare', {apiToken: ofAccount, accountID});
	for (const [reply, is] of [
		[stands('active'), 'valid'],
		[stands('disabled'), 'disabled'],
		[noToken, 'invalid'],
	] as const) {
		const {said, received} = await askOne(context, credential, tokenHost(ofAccount, {[accountPath]: reply}));
		assert.deepEqual([said.is, received.length], [is, 1]);
		if (is === 'valid') assert.deepEqual(said.who, {account: accountID, key: 'token-1'});
	}
	const bare = credentialOf('cloudflare', {apiToken: ofAccount});
	const {said, received} = await askOne(context, bare, tokenHost(ofAccount, {}));
	assert.deepEqual([said.is, received.length], ['unsupported', 0]);
	assert.match(said.why, /account ID/);
});

test('an older token of Cloudflare may be of a user or of an account', async context => {
	const rows: readonly (readonly [atUser: Reply, atAccount: Reply | undefined, anybody: Reply, is: string])[] = [
		[stands('active'), undefined, notAnybodys, 'valid'],
		[noToken, stands('active'), notAnybodys, 'valid'],
		[forbidden, stands('active'), notAnybodys, 'valid'],
		[noToken, stands('expired'), notAnybodys, 'expired'],
		[noToken, noToken, notAnybodys, 'invalid'],
		[noToken, forbidden, notAnybodys, 'invalid'],
		[noToken, undefined, notAnybodys, 'invalid'],
		[noToken, undefined, {status: 200, body: {success: true, result: []}}, 'unknown'],
		[noToken, undefined, refused(400, 1001, 'no account owned tokens'), 'unknown'],
		[forbidden, undefined, notAnybodys, 'unknown'],
	];
	for (const [atUser, atAccount, anybody, is] of rows) {
		const data = {apiToken: older, ...(atAccount === undefined ? {} : {accountID})};
		const replies = {
			[userPath]: atUser,
			[anybodysPath]: anybody,
			...(atAccount === undefined ? {} : {[accountPath]: atAccount}),
		};
		const {said} = await askOne(context, credentialOf('cloudflare', data), tokenHost(older, replies));
		assert.equal(said.is, is, JSON.stringify([atUser, atAccount, anybody]));
	}
});

test('a global API key of Cloudflare says whose it is, row by row', async context => {
	const user = {id: 'user-1', email: 'me@example.com', suspended: false};
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[{status: 200, body: {success: true, result: user}}, 'valid'],
		[{status: 200, body: {success: true, result: {...user, suspended: true}}}, 'disabled'],
		[refused(403, 9103, 'Unknown X-Auth-Key or X-Auth-Email'), 'invalid'],
		[refused(400, 6003, 'Invalid request headers', 6103), 'invalid'],
		[refused(400, 6003, 'Invalid request headers', 6102), 'invalid'],
		[refused(403, 10_000), 'unknown'],
		[{status: 200, body: '<html>Sign in</html>'}, 'unreachable'],
	];
	const headers = {'x-auth-email': pair.email, 'x-auth-key': pair.apiKey};
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('cloudflare', pair), {
			'api.cloudflare.com': paths(headers, {'/client/v4/user': reply}),
		});
		assert.equal(said.is, is, JSON.stringify(reply));
		if (is === 'valid') assert.deepEqual(said.who, {account: 'user-1', user: 'me@example.com'});
	}
});

test('a global API key of Cloudflare without its email address is not sent anywhere', async context => {
	const {said, received} = await askOne(context, credentialOf('cloudflare', {apiKey: pair.apiKey}), tokenHost('', {}));
	assert.deepEqual([said.is, received.length], ['unsupported', 0]);
});

test('no damaged answer of Cloudflare is taken for a verdict', async () => {
	const bodyOf = ({body}: Reply): string => JSON.stringify(body);
	const proves = (body: string): boolean => /"id":"?[^",]/.test(body) && body.includes('"status":"active"');
	const refusals = [
		{status: 401, body: bodyOf(noToken), reason: '1000'},
		{status: 400, body: bodyOf(refused(400, 6003, 'x', 6111)), reason: '6111'},
		{status: 403, body: bodyOf(notAnybodys), reason: 'Invalid access token'},
		{status: 200, body: bodyOf(stands('disabled')), reason: '"disabled"'},
		{status: 200, body: bodyOf(stands('expired')), reason: '"expired"'},
	];
	for (const apiToken of [ofUser, ofAccount])
		await assertDistrusts({
			provider: 'cloudflare',
			data: {apiToken, accountID},
			answer: () => ({status: 200, body: bodyOf(stands('active'))}),
			proves,
			refusals,
			listed: [200, 400, 401, 403],
		});
	await assertDistrusts({
		provider: 'cloudflare',
		data: pair,
		answer: () => ({status: 200, body: '{"success":true,"result":{"id":"user-1","email":"me@example.com"}}'}),
		proves: body => /"id":"?[^",]/.test(body) && /"email":"?[^",]/.test(body),
		refusals: [{status: 403, body: bodyOf(refused(403, 9103)), reason: '9103'}],
		listed: [200, 400, 401, 403],
	});
});
