import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fields, runCommandLine} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';

const generic = (name: string, data: Record<string, string>) =>
	storedCredential(name, {provider: 'generic', data: fields(data)});
const credentials = [
	storedCredential('prod'),
	storedCredential('same'),
	storedCredential('other', {data: fields({accessKeyID: keyId, secretAccessKey: 'other'})}),
	generic('db', {DATABASE_URL: 'x'}),
	generic('risky', {LD_PRELOAD: '/tmp/x.so'}),
	generic('exec', {TOKEN: 'x'}),
	generic('double', {'a.b': 'one', 'a-b': 'two'}),
];

test('exec passes the variables of the named credentials to the command, and returns its exit code', async () => {
	const run = await runCommandLine(['exec', 'prod', 'DB', '--', 'aws', 's3', 'ls', '--region', 'x', '--', '--files'], {
		credentials,
		childCode: 42,
	});
	assert.equal(run.code, 42, run.stderr);
	const [request] = run.ran;
	assert.deepEqual(request?.command, ['aws', 's3', 'ls', '--region', 'x', '--', '--files']);
	assert.deepEqual(
		[...(request?.set ?? [])].map(([name, value]) => [name, value.reveal()]),
		[
			['AWS_ACCESS_KEY_ID', keyId],
			['AWS_SECRET_ACCESS_KEY', secretKey],
			['DATABASE_URL', 'x'],
		],
	);
	assert.ok(request?.unset.includes('AWS_PROFILE'));
	assert.equal(run.stdout + run.stderr, '');
});

test('suggests the probable name for a mistyped one', async () => {
	for (const argv of [
		['exec', 'pord', '--', 'x'],
		['env', 'pord'],
		['get', 'credential', 'pord'],
		['edit', 'credential', 'pord', '--note', 'x'],
	]) {
		const run = await runCommandLine(argv, {credentials});
		assert.equal(run.code, 4);
		assert.match(run.stderr, /no credential `pord`\ndid you mean `prod`\?/, argv[0]);
	}
});

test('passes an expired credential on with a warning', async () => {
	const expired = [storedCredential('old', {expires: '2026-02-28'}), storedCredential('good', {expires: '2026-03-01'})];
	for (const [argv, said] of [
		[['exec', 'old', '--', 'x'], 'warning: `old` expired on 2026-02-28\n'],
		[['env', 'old'], 'warning: `old` expired on 2026-02-28\n'],
		[['exec', 'good', '--', 'x'], ''],
	] as const) {
		const run = await runCommandLine(argv, {credentials: expired});
		assert.deepEqual([run.code, run.stderr], [0, said]);
	}
});

test('the same secret under two names is not a conflict; a different one is, and nothing is run', async () => {
	const same = await runCommandLine(['exec', 'prod', 'same', '--', 'x'], {credentials});
	assert.equal(same.code, 0, same.stderr);
	for (const argv of [
		['exec', 'prod', 'other', '--', 'x'],
		['env', 'prod', 'other'],
	]) {
		const run = await runCommandLine(argv, {credentials});
		assert.equal(run.code, 2);
		assert.match(run.stderr, /`prod` and `other` both set AWS_SECRET_ACCESS_KEY/);
		assert.deepEqual(run.ran, []);
		assert.equal(run.stdout, '');
	}
});

test('a credential cannot set variables that decide what programs run', async () => {
	for (const argv of [
		['exec', 'risky', '--', 'x'],
		['env', 'risky'],
		['export', 'risky', '-o', 'dotenv'],
	]) {
		const run = await runCommandLine(argv, {credentials});
		assert.equal(run.code, 7);
		assert.match(run.stderr, /`risky` would set LD_PRELOAD/);
		assert.deepEqual(run.ran, []);
	}
});

test('refuses two fields for one variable, so that neither is silently dropped', async () => {
	for (const argv of [
		['exec', 'double', '--', 'x'],
		['env', 'double'],
	]) {
		const run = await runCommandLine(argv, {credentials});
		assert.equal(run.code, 7);
		assert.match(run.stderr, /two fields of `double` want the variable A_B.*rename its field `a-b`/s);
		assert.deepEqual(run.ran, []);
	}
});

test('other verbs keep the words after `--`, even for a credential named exec', async () => {
	const run = await runCommandLine(['delete', 'credential', 'exec', '--yes', '--', 'nope'], {credentials});
	assert.equal(run.code, 4);
	assert.match(run.stderr, /`nope`/);
});

test('refuses each variable that decides what programs run, and passes on similar names', async () => {
	const run = (name: string) => runCommandLine(['exec', 'x', '--', 'y'], {credentials: [generic('x', {[name]: 'v'})]});
	for (const name of [
		'GITHUB_TOKEN',
		'GITLAB_TOKEN',
		'LDAP_PASSWORD',
		'NODE_ENV',
		'CARGO_REGISTRY_TOKEN',
		'PATHFINDER',
	])
		assert.equal((await run(name)).code, 0, name);
	for (const name of [
		'PS1',
		'GIT_CONFIG_COUNT',
		'HTTPS_PROXY',
		'EDITOR',
		'PYTHONPATH',
		'HOME',
		'JAVA_TOOL_OPTIONS',
		'ZDOTDIR',
	])
		assert.equal((await run(name)).code, 7, name);
});

test("without a command, runs the person's shell at a terminal, and fails without one", async () => {
	const there = await runCommandLine(['exec', 'prod'], {
		credentials,
		app: {kind: 'quit'},
		environment: {SHELL: '/bin/zsh'},
	});
	assert.deepEqual(there.ran[0]?.command, ['/bin/zsh']);
	for (const argv of [
		['exec', 'prod'],
		['exec', 'prod', '--'],
	]) {
		const run = await runCommandLine(argv, {credentials});
		assert.equal(run.code, 2);
		assert.match(run.stderr, /there is no command to run.*`--`/s);
	}
});

test('names missing credentials before anything runs', async () => {
	const run = await runCommandLine(['exec', 'prod', 'nope', '--', 'x'], {credentials});
	assert.equal(run.code, 4);
	assert.deepEqual(run.ran, []);
	assert.equal((await runCommandLine(['exec', '--', 'x'], {credentials})).code, 2);
});

test('exec --mask masks the secrets that it hands out, and names those that are too short', async () => {
	const all = [...credentials, generic('short', {PIN: '1234', CODE: '5678', TOKEN: 'long enough'})];
	const run = await runCommandLine(['exec', 'prod', 'short', '--mask', '--', 'x'], {credentials: all});
	assert.equal(run.code, 0, run.stderr);
	const forms = run.ran[0]?.mask?.forms.map(String) ?? [];
	assert.ok(forms.includes(secretKey) && forms.includes('long enough'));
	assert.ok(!forms.includes(keyId) && !forms.includes('1234') && !forms.includes('other'));
	assert.equal(run.stderr, 'warning: `PIN` and `CODE` of `short` are too short to be masked\n');
	const plain = await runCommandLine(['exec', 'prod', '--', 'x'], {credentials});
	assert.equal(plain.ran[0]?.mask, undefined);
});

test('the help of --mask says that it is no wall', async () => {
	const {stdout} = await runCommandLine(['exec', '--help']);
	assert.match(stdout, /a seat belt against logs, not a wall/);
});

test('env prints lines for the current shell, or for the named one', async () => {
	const lines = async (argv: readonly string[], SHELL?: string) =>
		(await runCommandLine(['env', 'prod', ...argv], {credentials, environment: {SHELL}})).stdout;
	assert.match(
		await lines([]),
		/^unset AWS_ACCESS_KEY\n[\s\S]*export AWS_ACCESS_KEY_ID='AKIA[\s\S]*export AWS_SECRET_ACCESS_KEY='/,
	);
	assert.match(await lines([], '/usr/bin/fish'), /^set -eg AWS_ACCESS_KEY\n[\s\S]*set -gx AWS_ACCESS_KEY_ID 'AKIA/);
	assert.match(await lines(['--shell', 'powershell']), /\$env:AWS_ACCESS_KEY_ID = 'AKIA/);
	assert.match(await lines(['--shell', 'dotenv']), /^AWS_ACCESS_KEY_ID=AKIA/);
	assert.deepEqual(JSON.parse(await lines(['--shell', 'json'])), {
		AWS_ACCESS_KEY_ID: keyId,
		AWS_SECRET_ACCESS_KEY: secretKey,
	});
});

test('env shows no secret on a terminal, and refuses unknown shells', async () => {
	const run = await runCommandLine(['env', 'prod'], {credentials, stdoutIsTerminal: true});
	assert.equal(run.code, 2);
	assert.match(run.stderr, /would be shown on this terminal.*eval "\$\(pharmer env prod\)"/s);
	assert.equal(run.stdout, '');
	assert.match(
		(await runCommandLine(['env', 'prod', '--shell', 'tcsh'], {credentials})).stderr,
		/`tcsh` is not a kind of shell/,
	);
});
