import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {fields, runCommandLine, usualPassphrase, type World} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';

const credentials = [
	storedCredential('prod'),
	storedCredential('dns', {provider: 'generic', data: fields({DNS_TOKEN: 'd'})}),
	storedCredential('db', {provider: 'generic', data: fields({password: 'p', zero: 'a\0b'}), expires: '2026-02-28'}),
];

const text = `credentials: [prod, DNS]
env:
  LOG_LEVEL: debug
  URL: "postgres://app:{{ pharmer://db/password }}@db"
`;
const own = {
	AWS_ACCESS_KEY_ID: keyId,
	AWS_SECRET_ACCESS_KEY: secretKey,
	DNS_TOKEN: 'd',
	LOG_LEVEL: 'debug',
	URL: 'postgres://app:p@db',
};
const said = 'warning: `db` expired on 2026-02-28\nhanding out `prod`, `dns` and `db` (`.pharmer.yaml`)\n';

/** Runs commands where a project file counts, which is trusted unless another text is given. */
async function project(trusted = text) {
	const place = memoryVaultPlace({credentials, trash: []}, usualPassphrase);
	await runCommandLine(['trust', '--yes'], {place, project: trusted});
	return async (line: string, world: World = {}) => {
		const outcome = await runCommandLine(line.split(' '), {place, project: trusted, ...world});
		const [request] = outcome.ran;
		const set = Object.fromEntries([...(request?.set ?? [])].map(([name, each]) => [name, each.reveal()]));
		const uses = (await runCommandLine(['log', '-o', 'json'], {place})).stdout;
		return {...outcome, request, set, uses};
	};
}

test('exec and run hand out what a trusted file names and set its variables, and say so', async () => {
	const run = await project();
	for (const line of ['exec -- make', 'run -- make']) {
		const {code, set, request, stderr, stdout, uses} = await run(line, {childCode: 42});
		assert.equal(code, 42, stderr);
		assert.deepEqual(set, own);
		assert.ok(request?.unset.includes('AWS_PROFILE'));
		assert.deepEqual([stderr, stdout], [said, '']);
		for (const name of ['prod', 'dns', 'db']) assert.match(uses, new RegExp(`"name": "${name}"`));
	}
});

test('env prints the lines for both', async () => {
	const {code, stdout, stderr} = await (await project())('env --shell bash');
	assert.deepEqual([code, stderr], [0, said]);
	for (const [name, value] of Object.entries(own)) assert.ok(stdout.includes(`export ${name}='${value}'\n`), name);
	assert.match(stdout, /^unset AWS_PROFILE$/m);
});

test('env shows no secrets on a terminal, and says what is missing or how to take them', async () => {
	const run = await project();
	const here = await run('env', {stdoutIsTerminal: true});
	assert.deepEqual([here.code, here.stdout], [2, '']);
	assert.match(
		here.stderr,
		/would be shown on this terminal\n`eval "\$\(pharmer env\)"` takes them into this shell\n$/,
	);
	const nowhere = await run('env', {stdoutIsTerminal: true, project: undefined});
	assert.match(nowhere.stderr, /^pharmer: NAME is missing\n/);
});

test('with a NAME the file is not looked at', async () => {
	const run = await project();
	for (const broken of [new PharmerError('file', 'unsafe'), 'not: valid', 'credentials: [untrusted]']) {
		const {code, set, stderr} = await run('exec dns -- x', {project: broken});
		assert.deepEqual([code, set, stderr], [0, {DNS_TOKEN: 'd'}, '']);
		assert.deepEqual((await run('env dns', {project: broken})).code, 0);
	}
});

test('without a NAME and without a file the NAME is missing', async () => {
	const run = await project();
	for (const line of ['exec -- x', 'env']) {
		const {code, stderr, places} = await run(line, {project: undefined});
		assert.equal(code, 2);
		assert.match(stderr, /^pharmer: NAME is missing\n`pharmer (exec|env) --help` shows what there is\n/);
		assert.deepEqual(places, []);
	}
	const {stderr} = await run('run -- x', {project: undefined});
	assert.equal(stderr, 'no references: nothing is handed out\n');
});

test('a file that is unsafe, invalid, untrusted or changed is an error, never passed over', async () => {
	const run = await project();
	const cases = [
		[new PharmerError('file', '`x` is not used: it is a link'), 9, /it is a link/],
		['credentials: a', 7, /`\.pharmer\.yaml`: line 1, column 14: `credentials` is not a list/],
		[
			`${text}  MORE: b\n`,
			2,
			/^pharmer: `\/work\/shop\/\.pharmer\.yaml` has changed since it was trusted\n`pharmer trust`/,
		],
	] as const;
	for (const line of ['exec -- x', 'env', 'run -- x', 'run --env-file .env -- x']) {
		for (const [file, code, message] of cases) {
			const outcome = await run(line, {project: file, files: {'.env': 'A=b\n'}});
			assert.equal(outcome.code, code, line);
			assert.match(outcome.stderr, message);
			assert.deepEqual([outcome.ran, outcome.stdout], [[], '']);
		}
	}
	const place = memoryVaultPlace({credentials, trash: []}, usualPassphrase);
	const {code, stderr, ran} = await runCommandLine(['exec', '--', 'x'], {place, project: text});
	assert.deepEqual([code, ran], [2, []]);
	assert.match(stderr, /\.pharmer\.yaml` is not trusted\n`pharmer trust` in a terminal/);
});

test('on a terminal it shows the file and asks there; no is 3 and runs nothing', async () => {
	const place = memoryVaultPlace({credentials, trash: []}, usualPassphrase);
	const world = {place, project: text};
	const no = await runCommandLine(['exec', '--', 'x'], {...world, answers: ['n']});
	assert.deepEqual([no.code, no.ran, no.asked], [3, [], ['Trust it, with prod, DNS, db and 2 variables? [y/N] ']]);
	assert.match(no.stderr, /hands out the credentials\n {2}prod\n/);
	const yes = await runCommandLine(['exec', '--', 'x'], {...world, answers: ['y']});
	assert.deepEqual([yes.code, yes.ran.length], [0, 1]);
	const later = await runCommandLine(['exec', '--', 'x'], world);
	assert.deepEqual([later.code, later.ran.length, later.stderr], [0, 1, said]);
});

test('env files win over the project, and the project over the environment', async () => {
	const run = await project('env: {A: project, B: project, C: "pharmer://dns/DNS_TOKEN"}');
	const {set, stderr, code} = await run('run --env-file .env -- x', {
		files: {'.env': 'A=file\nE=pharmer://db/password\n'},
		environment: {A: 'pharmer://nope/x', B: 'pharmer://nope/x', D: 'pharmer://db/password', F: 'plain'},
	});
	assert.equal(code, 0, stderr);
	assert.deepEqual(set, {D: 'p', A: 'file', B: 'project', C: 'd', E: 'p'});
});

test('a variable that the credentials decide is not set beside them', async () => {
	for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE']) {
		const run = await project(`credentials: [prod]\nenv: {${name}: x}`);
		const {code, stderr, ran} = await run('exec -- x');
		assert.deepEqual([code, ran], [7, []]);
		assert.match(stderr, new RegExp(`\`.pharmer.yaml\` line 2 \\(\`${name}\`\\): the credentials that .* decide`));
		const other = await (await project('credentials: [prod]'))('run --env-file .env -- x', {
			files: {'.env': `${name}=x\n`},
		});
		assert.equal(other.code, 7);
		assert.match(other.stderr, new RegExp(`\`.env\` line 1 \\(\`${name}\`\\): the credentials that`));
	}
	const run = await project('credentials: [prod]');
	const {code, set} = await run('run -- x', {environment: {AWS_SECRET_ACCESS_KEY: 'pharmer://db/password'}});
	assert.deepEqual([code, set.AWS_SECRET_ACCESS_KEY], [0, secretKey], 'the environment is what it replaces');
});

test('names and references that lead nowhere are named, with the file', async () => {
	const name = await (await project('credentials: [prd]'))('exec -- x');
	assert.deepEqual([name.code, name.ran], [4, []]);
	assert.match(name.stderr, /there is no credential `prd`\ndid you mean `prod`\?/);
	const unlike = await (await project('credentials: [zzzz]'))('exec -- x');
	assert.match(unlike.stderr, /there is no credential `zzzz`\n`\.pharmer\.yaml` names it/);
	const field = await (await project('env:\n  A: b\n  B: pharmer://db/pasword\n'))('env');
	assert.deepEqual([field.code, field.stdout], [7, '']);
	assert.match(
		field.stderr,
		/`\.pharmer\.yaml` line 3 \(`B`\): `db` has no field `pasword`, did you mean `password`\?/,
	);
	const zero = await (await project('env: {B: pharmer://db/zero}'))('exec -- x');
	assert.match(zero.stderr, /`zero` of `db` holds characters that an environment can't/);
});

test('a file of plain variables hands out no secret', async () => {
	const {code, set, stderr} = await (await project('env: {LOG_LEVEL: debug}'))('exec -- x');
	assert.deepEqual([code, set], [0, {LOG_LEVEL: 'debug'}]);
	assert.equal(stderr, 'handing out no secret (`.pharmer.yaml`)\n');
});

test('exec --mask knows the secrets of the variables too', async () => {
	const {request} = await (await project())('exec --mask -- x');
	assert.ok(request?.mask);
});
