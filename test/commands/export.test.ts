import assert from 'node:assert/strict';
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import type {Credential} from '../../source/domain/credential.js';
import {clear, fields, runCommandLine, type World} from '../helpers/command-line.js';
import {awsContent, secretKey, storedCredential} from '../helpers/credentials.js';

const credentials = [
	storedCredential('Work', {
		data: awsContent('Work', {region: 'eu-west-1'}).data,
		labels: new Map([
			['team', 'web'],
			['zone', ''],
		]),
		note: 'first line\nsecond: # line',
		expires: '2027-01-31',
		created: '2019-04-04T09:33:32Z',
	}),
	storedCredential('box', {
		provider: 'generic',
		data: fields({z: ' +leading ', a: 'one\n  two\n', n: '007', t: 'yes', k: '\u202e\u0007\u{1f600}', e: '0x1e3'}),
		created: '2020-02-29T23:59:59Z',
	}),
];

const run = (line: string, world: World = {}) => runCommandLine(line.split(' '), {credentials, ...world});
const kept = (all: readonly Credential[] = []) =>
	all.map(({name, provider, data, labels, note, expires, created}) => [
		name,
		provider,
		clear(data),
		[...labels],
		note,
		expires,
		created,
	]);

function file(context: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'export-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	return join(folder, 'out');
}

test('yaml and json read back to an identical vault, with one credential or several', async () => {
	for (const format of ['yaml', 'json']) {
		const {code, stdout} = await run(`export Work box -o ${format}`);
		assert.equal(code, 0);
		let vault: readonly Credential[] = [];
		for (const name of ['Work', 'box']) {
			const line = `create credential -f all --profile ${name}`;
			const outcome = await run(line, {credentials: vault, files: {all: stdout}});
			assert.equal(outcome.code, 0, outcome.stderr);
			vault = (await outcome.content())?.credentials ?? [];
		}
		assert.deepEqual(kept(vault), kept(credentials));

		const one = await run(`export Work -o ${format}`);
		const outcome = await run('create credential -f one', {credentials: [], files: {one: one.stdout}});
		assert.deepEqual(kept((await outcome.content())?.credentials), kept(credentials.slice(0, 1)));
	}
});

test('--to creates a file that only its owner can read, says so, and overwrites nothing', async context => {
	const path = file(context);
	const {code, stdout, stderr} = await run(`export -o csv --to ${path}`);
	assert.deepEqual([code, stdout], [0, '']);
	assert.equal(
		stderr,
		`wrote 2 credentials to \`${path}\`\nwarning: the secrets are in plain text there: delete the file when you are done with it\n`,
	);
	const text = readFileSync(path, 'utf8');
	assert.match(text, /^name,provider,field,value\r\nbox,generic,z," \+leading "\r\n/);
	if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
	writeFileSync(path, 'mine');
	const again = await run(`export Work --to ${path}`);
	assert.deepEqual([again.code, readFileSync(path, 'utf8')], [9, 'mine']);
	assert.match(again.stderr, /exists already/);
});

test('reports a name that Kubernetes has to spell differently', async () => {
	const {stdout, stderr} = await run('export -o k8s-secret');
	assert.match(stdout, /name: work\n/);
	assert.match(stderr, /^`Work` is the secret `work`\nwarning: /);
});

test('shows secrets on a terminal only when asked explicitly', async () => {
	const refused = await run('export Work', {stdoutIsTerminal: true});
	assert.deepEqual([refused.code, refused.stdout], [2, '']);
	assert.match(refused.stderr, /--to PATH.*--to -/);
	const shown = await run('export Work --to -', {stdoutIsTerminal: true});
	assert.match(shown.stdout, /^apiVersion: v1beta1\nkind: Credential\n/);
	assert.ok(shown.stdout.includes(secretKey));
	assert.equal(shown.stderr, 'warning: the secrets are in plain text\n');
	assert.equal((await run('export Work')).stdout, shown.stdout, 'a pipe needs no flag');
	const hostile = await run('export box -o csv --to -', {stdoutIsTerminal: true});
	assert.deepEqual([hostile.code, hostile.stdout], [7, '']);
});

test("refuses credentials that a format can't hold, and creates no file", async context => {
	const path = file(context);
	const {code, stderr} = await run(`export -o aws --to ${path}`);
	assert.equal(code, 7);
	assert.match(stderr, /`box` is for generic/);
	assert.equal(existsSync(path), false);
	assert.equal((await run(`export -o aws -p aws --to ${path}`)).code, 0);
	assert.match(readFileSync(path, 'utf8'), /^\[Work\]\n/);
});

test('reports unknown names, formats and providers, and an empty vault', async () => {
	for (const [line, code, message] of [
		['export nope', 4, /no credential `nope`/],
		[
			'export -o xml',
			2,
			/`xml` is not an export format\nit is one of yaml, json, dotenv, aws, csv, tfvars, k8s-secret/,
		],
		['export -p nimbus', 7, /no provider `nimbus`/],
		['export --to', 2, /needs a path/],
	] as const) {
		const outcome = await run(line);
		assert.deepEqual([outcome.code, outcome.stdout], [code, ''], line);
		assert.match(outcome.stderr, message);
	}
	const empty = await run('export', {credentials: []});
	assert.deepEqual([empty.code, empty.stdout], [4, '']);
	assert.match(empty.stderr, /there is nothing to export/);
});
