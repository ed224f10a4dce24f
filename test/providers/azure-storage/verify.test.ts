import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Unreachable} from '../../../source/domain/exchange.js';
import {azureStorageProbe} from '../../../source/providers/azure-storage/verify.js';
import {askedAt, askOne, credentialOf} from '../../helpers/asked.js';
import {assertDistrusts} from '../../helpers/distrust.js';
import type {Handler, Reply} from '../../helpers/fake-cloud.js';
import {checkSharedKey} from '../../helpers/shared-key.js';

const account = 'inventedaccount';
const key = Buffer.alloc(64, 7).toString('base64');
const data = {account, key};
const host = 'inventedaccount.blob.core.windows.net';

const found: Reply = {status: 200, headers: {'x-ms-sku-name': 'Standard_LRS', 'x-ms-account-kind': 'StorageV2'}};
const error = (status: number, code: string, detail = ''): Reply => ({
	status,
	headers: {'content-type': 'application/xml', 'x-ms-error-code': code},
	body: `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>no ${code}\nRequestId:1\nTime:2</Message>${detail}</Error>`,
});
const tooOld = (date: unknown): Reply =>
	error(
		403,
		'AuthenticationFailed',
		`<AuthenticationErrorDetail>Request date header too old: '${date}'</AuthenticationErrorDetail>`,
	);

/** Answers as the service does to a request that is signed with the key, and refuses any other. */
const signed =
	(reply: Reply): Handler =>
	request => {
		assert.deepEqual([request.method, request.target], ['GET', '/?restype=account&comp=properties']);
		assert.match(String(request.headers['x-ms-version']), /^\d{4}-\d\d-\d\d$/);
		return checkSharedKey(request, account, key) ? reply : error(403, 'AuthenticationFailed');
	};

test('a key of Azure Storage that works says which account it opens', async context => {
	const {said, received} = await askOne(context, credentialOf('azureStorage', data), {[host]: signed(found)});
	assert.deepEqual([said.is, said.who, said.host], ['valid', {account}, host]);
	assert.deepEqual([said.why, received.length], ['Azure opens the account with it', 1]);
});

test('what Azure Storage answers, row by row', async context => {
	const rows: readonly (readonly [reply: Reply, is: string])[] = [
		[error(403, 'AuthenticationFailed'), 'invalid'],
		[tooOld('Sun, 29 Nov 2026 21:27:32 GMT'), 'unknown'],
		[error(403, 'AccountIsDisabled'), 'disabled'],
		[error(403, 'KeyBasedAuthenticationNotPermitted'), 'disabled'],
		[error(403, 'AuthorizationFailure'), 'unknown'],
		[error(400, 'InvalidAuthenticationInfo'), 'unknown'],
		[error(401, 'InvalidAuthenticationInfo'), 'unknown'],
		[error(503, 'ServerBusy'), 'unreachable'],
		[{status: 403, body: '<html>Blocked by the company</html>'}, 'unreachable'],
		[{status: 200, body: '<html>Sign in</html>'}, 'unreachable'],
		[{status: 200}, 'unreachable'],
	];
	for (const [reply, is] of rows) {
		const {said} = await askOne(context, credentialOf('azureStorage', data), {[host]: signed(reply)});
		assert.equal(said.is, is, JSON.stringify(reply.body));
	}
});

test('a wrong key of Azure Storage is invalid', async context => {
	const wrong = credentialOf('azureStorage', {account, key: Buffer.alloc(64, 8).toString('base64')});
	const {said} = await askOne(context, wrong, {[host]: signed(found)});
	assert.deepEqual([said.is, said.why], ['invalid', 'the key is wrong, or was replaced']);
});

test('a clock that is off makes no key of Azure Storage invalid', async context => {
	const late = askedAt - 20 * 60_000;
	const strict: Handler = request => {
		const date = request.headers['x-ms-date'];
		return Math.abs(askedAt - Date.parse(String(date))) > 15 * 60_000 ? tooOld(date) : signed(found)(request);
	};
	const {said} = await askOne(context, credentialOf('azureStorage', data), {[host]: strict}, {now: () => late});
	assert.equal(said.is, 'valid');
	assert.match(said.why, /this machine's clock is about 20 minutes behind/);
});

/** What is said of the account where these names are known; those of blobs answer. */
async function saidOf(names: readonly string[]) {
	const asked: string[] = [];
	const said = azureStorageProbe.verify(field => ({account, key})[field] ?? '', {
		now: new Date(askedAt),
		knows: async name => names.includes(name),
		async ask({url}) {
			const {hostname} = new URL(url);
			asked.push(hostname);
			if (!names.includes(hostname)) throw new Unreachable(`the name ${hostname} is not known`, 'no-host');
			return {status: 200, headers: new Map([['x-ms-account-kind', 'StorageV2']]), body: ''};
		},
	});
	return {said, asked};
}

test('an account of Azure Storage is looked for in each cloud', async () => {
	const {said, asked} = await saidOf(['inventedaccount.blob.core.chinacloudapi.cn']);
	const {is, why} = await said;
	assert.deepEqual([is, why], ['valid', 'Azure in China opens the account with it']);
	assert.deepEqual(asked, [
		'inventedaccount.blob.core.windows.net',
		'inventedaccount.blob.core.usgovcloudapi.net',
		'inventedaccount.blob.core.chinacloudapi.cn',
	]);
});

test('an account of Azure Storage whose name nobody knows is invalid where other names are known', async () => {
	const {said: unknown} = await saidOf(['login.microsoftonline.com']);
	assert.equal((await unknown).is, 'invalid');
	const {said: files} = await saidOf(['login.microsoftonline.com', 'inventedaccount.file.core.windows.net']);
	assert.equal((await files).is, 'unsupported');
	const {said: none} = await saidOf([]);
	await assert.rejects(none, Unreachable);
});

test('what is no name of an account is not asked about', async context => {
	for (const name of ['', 'evil.example/', 'Invented', 'inventedaccount.blob.core.windows.net']) {
		const {said, received} = await askOne(context, credentialOf('azureStorage', {account: name, key}), {
			[host]: signed(found),
		});
		assert.deepEqual([said.is, received.length], ['unsupported', 0]);
	}
});

test('no damaged answer of Azure Storage is taken for a verdict', () =>
	assertDistrusts({
		provider: 'azureStorage',
		data,
		answer: () => ({status: 200, headers: {'x-ms-account-kind': 'StorageV2'}, body: ''}),
		// It is told by a header alone.
		proves: () => true,
		refusals: ['AuthenticationFailed', 'AccountIsDisabled', 'KeyBasedAuthenticationNotPermitted'].map(code => ({
			status: 403,
			body: String(error(403, code).body),
			reason: `<Code>${code}<`,
		})),
		listed: [200, 403],
	}));
