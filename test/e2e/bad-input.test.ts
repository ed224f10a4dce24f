import assert from 'node:assert/strict';
import {chmodSync, chownSync, copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {keyId, secretKey} from '../helpers/credentials.js';
import {type ProgramOptions, type Result, runProgram, temporaryHome} from '../helpers/program.js';
import {passphrase, putVault, typedAws} from '../helpers/quick-vault.js';
import {inTwoLanes} from '../helpers/two-lanes.js';

const good = JSON.stringify({accessKeyID: keyId, secretAccessKey: secretKey});

/** A home with a vault that holds `aws`, and a way to run the program on it. */
async function homeWithVault(context: TestContext) {
	const home = temporaryHome(context);
	const vault = join(home, 'vault.json');
	const run = (
		args: readonly string[],
		more: Partial<ProgramOptions> & {readonly input?: string} = {},
	): Promise<Result> =>
		runProgram({
			args,
			home,
			...more,
			environment: {PHARMER_PASSPHRASE: passphrase, PHARMER_VAULT: vault, ...more.environment},
		});
	await putVault(vault, typedAws());
	return {home, vault, run};
}

/** The error is short, holds no secret, and left the vault as it was. */
function assertRefused(
	{code, stdout, stderr}: Result,
	expected: number,
	text: RegExp,
	unchanged: readonly [Buffer, string],
): void {
	assert.equal(code, expected, stderr);
	assert.match(stderr, text);
	assert.equal(stdout, '');
	assert.ok(stderr.trim().split('\n').length <= 3, stderr);
	assert.doesNotMatch(stderr, /^\s+at /m);
	assert.ok(!stderr.includes(secretKey));
	assert.ok(unchanged[0].equals(readFileSync(unchanged[1])), 'the vault is as it was');
}

test('create refuses missing, oversized and invalid files, each with a reason', async context => {
	const {home, vault, run} = await homeWithVault(context);
	const before = readFileSync(vault);
	const file = (name: string, content: string | Buffer): string => {
		writeFileSync(join(home, name), content);
		return join(home, name);
	};
	mkdirSync(join(home, 'directory'));
	const huge = file('huge', '');
	truncateSync(huge, 100 * 2 ** 20);
	const bomb = [
		'a: &a [x, x, x, x, x, x, x, x, x]',
		...'bcdefghi'
			.split('')
			.map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`),
	].join('\n');
	const cases: readonly (readonly [path: string, code: number, text: RegExp])[] = [
		[join(home, 'missing.json'), 9, /does not exist/],
		[join(home, 'directory'), 9, /directory/],
		[huge, 7, /larger than 1 MiB/],
		[file('bomb.yaml', bomb), 7, /alias|anchor/],
		[
			file('proto.json', `{"__proto__": "x", "accessKeyID": "${keyId}", "secretAccessKey": "${secretKey}"}`),
			7,
			/line 1/,
		],
		[
			file('twice.json', `{"accessKeyID": "${keyId}", "accessKeyID": "${keyId}", "secretAccessKey": "${secretKey}"}`),
			7,
			/second time|twice|duplicate/,
		],
		[file('nul.json', good.replace('accessKeyID', 'access\0KeyID')), 7, /NUL|not text/],
		[file('binary', Buffer.from([0xff, 0xfe, 0x80, 0x81])), 7, /UTF-8/],
		[file('empty', ''), 7, /empty|nothing/],
		[file('prose', 'Dear diary, today I lost my keys.'), 7, /format/],
		[file('missing-secret.json', `{"accessKeyID": "${keyId}"}`), 7, /[Ss]ecret/],
		[file('empty-secret.json', `{"accessKeyID": "${keyId}", "secretAccessKey": ""}`), 7, /empty/],
		[file('unknown.json', good.replace('}', ', "colour": "red"}')), 7, /colour/],
		[file('list.json', `[${good}]`), 7, /not in a known format/],
		[file('deep.json', `${'['.repeat(20_000)}${']'.repeat(20_000)}`), 7, /more than 32 levels deep/],
		[
			file('password.csv', 'User name,Password,Console sign-in URL\nme,pw,https://example.invalid\n'),
			7,
			/console password/,
		],
		[
			file('role.ini', '[default]\nrole_arn = arn:aws:iam::1:role/x\n'),
			7,
			/no profile of this AWS file holds access keys/,
		],
		[file('temporary.json', good.replace('AKIA', 'ASIA')), 7, /session token/],
	];
	await inTwoLanes(cases, async ([path, code, text]) => {
		assertRefused(await run(['create', 'credential', 'new', '-p', 'aws', '-f', path]), code, text, [before, vault]);
	});
});

test('create refuses a file without read permission', async context => {
	if (process.platform === 'win32') return context.skip('SKIPPED: Windows has no permission bits');
	const {home, vault} = await homeWithVault(context);
	const before = readFileSync(vault);
	const path = join(home, 'locked.json');
	writeFileSync(path, good);
	chmodSync(path, 0);
	// Root may read everything: the program then runs as nobody.
	const isRoot = process.getuid?.() === 0;
	if (isRoot) for (const each of [home, vault, `${vault}.seen`]) chownSync(each, 65_534, 65_534);
	const result = await runProgram({
		args: ['create', 'credential', 'new', '-p', 'aws', '-f', path],
		home,
		environment: {PHARMER_PASSPHRASE: passphrase, PHARMER_VAULT: vault},
		...(isRoot ? {user: 65_534} : {}),
	});
	assertRefused(result, 9, /permission|may not be read/, [before, vault]);
});

test('create refuses invalid and taken names, and escapes them in its errors', async context => {
	const {vault, run} = await homeWithVault(context);
	const before = readFileSync(vault);
	const start = /starts with a letter or a digit/;
	const characters = /has only letters, digits, `\.`, `_` and `-`/;
	const cases: readonly (readonly [name: string, code: number, text: RegExp])[] = [
		['../x', 7, start],
		['a/b', 7, characters],
		['.hidden', 7, start],
		['-x', 2, /unknown option `-x`/],
		['x'.repeat(64), 7, /at most 63 characters, this has 64/],
		['', 7, /can't be empty/],
		['a b', 7, characters],
		['ä', 7, start],
		['\u001b[31mred', 7, /`\\u001b\[31mred` is not a name/],
		['AWS', 5, /`aws` exists already/],
		['aWs', 5, /`aws` exists already/],
	];
	await inTwoLanes(cases, async ([name, code, text]) => {
		const result = await run(['create', 'credential', name, '-p', 'aws', '-f', '-'], {input: good});
		assertRefused(result, code, text, [before, vault]);
		assert.ok(!result.stderr.includes('\u001b'), 'escape sequences are spelled out');
	});
	assertRefused(
		await run(['create', 'credential', '-p', 'aws', '-f', '-', '--', '-x'], {input: good}),
		7,
		/starts with a letter or a digit/,
		[before, vault],
	);
	const longest = 'x'.repeat(63);
	assert.equal((await run(['create', 'credential', longest, '-p', 'aws', '-f', '-'], {input: good})).code, 0);
});

test('a wrong passphrase, a missing vault and a damaged one give different errors and change nothing', async context => {
	const {home, vault, run} = await homeWithVault(context);
	const before = readFileSync(vault);
	const get = (environment: Readonly<Record<string, string>>) => run(['get', 'credentials'], {environment});
	assertRefused(await get({PHARMER_PASSPHRASE: 'wrong'}), 6, /passphrase/, [before, vault]);
	assertRefused(await get({PHARMER_VAULT: join(home, 'nowhere.json')}), 13, /no vault/, [before, vault]);
	assertRefused(await get({PHARMER_VAULT: home}), 9, /directory/, [before, vault]);
	assertRefused(
		await get({PHARMER_PASSPHRASE: '', PHARMER_PASSPHRASE_FILE: join(home, 'nowhere')}),
		9,
		/does not exist/,
		[before, vault],
	);

	const damaged: readonly (readonly [content: string | Buffer, text: RegExp])[] = [
		[before.subarray(0, before.length / 2), /damaged/],
		[before.toString().replace('"generation": 2', '"generation": 3'), /damaged/],
		[before.toString().replace(/"n": \d+/, '"n": 1024'), /damaged|weaker/],
		[before.toString().replace('"version": 2', '"version": 3'), /newer/],
		['{}', /not a pharmer vault/],
		['', /not a pharmer vault|damaged/],
		['hello', /not a pharmer vault/],
	];
	const cases = damaged.flatMap(([content, text], index) =>
		[
			['get', 'credentials'],
			['create', 'credential', 'new', '-p', 'aws', '-f', '-'],
			['delete', 'credential', 'aws', '--yes'],
		].map(args => ({content, text, args, other: join(home, `other-${index}.json`)})),
	);
	for (const {content, other} of cases) writeFileSync(other, content);
	await inTwoLanes(cases, async ({content, text, args, other}) => {
		assertRefused(await run(args, {environment: {PHARMER_VAULT: other}, input: good}), 8, text, [
			Buffer.from(content),
			other,
		]);
	});
});

test('an older copy put back is reported, and accepted only with --accept-rollback', async context => {
	const {home, vault, run} = await homeWithVault(context);
	const older = join(home, 'older.json');
	copyFileSync(vault, older);
	assert.equal((await run(['create', 'credential', 'second', '-p', 'aws', '-f', '-'], {input: good})).code, 0);
	copyFileSync(older, vault);
	const before = readFileSync(vault);
	assertRefused(await run(['get', 'credentials']), 8, /older[\s\S]*--accept-rollback/, [before, vault]);
	assert.equal((await run(['get', 'credentials', '-o', 'name', '--accept-rollback'])).stdout, 'aws\n');
	assert.equal((await run(['get', 'credentials', '-o', 'name'])).stdout, 'aws\n');
});

test('delete is all or nothing, and needs --yes without a terminal', async context => {
	const {vault, run} = await homeWithVault(context);
	const before = readFileSync(vault);
	assertRefused(await run(['delete', 'credential', 'aws', 'nope', 'neither', '--yes']), 4, /nope[\s\S]*neither/, [
		before,
		vault,
	]);
	assertRefused(await run(['delete', 'credential', 'aws']), 2, /--yes/, [before, vault]);
	assert.equal((await run(['delete', 'credential', 'aws', '--yes'])).code, 0);
	assert.equal((await run(['get', 'credentials', '-o', 'name'])).stdout, '');
	assert.equal((await run(['restore', 'credential', 'aws'])).code, 0);
	assert.equal((await run(['get', 'credentials', '-o', 'name'])).stdout, 'aws\n');
});

test('a new passphrase opens the vault and the old one does not', async context => {
	const {run} = await homeWithVault(context);
	const changed = await run(['passphrase'], {environment: {PHARMER_NEW_PASSPHRASE: 'another one'}});
	assert.equal(changed.code, 0, changed.stderr);
	assert.equal((await run(['get', 'credentials'])).code, 6);
	assert.equal(
		(await run(['get', 'credentials', '-o', 'name'], {environment: {PHARMER_PASSPHRASE: 'another one'}})).stdout,
		'aws\n',
	);
});
