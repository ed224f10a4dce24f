import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clear, fields, runCommandLine} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';

// The tests' clock stands at 2026-03-01T12:00:00Z.
const dead = '2026-03-01T11:59:59Z';
const alive = '2026-03-01T12:00:01Z';
const id = keyId.replace('AKIA', 'ASIA');

const sts = (expiration: string): string =>
	JSON.stringify({
		Credentials: {AccessKeyId: id, SecretAccessKey: secretKey, SessionToken: 'invented', Expiration: expiration},
		AssumedRoleUser: {Arn: 'arn:aws:sts::123456789012:assumed-role/x/s'},
	});

const ini = (setting: string): string =>
	`[saml]\naws_access_key_id = ${id}\naws_secret_access_key = ${secretKey}\naws_session_token = invented\n${setting}\n`;

const create = (text: string, more: readonly string[] = []) =>
	runCommandLine(['create', 'credential', 'kept', '-p', 'aws', '-f', '/in', ...more], {files: {'/in': text}});

const keptOf = async (run: Awaited<ReturnType<typeof create>>) => {
	assert.equal(run.code, 0, run.stderr);
	const [kept] = (await run.content())?.credentials ?? [];
	return [Object.fromEntries(clear(kept?.data)).expiration, kept?.expires];
};

test('every form in which AWS tools write an expiration is kept to the second, and sets the day', async () => {
	const cached = {AccessKeyId: id, SecretAccessKey: secretKey, SessionToken: 'invented', Expiration: alive};
	const login = {
		accessKeyId: id,
		secretAccessKey: secretKey,
		sessionToken: 'invented',
		accountId: '1',
		expiresAt: alive,
	};
	const role = {accessKeyId: id, secretAccessKey: secretKey, sessionToken: 'invented', expiration: Date.parse(alive)};
	for (const text of [
		sts(alive),
		sts('2026-03-01T13:00:01+01:00'),
		sts('2026-03-01T12:00:01.500Z'),
		JSON.stringify({...cached, Version: 1}),
		JSON.stringify({Credentials: cached, ProviderType: 'sso', ResponseMetadata: {}}),
		JSON.stringify({accessToken: login, clientId: 'c', refreshToken: 'r'}),
		JSON.stringify({roleCredentials: role}),
		ini('x_security_token_expires = 2026-03-01T22:00:01+10:00'),
		ini('aws_expiration = 2026-03-01T12:00:01.000Z'),
		ini('aws_session_expiration = 2026-03-01T12:00:01+0000'),
		ini('expiration = 2026-03-01 12:00:01'),
		ini(`expiration = ${dead}\naws_expiration = ${alive}`),
	]) {
		assert.deepEqual(await keptOf(await create(text)), [alive, '2026-03-01'], text);
	}
	assert.deepEqual(await keptOf(await create(sts(alive), ['--expires', '2026-02-28'])), [alive, '2026-02-28']);
});

test('create refuses temporary keys that have expired, with --force too, and makes no vault', async () => {
	for (const text of [sts(dead), ini(`x_security_token_expires = ${dead}`)]) {
		for (const more of [[], ['--force']]) {
			const run = await create(text, more);
			assert.equal(run.code, 7);
			assert.match(run.stderr, /these temporary keys expired on `2026-03-01T11:59:59Z`\nget new ones/);
			assert.equal(await run.content(), undefined);
		}
	}
});

test('an expiration in the environment counts, by the names of botocore and aws-vault', async () => {
	for (const name of ['AWS_CREDENTIAL_EXPIRATION', 'AWS_SESSION_EXPIRATION']) {
		const run = (moment: string) =>
			runCommandLine(['create', 'credential', 'kept', '-p', 'aws', '--from-env'], {
				environment: {
					AWS_ACCESS_KEY_ID: id,
					AWS_SECRET_ACCESS_KEY: secretKey,
					AWS_SESSION_TOKEN: 'invented',
					[name]: moment,
				},
			});
		assert.deepEqual(await keptOf(await run(alive)), [alive, '2026-03-01'], name);
		assert.equal((await run(dead)).code, 7, name);
	}
});

test('import lists expired keys as not importable, with the reason, and keeps the others', async () => {
	const text = `${ini(`x_security_token_expires = ${dead}`)}${ini(`expiration = ${alive}`).replace('saml', 'live')}`;
	const run = await runCommandLine(['import', '--all'], {files: {'/home/me/.aws/credentials': text}});
	assert.equal(run.code, 0);
	assert.match(
		run.stderr,
		/not importable: `saml` in .* can't be kept: its temporary keys expired on 2026-03-01T11:59:59Z/,
	);
	const kept = (await run.content())?.credentials ?? [];
	assert.deepEqual(
		kept.map(({name, expires}) => [name, expires]),
		[['aws-live', '2026-03-01']],
	);
	const environment = {
		AWS_ACCESS_KEY_ID: id,
		AWS_SECRET_ACCESS_KEY: secretKey,
		AWS_SESSION_TOKEN: 'invented',
		AWS_CREDENTIAL_EXPIRATION: dead,
	};
	const variables = await runCommandLine(['import', '--all', '--from', 'environment'], {environment});
	assert.match(variables.stderr, /not importable: .*AWS_CREDENTIAL_EXPIRATION.* expired on 2026-03-01T11:59:59Z/);
});

const stored = (expiration: string) => [
	storedCredential('tmp', {
		data: fields({accessKeyID: id, secretAccessKey: secretKey, sessionToken: 'invented', expiration}),
	}),
];

test('credential-process, env and exec hand the expiration on, and refuse keys after it', async () => {
	const process = ['aws', 'credential-process', 'tmp'];
	const env = ['env', 'tmp', '--shell', 'dotenv'];
	const exec = ['exec', 'tmp', '--', 'true'];
	const [printed, lines, ran] = await Promise.all(
		[process, env, exec].map(argv => runCommandLine(argv, {credentials: stored(alive)})),
	);
	assert.equal(JSON.parse(printed?.stdout ?? '').Expiration, alive);
	assert.match(lines?.stdout ?? '', /AWS_CREDENTIAL_EXPIRATION='?2026-03-01T12:00:01Z/);
	assert.equal(ran?.ran[0]?.set.get('AWS_CREDENTIAL_EXPIRATION')?.reveal(), alive);
	assert.ok(ran?.ran[0]?.unset.includes('AWS_SESSION_EXPIRATION'));
	for (const argv of [process, env, exec]) {
		const run = await runCommandLine(argv, {credentials: stored(dead)});
		assert.deepEqual([run.code, run.stdout, run.ran], [7, '', []], argv.join(' '));
		assert.match(run.stderr, /temporary keys of `tmp` expired on `2026-03-01T11:59:59Z`\n.*edit credential tmp/);
	}
});

test('keys that stopped working earlier today are expired everywhere, whatever day was given', async () => {
	const [tmp] = stored(dead);
	assert.ok(tmp);
	for (const expires of ['2026-03-01', '2026-12-24']) {
		const credentials = [{...tmp, expires}];
		const table = await runCommandLine(['get', 'credentials'], {credentials});
		assert.match(table.stdout, /2026-03-01 \(expired\)/);
		const detail = await runCommandLine(['get', 'tmp'], {credentials});
		assert.match(detail.stdout, /2026-03-01 · expired today/);
		const filtered = await runCommandLine(['get', 'credentials', '-o', 'name', '--filter', 'expires:expired'], {
			credentials,
		});
		assert.equal(filtered.stdout, 'tmp\n');
		const exported = await runCommandLine(['export', 'tmp'], {credentials});
		assert.match(exported.stderr, /warning: `tmp` expired on 2026-03-01/);
	}
	const working = await runCommandLine(['get', 'credentials'], {credentials: stored(alive)});
	assert.match(working.stdout, /2026-03-01 \(today\)/);
});

test('an export says which of its credentials have expired', async () => {
	const [tmp] = stored(dead);
	assert.ok(tmp);
	for (const output of ['yaml', 'dotenv', 'aws']) {
		const run = await runCommandLine(['export', 'tmp', '-o', output], {
			credentials: [{...tmp, expires: '2026-02-28'}],
		});
		assert.equal(run.code, 0);
		assert.match(run.stderr, /warning: `tmp` expired on 2026-02-28/);
	}
});

test('new keys bring their own expiration and day; long-lived ones leave none', async () => {
	const [before] = stored(dead);
	assert.ok(before);
	const edit = (text: string) =>
		runCommandLine(['edit', 'credential', 'tmp', '-f', '/in'], {
			credentials: [{...before, expires: '2026-03-01'}],
			files: {'/in': text},
		});
	assert.deepEqual(await keptOf(await edit(sts('2026-03-02T00:00:00Z'))), ['2026-03-02T00:00:00Z', '2026-03-02']);
	const lasting = JSON.stringify({AccessKey: {AccessKeyId: keyId, SecretAccessKey: secretKey, Status: 'Active'}});
	assert.deepEqual(await keptOf(await edit(lasting)), [undefined, undefined]);
	assert.equal((await edit(sts(dead))).code, 7);
});

test("Alibaba's temporary keys keep their expiration too", async () => {
	const keys = {AccessKeyId: 'STS.abcdefgh', AccessKeySecret: 'x'.repeat(44), SecurityToken: 'invented'};
	const run = (moment: string) =>
		runCommandLine(['create', 'credential', 'kept', '-p', 'alibaba', '-f', '/in'], {
			files: {'/in': JSON.stringify({...keys, Expiration: moment})},
		});
	assert.deepEqual(await keptOf(await run(alive)), [alive, '2026-03-01']);
	assert.equal((await run(dead)).code, 7);
	const profile = {
		name: 'sso',
		mode: 'StsToken',
		access_key_id: keys.AccessKeyId,
		access_key_secret: keys.AccessKeySecret,
	};
	const config = (seconds: number): string =>
		JSON.stringify({current: 'sso', profiles: [{...profile, sts_token: 'invented', sts_expiration: seconds}]});
	const look = (seconds: number) =>
		runCommandLine(['import', '--all'], {files: {'/home/me/.aliyun/config.json': config(seconds)}});
	assert.deepEqual(await keptOf(await look(Date.parse(alive) / 1000)), [alive, '2026-03-01']);
	assert.match((await look(Date.parse(dead) / 1000)).stderr, /not importable: `sso` .*temporary keys expired on/);
});
