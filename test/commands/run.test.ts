import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {fields, runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {fakeAgent} from '../helpers/fake-agent.js';

const odd = `it's "a" $x \`b\` {{ pharmer://prod/none }}\n100 %`;
const credentials = [
	storedCredential('prod'),
	storedCredential('old', {expires: '2026-02-28'}),
	storedCredential('db', {
		provider: 'generic',
		data: fields({host: 'h', password: odd, empty: '', zero: 'a\0b', large: 'x'.repeat(100_000)}),
	}),
];

async function run(argv: readonly string[], world: World = {}) {
	const outcome = await runCommandLine(['run', ...argv], {credentials, ...world});
	const [request] = outcome.ran;
	return {
		...outcome,
		request,
		set: Object.fromEntries([...(request?.set ?? [])].map(([name, each]) => [name, each.reveal()])),
	};
}

const file = (...lines: readonly string[]) => ({files: {'.env': `${lines.join('\n')}\n`}});

test('fills in the references of the environment and of env files, and says whose secrets it hands out', async () => {
	const {code, stderr, stdout, set, request, ran} = await run(
		['--env-file', '.env', '--', 'npm', 'start', '--', '-x'],
		{
			...file(
				'# a comment',
				'KEY=pharmer://PROD/secretAccessKey',
				"URL='postgres://app:{{ pharmer://db/password }}@{{pharmer://db/host}}/x'",
				"export PLAIN='as it is'",
				'LARGE=pharmer://db/large',
			),
			environment: {ID: 'pharmer://prod/accessKeyID', IN: '<{{ pharmer://db/host }}>', OTHER: '$x'},
			childCode: 42,
		},
	);
	assert.equal(code, 42, stderr);
	assert.deepEqual(request?.command, ['npm', 'start', '--', '-x']);
	assert.deepEqual(set, {
		ID: keyId,
		IN: '<h>',
		KEY: secretKey,
		URL: `postgres://app:${odd}@h/x`,
		PLAIN: 'as it is',
		LARGE: 'x'.repeat(100_000),
	});
	assert.deepEqual([request?.unset, request?.files, request?.mask], [[], [], undefined]);
	assert.equal(request?.environment.OTHER, '$x');
	assert.deepEqual([stdout, stderr], ['', 'handing out `prod` and `db`\n']);
	assert.equal(ran.length, 1);
});

test('later env files win over earlier ones, and all of them over the environment', async () => {
	const files = {one: 'A=pharmer://db/host\nB=one\nB=two\nE=\n', two: 'A=plain\nC=pharmer://db/host\n'};
	const {set, stderr} = await run(['--env-file', 'one', '--env-file', 'two', '--', 'x'], {
		files,
		environment: {B: 'pharmer://nope/x', C: 'env', D: 'env', E: 'env'},
	});
	assert.deepEqual(set, {A: 'plain', B: 'two', C: 'h', E: ''}, stderr);
	const {set: other} = await run(['--env-file', 'two', '--env-file', 'one', '--', 'x'], {files});
	assert.deepEqual([other.A, other.C], ['h', 'h']);
});

test('names everything that leads nowhere with file and line, and runs nothing', async () => {
	const {code, stderr, stdout, ran} = await run(['--env-file', '.env', '--', 'x'], {
		...file(
			'A=pharmer://dbs/password',
			'B=pharmer://db/pasword',
			'',
			"C='first",
			"{{ pharmer://db/empty }} {{ pharmer://db }}'",
			'D="$HOME/x"',
			'not a line',
			'F=xpharmer://db/host',
			'G=pharmer://db/zero',
			'H=pharmer://db',
		),
		environment: {Y: 'pharmer://nope/x', Z: '{{ pharmer://db/x }}'},
	});
	assert.equal(code, 4);
	assert.deepEqual(stderr.split('\n'), [
		'`.env` line 7 is not NAME=value',
		'`.env`: `D` takes its value on line 6 from a variable or a command: put the value itself in single quotes',
		'the variable `Y`: there is no credential `nope`',
		'the variable `Z`: `db` has no field `x`; it has `host`, `password`, `empty`, `zero` and `large`',
		'`.env` line 1 (`A`): there is no credential `dbs`, did you mean `db`?',
		'`.env` line 2 (`B`): `db` has no field `pasword`, did you mean `password`?',
		'`.env` line 5 (`C`): `empty` of `db` is empty',
		'`.env` line 5 (`C`): what begins with `pharmer://` is not `{{ pharmer://NAME/FIELD }}`',
		'`.env` line 8 (`F`): what begins with `pharmer://` stands outside of `{{ }}`',
		"`.env` line 9 (`G`): `zero` of `db` holds characters that an environment can't: use `pharmer inject`",
		'`.env` line 10 (`H`): what begins with `pharmer://` is not `pharmer://NAME/FIELD`',
		'pharmer: 11 mistakes in what is to be filled in',
		'nothing was run: `pharmer show NAME` lists the fields of a credential',
		'',
	]);
	assert.deepEqual([stdout, ran], ['', []]);
});

test('a single mistake is the error itself', async () => {
	const unknown = await run(['--', 'x'], {environment: {A: 'pharmer://prd/x'}});
	assert.equal(unknown.code, 4);
	assert.match(
		unknown.stderr,
		/^pharmer: the variable `A`: there is no credential `prd`, did you mean `prod`\?\nnothing was run/,
	);
	const field = await run(['--', 'x'], {environment: {A: 'pharmer://db/hots'}});
	assert.equal(field.code, 7);
	assert.match(field.stderr, /^pharmer: the variable `A`: `db` has no field `hots`, did you mean `host`\?\n/);
	const line = await run(['--env-file', '.env', '--', 'x'], file('A=`date`'));
	assert.deepEqual([line.code, line.stderr.split('\n')[1]], [7, 'nothing was run']);
	for (const {ran, stderr} of [unknown, field, line]) {
		assert.deepEqual(ran, []);
		assert.doesNotMatch(stderr, /handing out/);
	}
});

test('what mentions a reference in the environment and is none passes as it is, as scripts of npm do', async () => {
	const script = 'DB=pharmer://nope/x pharmer run -- node app.js';
	const {code, set, stderr} = await run(['--', 'x'], {
		environment: {npm_lifecycle_script: script, A: 'pharmer://db/host'},
	});
	assert.equal(code, 0, stderr);
	assert.deepEqual(Object.keys(set).sort(), ['A', 'npm_lifecycle_script']);
	assert.equal(set.npm_lifecycle_script, script);
});

test('a reference in the command is refused before anything else is looked at', async () => {
	for (const word of ['pharmer://db/host', '--password={{ pharmer://db/host }}', 'echo pharmer://db']) {
		const {code, stderr, ran, places} = await run(['--env-file', 'none', '--', 'x', word]);
		assert.equal(code, 2);
		assert.match(stderr, /a reference on a command line is not filled in: anybody can read it there\n.*--env-file/);
		assert.deepEqual([ran, places], [[], []]);
	}
});

test('without references the vault is left alone, and that is said', async () => {
	const {code, stderr, places, set} = await run(['--env-file', '.env', '--', 'x'], {...file('A=b'), childCode: 3});
	assert.deepEqual([code, places, set], [3, [], {A: 'b'}]);
	assert.equal(stderr, 'no references: nothing is handed out\n');
});

test('refuses a command without `--`, standard input as a file, and a passphrase there', async () => {
	for (const [argv, message] of [
		[['npm', 'start'], /stands after `--`\n`pharmer run -- COMMAND`/],
		[[], /there is no command to run\nput it after `--`: `pharmer run -- COMMAND`/],
		[['--env-file', '-', '--', 'x'], /standard input is what the command reads/],
		[['--passphrase-fd', '0', '--', 'x'], /also what the command reads/],
	] as const) {
		const {code, stderr, ran} = await run(argv);
		assert.equal(code, 2);
		assert.match(stderr, message);
		assert.deepEqual(ran, []);
	}
	assert.equal((await run(['--env-file', 'none', '--', 'x'])).code, 9);
	const shell = await run([], {app: {kind: 'quit'}, environment: {SHELL: '/bin/zsh'}});
	assert.deepEqual(shell.request?.command, ['/bin/zsh']);
});

test('an env file can not give Node.js what would open pharmer to others: Node.js obeys it before pharmer reads it', async () => {
	const {code, stderr, ran, places} = await run(
		['--env-file', '.env', '--', 'x'],
		file('A=pharmer://db/password\nNODE_OPTIONS="--trace-warnings --require ./evil.js"'),
	);
	assert.deepEqual([code, ran, places], [7, [], []]);
	assert.match(
		stderr,
		/`\.env` line 2 \(`NODE_OPTIONS`\) holds `--require`, which runs other code inside pharmer\n.*env NODE_OPTIONS=/,
	);
	const harmless = await run(['--env-file', '.env', '--', 'x'], file('NODE_OPTIONS=--max-old-space-size=4096'));
	assert.deepEqual([harmless.code, harmless.set], [0, {NODE_OPTIONS: '--max-old-space-size=4096'}]);
});

test('warns of what has expired, and refuses temporary keys that no longer work', async () => {
	const {stderr} = await run(['--', 'x'], {environment: {A: 'pharmer://old/accessKeyID'}});
	assert.match(stderr, /^warning: `old` expired on 2026-02-28\nhanding out `old`\n$/);
	const dead = storedCredential('dead', {
		data: fields({
			accessKeyID: 'ASIAQ4J5K6L7M2N3P4Q5',
			secretAccessKey: secretKey,
			sessionToken: 'x',
			expiration: '2026-02-01T00:00:00Z',
		}),
	});
	const refused = await run(['--', 'x'], {credentials: [dead], environment: {A: 'pharmer://dead/accessKeyID'}});
	assert.equal(refused.code, 7, refused.stderr);
	assert.deepEqual(refused.ran, []);
});

test('--mask masks every secret of the credentials that are handed out', async () => {
	const {request} = await run(['--mask', '--', 'x'], {environment: {A: 'pharmer://prod/accessKeyID'}});
	const forms = request?.mask?.forms.map(String) ?? [];
	assert.ok(forms.includes(secretKey), 'also the fields that are not referred to');
	assert.ok(!forms.includes(keyId) && !forms.some(each => each.includes('{{')));
});

test('the agent is asked for the names that are referred to, once', async () => {
	const id = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
	const stored = credentials.map((each, at) => ({...each, id: `${at}${id.slice(1)}`}));
	const agent = fakeAgent(stored);
	const place = memoryVaultPlace({credentials: stored, trash: []}, 'open sesame');
	await runCommandLine(['unlock'], {agent, place});
	agent.asked.length = 0;
	const environment = {
		A: 'pharmer://db/host',
		B: 'pharmer://DB/password',
		C: '{{ pharmer://prod/accessKeyID }}',
		PHARMER_PASSPHRASE: undefined,
	};
	const {code, stderr, places} = await run(['--', 'x'], {agent, place, environment});
	assert.equal(code, 0, stderr);
	const ids = ['db', 'prod'].map(name => stored.find(each => each.name === name)?.id);
	const [asked, ...noted] = agent.asked;
	assert.deepEqual([asked, places], ['read db prod', []]);
	assert.deepEqual(
		noted.map(line => line.split(' ').sort()),
		[['note', 'run', ...ids].sort()],
	);
	const {stderr: said} = await run(['--', 'x'], {
		agent,
		place,
		environment: {...environment, D: 'pharmer://dbb/x', E: 'pharmer://prdo/y'},
	});
	assert.match(said, /no credential `dbb`, did you mean `db`\?[\s\S]*no credential `prdo`, did you mean `prod`\?/);
});
