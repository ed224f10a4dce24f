import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import type {Credential} from '../../source/domain/credential.js';
import {fields, runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';

const old = {created: '2026-02-01T12:00:00Z', changed: '2026-02-20T12:00:00Z'};
const aws = storedCredential('aws', {...old, labels: new Map([['team', 'infra']]), expires: '2026-03-10'});
const work = storedCredential('work', {
	...old,
	created: '2025-02-01T12:00:00Z',
	labels: new Map([
		['team', 'web'],
		['env', 'prod'],
	]),
	expires: '2026-02-28',
});
const box = storedCredential('box', {
	...old,
	changed: '2026-03-01T11:00:00Z',
	provider: 'generic',
	data: fields({token: 'hush-hush', 'two lines': 'one\n\u001b[31mtwo\n'}),
});
const all: readonly Credential[] = [work, box, aws];

async function run(line: string, world: World = {}) {
	return runCommandLine(line.split(' '), {credentials: all, ...world});
}

async function out(line: string, world: World = {}): Promise<string> {
	const {code, stdout, stderr} = await run(line, world);
	assert.deepEqual([code, stderr], [0, ''], line);
	return stdout;
}

const names = async (line: string) => (await out(`${line} -o name`)).split('\n').filter(Boolean);

test('--field prints one value, with and without the noun', async () => {
	for (const line of ['get', 'get credential', 'get cred', 'show', 'describe', 'show credential', 'ls'])
		assert.equal(await out(`${line} AWS --field secretAccessKey`), secretKey, line);
	assert.equal(await out('get aws --field accessKeyID'), keyId);
});

test('on a terminal a value has a line of its own, and nothing in it is obeyed', async () => {
	const world = {stdoutIsTerminal: true};
	assert.equal(await out('get aws --field secretAccessKey', world), `${secretKey}\n`);
	const {stdout, stderr} = await runCommandLine(['get', 'box', '--field', 'two lines'], {credentials: all, ...world});
	assert.equal(stdout, 'one\n\\u001b[31mtwo\n\n');
	assert.match(stderr, /spelled out: redirect it/);
	const piped = await runCommandLine(['get', 'box', '--field', 'two lines'], {credentials: all});
	assert.deepEqual([piped.stdout, piped.stderr], ['one\n\u001b[31mtwo\n', ''], 'to the byte');
});

test('an unknown field names those that there are, and never a value', async () => {
	const {code, stdout, stderr} = await run('get aws --field nope');
	assert.deepEqual([code, stdout], [7, '']);
	assert.equal(stderr, 'pharmer: `aws` has no field `nope`\nit has `accessKeyID` and `secretAccessKey`\n');
	const near = await run('get aws --field secretaccesskey');
	assert.match(near.stderr, /did you mean `?secretAccessKey/);
	assert.equal((await run('get nope --field token')).code, 4);
});

test('--reveal shows the detail with its secrets in clear, with and without the noun', async () => {
	for (const line of ['get aws', 'get credential aws', 'show aws', 'describe cred aws'])
		assert.match(await out(`${line} --reveal`), new RegExp(`^name +aws\\n[\\s\\S]*Secret access key +${secretKey}\\n`));
	const both = await out('get credentials aws box --reveal', {stdoutIsTerminal: true, environment: {NO_COLOR: '1'}});
	assert.ok(both.includes(secretKey) && both.includes('hush-hush'));
	assert.doesNotMatch(both, /\u001b/);
	assert.doesNotMatch(await out('show aws box'), /hush|••.*hush/);
});

test('what can not be used together is refused before the vault is opened', async () => {
	for (const [line, message] of [
		['get aws --field x -o json', /`--field` and `--output` can't be used together/],
		['get aws --field x --reveal', /`--field` and `--reveal`/],
		['show aws --field x --reveal', /`--field` and `--reveal`/],
		['get aws --field x --redact', /`--field` and `--redact`/],
		['get aws --reveal -o table', /`--reveal` and `--output`/],
		['get aws --reveal --redact', /`--reveal` and `--redact`/],
		['get cred --reveal', /`--reveal` needs a NAME/],
		['get cred --field token', /`--field` takes one NAME/],
		['get aws box --field token', /`--field` takes one NAME/],
		['get --field token', /NAME is missing/],
		['get --reveal', /NAME is missing/],
		['get aws -L team', /`--selector` and names/],
		['export aws -L team', /`--selector` and names/],
		['get cred --columns name -o json', /`--columns` is for tables/],
		['get cred --columns name,nope', /`nope` is not a column/],
		['get cred --columns', /`--columns` needs a column/],
		['get cred --sort size', /`size` is not an order/],
		['show aws -o json', /unknown option/],
	] as const) {
		const {code, stdout, stderr, places} = await run(line);
		assert.deepEqual([code, stdout, places], [2, '', []], line);
		assert.match(stderr, message, line);
	}
});

test('a selector, a filter and a provider together mean and', async () => {
	assert.deepEqual(await names('get cred -L team'), ['aws', 'work']);
	assert.deepEqual(await names('get cred -L team=infra'), ['aws']);
	assert.deepEqual(await names('ls -L team -L !env'), ['aws']);
	assert.deepEqual(await names('ls -L team!=infra'), ['box', 'work']);
	assert.deepEqual(await names('ls -L team,env=prod --filter expires:expired -p aws'), ['work']);
	const both = JSON.parse(await out('get credentials -L team=infra -o json'));
	assert.equal(both.kind, 'CredentialList');
	const exported = await run('export -L team=infra -o json');
	assert.equal(JSON.parse(exported.stdout).metadata.name, 'aws');
	assert.equal((await run('export -L nope')).code, 4);
	const wrong = await run('ls -L =x');
	assert.equal(wrong.code, 7);
	assert.match(wrong.stderr, /`=x` does not select by labels\nwrite KEY=VALUE/);
});

test('what selects nothing says why', async () => {
	const said = async (line: string) => {
		const {code, stdout, stderr} = await run(line);
		assert.deepEqual([code, stdout], [0, ''], line);
		return stderr;
	};
	assert.equal(
		await said('ls -L colour'),
		'no credentials have these labels: no label is called colour; there are env, team\n',
	);
	assert.equal(await said('ls -L team=infra,env=prod'), 'no credentials have these labels\n');
	assert.match(await said('ls --filter tag:x'), /match `tag:x`: no label is called x; there are env, team/);
	assert.match(await said('ls --filter provider:azure'), /none is for azure; there are aws, generic/);
	assert.equal(await said('ls -p aws --filter box'), 'no credentials match `box`\n');
});

test('--sort has the orders of the app, and the last change', async () => {
	assert.deepEqual(await names('ls --sort name'), ['aws', 'box', 'work']);
	assert.deepEqual(await names('ls --sort provider'), ['aws', 'work', 'box']);
	assert.deepEqual(await names('ls --sort age'), ['aws', 'box', 'work']);
	assert.deepEqual(await names('ls --sort expires'), ['work', 'aws', 'box']);
	assert.deepEqual(await names('ls --sort changed'), ['box', 'aws', 'work']);
	assert.deepEqual(await names('ls --sort used'), ['aws', 'box', 'work']);
	assert.deepEqual(await names('get work aws --sort name'), ['aws', 'work']);
	assert.deepEqual(
		await names('ls --filter a --sort expires'),
		['work', 'aws'],
		'in the place of the best match first',
	);
});

test('--columns shows these columns, in that order', async () => {
	assert.equal(
		await out('ls --columns labels,name,changed'),
		[
			'LABELS             NAME  CHANGED',
			'team=infra         aws   2026-02-20T12:00:00Z',
			'-                  box   2026-03-01T11:00:00Z',
			'team=web,env=prod  work  2026-02-20T12:00:00Z',
			'',
		].join('\n'),
	);
	assert.equal(await out('get aws --columns id,used'), 'ID         USED\nAKIA…P4Q5  -\n');
	assert.equal(await out('get aws --columns id -o wide'), `ID\n${keyId}\n`);
	assert.match(
		await out('ls --columns name --columns care'),
		/^aws +in 9 days, duplicate\nbox +-\nwork +expired, duplicate\n/m,
	);
});

const narrow = async (line: string, columns: number, world: World = {}) =>
	run(line, {stdoutIsTerminal: true, columns, environment: {NO_COLOR: '1'}, ...world});

const shown = async (line: string, columns: number, world: World = {}) =>
	out(line, {stdoutIsTerminal: true, columns, environment: {NO_COLOR: '1'}, ...world});

test('on a terminal ages are short, and a day says when it is near', async () => {
	assert.equal(
		await shown('ls', 80),
		[
			'NAME  PROVIDER  ID         AGE  EXPIRES',
			'aws   aws       AKIA…P4Q5  4w   2026-03-10 (in 9d)',
			'box   generic   -          4w   -',
			'work  aws       AKIA…P4Q5  1y   2026-02-28 (expired)',
			'',
		].join('\n'),
	);
	assert.match(await shown('ls', 80, {unicode: false}), /AKIA~P4Q5/);
});

test('a table fits its terminal; columns that matter less are cut and left out first, names last', async () => {
	const long = storedCredential('prod-eu-cluster-autoscaler-of-the-infrastructure', {note: 'n'.repeat(90)});
	const world = {credentials: [...all, long]};
	for (const line of ['ls', 'ls -o wide', 'ls --columns note,labels,name'])
		for (let columns = 1; columns <= 200; columns++) {
			const lines = (await narrow(line, columns, world)).stdout.split('\n');
			assert.deepEqual(
				lines.filter(each => stringWidth(each) > columns),
				[],
				`${line} in ${columns}`,
			);
			if (columns >= 80) assert.match(lines.join('\n'), /^work |work$/m);
		}
	assert.match(await shown('ls', 100, world), new RegExp(`^${long.name} +aws +AKIA…P4Q5`, 'm'));
	assert.match(
		await shown('ls', 60, world),
		/^prod-eu-cluster-autos… {2}aws +AKIA…P4Q5 {2}1mo {2}-\nwork .* 2026-02-28$/m,
	);
	const small = await narrow('ls', 40, world);
	assert.match(small.stdout, /^NAME +EXPIRES$/m);
	assert.equal(small.stderr, 'no room for PROVIDER, ID and AGE: a pipe or a wider terminal shows them\n');
	assert.match((await narrow('ls', 20, world)).stdout, /^prod-eu-cluster-aut…$/m);
	assert.equal(await out('ls', world), await out('ls', {...world, columns: 20}), 'a pipe has no width');
});

test('what has expired and what soon will have their colours on a terminal', async () => {
	const text = await out('ls', {stdoutIsTerminal: true, columns: 80});
	assert.match(text, /\u001b\[31m2026-02-28 \(expired\)\u001b\[39m/);
	assert.match(text, /\u001b\[33m2026-03-10 \(in 9d\)\u001b\[39m/);
	assert.match(
		await out('show work', {stdoutIsTerminal: true}),
		/\u001b\[31m2026-02-28 · expired 1 day ago\u001b\[39m/,
	);
	assert.doesNotMatch(await out('ls', {stdoutIsTerminal: true, environment: {NO_COLOR: '1'}}), /\u001b/);
});

test('the first word of an error and of a warning has a colour on a terminal, wherever the data goes', async () => {
	const red = '\u001b[31mpharmer:\u001b[39m there is no credential `nope`\n';
	const line = 'get nope --field token';
	assert.ok((await run(line, {stderrIsTerminal: true})).stderr.startsWith(red));
	for (const world of [{}, {stdoutIsTerminal: true}, {stderrIsTerminal: true, environment: {NO_COLOR: '1'}}])
		assert.ok((await run(line, world)).stderr.startsWith('pharmer: there'), JSON.stringify(world));
	assert.ok((await run(`${line} --no-color`, {stderrIsTerminal: true})).stderr.startsWith('pharmer: there'));
	const {stderr} = await run('export work -o json', {stderrIsTerminal: true});
	assert.match(stderr, /^\u001b\[33mwarning:\u001b\[39m `work` expired on 2026-02-28\n/);
	const bug = await run('get aws', {
		stderrIsTerminal: true,
		place: {
			path: 'vault',
			exists() {
				throw new TypeError('secret');
			},
		} as unknown as NonNullable<World['place']>,
	});
	assert.match(bug.stderr, /^\u001b\[31mpharmer:\u001b\[39m this is a bug in pharmer: TypeError\n/);
});
