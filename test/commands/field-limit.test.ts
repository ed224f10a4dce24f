import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {runCommandLine, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';

const canary = 'CANARY';
const over = canary.repeat(20_000);
const note = `${'a long note '.repeat(6000)}end`;
const manifest = (token: string, more = '') =>
	`apiVersion: v1beta1\nkind: Credential\nmetadata:\n  name: new\n${more}spec:\n  provider: vultr\n  data:\n    token: ${token}\n`;

async function refused(argv: string, world: World, said: RegExp): Promise<void> {
	const {code, stdout, stderr, content} = await runCommandLine(argv.split(' '), {credentials: [], ...world});
	assert.equal(code, 7, argv);
	assert.match(stderr, said, argv);
	assert.doesNotMatch(stdout + stderr, new RegExp(canary), argv);
	assert.deepEqual((await content())?.credentials, [], argv);
}

test('a field over 64 KiB is refused from every source', async () => {
	const said = /^wrong: token: API key is 118 KiB: a field takes at most 64 KiB\n/;
	await refused('create credential a -p vultr --from-env', {environment: {VULTR_API_KEY: over}}, said);
	await refused('create credential a -p vultr -f -', {files: {'-': JSON.stringify({token: over})}}, said);
	await refused('create credential -f -', {files: {'-': manifest(over)}}, said);
	await refused('create credential a -p vultr -f /.env', {files: {'/.env': `VULTR_API_KEY=${over}\n`}}, said);
	await refused(
		'create credential a -p generic -f /.env',
		{files: {'/.env': `ANY_KEY=${over}\n`}},
		/^wrong: ANY_KEY: ANY_KEY is 118 KiB/,
	);
	const {code, stderr} = await runCommandLine(['import', '/a.yaml', '--all'], {files: {'/a.yaml': manifest(over)}});
	assert.equal(code, 0);
	assert.match(
		stderr,
		/^not importable: `new` in `\/a\.yaml` can't be kept: API key is 118 KiB: a field takes at most 64 KiB/m,
	);
});

test('a note over 64 KiB is refused', async () => {
	const said = /the note is 71 KiB: a field takes at most 64 KiB\nshorten it\n$/;
	const withNote = manifest('abc', `  annotations: {note: ${note}}\n`);
	await refused('create credential -f -', {files: {'-': withNote}}, said);
	const {code, stderr} = await runCommandLine(['create', 'credential', 'a', '-p', 'vultr', '-f', '-', '--note', note], {
		files: {'-': '{"token": "abc"}'},
	});
	assert.deepEqual([code, said.test(stderr)], [7, true]);
});

const large = storedCredential('large', {
	provider: 'generic',
	data: new Map([
		['big', new Secret(over)],
		['small', new Secret('s')],
	]),
	note,
});
const credentials = [large];

test('a stored value over 64 KiB is read, listed, exported and passed on', async () => {
	for (const argv of ['get credential large -o yaml', 'get credential large -o json', 'export large -o dotenv']) {
		const {code, stdout} = await runCommandLine(argv.split(' '), {credentials});
		assert.deepEqual([code, stdout.includes(over)], [0, true], argv);
	}
	const {code, ran} = await runCommandLine(['exec', 'large', '--', 'true'], {credentials});
	assert.deepEqual([code, ran[0]?.set.get('BIG')?.reveal()], [0, over]);
	assert.match((await runCommandLine(['get', 'credentials', '-o', 'wide'], {credentials})).stdout, /^large /m);
});

test('a stored value over 64 KiB may stay in an edit, but not become another one over 64 KiB', async () => {
	const edit = async (argv: string, world: World) => {
		const run = await runCommandLine(`edit credential large ${argv}`.split(' '), {credentials, ...world});
		return {...run, after: (await run.content())?.credentials[0] ?? assert.fail()};
	};
	const environment = {EDITOR: 'ed'};
	const labelled = await edit('--label a=b', {});
	assert.deepEqual([labelled.code, labelled.after.labels.get('a')], [0, 'b']);
	const edited = await edit('--editor', {environment, editor: [text => text.replace('small: s', 'small: other')]});
	assert.equal(edited.code, 0, edited.stderr.slice(0, 300));
	assert.equal(edited.after.data.get('small')?.reveal(), 'other');
	assert.equal(edited.after.data.get('big')?.reveal(), over);
	const larger = await edit('--editor', {environment, editor: [text => text.replace(canary, `${canary}X`)]});
	assert.equal(larger.code, 7);
	assert.match(larger.stderr, /^wrong: big: big is 118 KiB: a field takes at most 64 KiB\n/);
	assert.equal(larger.after.revision, 1);
	const longer = await edit('--editor', {environment, editor: [text => text.replace('a long note', 'a longer note')]});
	assert.match(longer.stderr, /the note is 71 KiB: a field takes at most 64 KiB/);
	const aws = storedCredential('large', {data: new Map([...storedCredential('a').data, ['region', new Secret(over)]])});
	const keys = JSON.stringify({accessKeyID: 'AKIAOTHEROTHEROTHER2', secretAccessKey: 'x'.repeat(40)});
	const replaced = await edit('-f -', {credentials: [aws], files: {'-': keys}});
	assert.equal(replaced.code, 0, replaced.stderr.slice(0, 300));
	assert.equal(replaced.after.data.get('region')?.reveal(), over);
});
