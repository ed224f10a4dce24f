import assert from 'node:assert/strict';
import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {parse} from 'yaml';
import {keyId, secretKey} from '../helpers/credentials.js';
import {newerNode} from '../helpers/newer-node.js';
import {openProgram, program, runProgram, temporaryHome} from '../helpers/program.js';
import {cheapen, passphrase, usualVault} from '../helpers/quick-vault.js';
import {size} from '../helpers/rounds.js';

const documented = `{\n  "accessKeyID": "${keyId}",\n  "secretAccessKey": "${secretKey}",\n}\n`;
const newer = newerNode();

const nodes: readonly (readonly [title: string, node: string | undefined])[] = [
	[process.version, process.execPath],
	['a newer Node.js', newer],
];

for (const [title, node] of nodes) {
	const skip = node === undefined ? 'SKIPPED: no newer Node.js could be installed here' : false;

	test(`every command of the AWS guide works in a terminal, on ${title}`, {skip}, async context => {
		const home = temporaryHome(context);
		const file = join(home, 'aws.json');
		writeFileSync(file, documented);
		const open = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
			openProgram(context, {args, home, environment, ...(node === undefined ? {} : {node})});
		const unlocked = async (args: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
			const terminal = open(args, environment);
			await terminal.see(/assphrase/);
			terminal.press(`${passphrase}\r`);
			return terminal;
		};

		// create credential aws: the wizard, on a machine without a vault.
		const wizard = open(['create', 'credential', 'aws']);
		await wizard.see(/Welcome to pharmer/);
		wizard.press(passphrase, 'enter', passphrase, 'enter');
		await wizard.see(/Where do its values come from/);
		wizard.press('enter', keyId, 'enter', secretKey, 'enter', 'eu-west-1', 'enter', 'enter');
		await wizard.see(/aws is in the vault/);
		wizard.press('enter');
		assert.equal(await wizard.ended(), 0);
		assert.equal(wizard.isAlternate(), false);
		assert.ok(!wizard.written().includes(secretKey), 'the secret was never on the screen');
		await cheapen(usualVault(home));

		const fromEnvironment = await unlocked(['create', 'credential', 'from-env', '--provider', 'aws', '--from-env'], {
			AWS_ACCESS_KEY_ID: keyId,
			AWS_SECRET_ACCESS_KEY: secretKey,
		});
		assert.equal(await fromEnvironment.ended(), 0);
		assert.match(fromEnvironment.text(), /AWS_SECRET_ACCESS_KEY/);

		const fromFile = await unlocked(['create', 'credential', 'from-file', '--provider', 'aws', '--from-file', file]);
		assert.equal(await fromFile.ended(), 0);

		const list = await unlocked(['get', 'credentials']);
		assert.equal(await list.ended(), 0);
		assert.match(list.text(), /NAME +PROVIDER[\s\S]*aws +aws[\s\S]*from-env +aws[\s\S]*from-file +aws/);
		assert.ok(!list.written().includes(secretKey));

		const environment = {PHARMER_PASSPHRASE: passphrase};
		const {stdout, stderr} = await runProgram({
			args: ['get', 'credentials', 'from-file', '-o', 'yaml'],
			home,
			environment,
			...(node === undefined ? {} : {node}),
		});
		const created = /creationTimestamp: "(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"/.exec(stdout)?.[1];
		assert.equal(
			stdout,
			`apiVersion: v1beta1
kind: Credential
metadata:
  creationTimestamp: "${created}"
  name: from-file
spec:
  data:
    accessKeyID: ${keyId}
    secretAccessKey: ${secretKey}
  provider: aws
`,
		);
		assert.equal(stderr, '');
		const shown = await unlocked(['get', 'credentials', 'aws', '-o', 'yaml']);
		assert.equal(await shown.ended(), 0);
		assert.ok(shown.text().includes(secretKey));

		const edit = open(['edit', 'credential', 'aws']);
		await edit.see(/vault is locked/);
		edit.press(passphrase, 'enter');
		await edit.see(/editing/);
		edit.press('down', 'down', 'down', 'ctrl+u', 'us-east-2', 'ctrl+s');
		assert.equal(await edit.ended(), 0);
		const edited = await runProgram({args: ['get', 'credential', 'aws', '-o', 'yaml'], home, environment});
		assert.equal(parse(edited.stdout).spec.data.region, 'us-east-2');

		const remove = await unlocked(['delete', 'credential', 'aws']);
		await remove.see(/Type|name/);
		remove.press('aws', 'enter');
		assert.equal(await remove.ended(), 0);
		const names = await runProgram({args: ['get', 'credentials', '-o', 'name'], home, environment});
		assert.equal(names.stdout, 'from-env\nfrom-file\n');
	});

	const sizes = [
		[80, 24],
		[140, 40],
	] as const;
	for (const [columns, rows] of sizes.slice(0, size(1, sizes.length))) {
		test(`keys create, edit and delete credentials, at ${columns}×${rows}, on ${title}`, {skip}, async context => {
			const home = temporaryHome(context);
			writeFileSync(join(home, 'aws.json'), documented);
			const app = openProgram(context, {
				home,
				columns,
				rows,
				environment: {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey},
				...(node === undefined ? {} : {node}),
			});
			await app.see(/Welcome to pharmer/);
			app.press(passphrase, 'enter', passphrase, 'enter');
			await app.see(/No credentials yet/);
			app.press('n', 'enter', 'typed', 'enter', 'enter', keyId, 'enter', secretKey, 'enter', 'enter', 'enter');
			await app.see(/typed is in the vault/);
			app.press('n', 'enter', 'env', 'enter', 'down', 'enter');
			await app.see(/from AWS_ACCESS_KEY_ID/);
			app.press('enter');
			await app.see(/typed has the same secret; enter again to keep both/);
			app.press('enter');
			await app.see(/env is in the vault/);
			app.press('n', 'enter', 'file', 'enter', 'down', 'down', 'enter', '~/aws.json', 'enter');
			await app.see(/✓ from +✓ fields +● review/);
			app.press('enter');
			await app.see(/(env, typed|typed, env) have the same secret; enter again to keep all/);
			app.press('enter');
			await app.see(/file is in the vault/);
			app.press('enter');
			await app.see(/Credentials 3/);
			app.press('g', 'enter');
			await app.see(/Secret access key +•{12}/);
			app.press('r');
			await app.see(new RegExp(secretKey));
			app.press('r');
			await app.gone(new RegExp(secretKey));
			app.press('e', 'down', 'down', 'down', 'eu-central-1', 'ctrl+s');
			await app.see(/Saved env/);
			app.press('d');
			await app.see(/y delete {2}esc/);
			app.press('y');
			await app.see(/Deleted env/);
			app.press('z');
			await app.see(/env is back/);
			app.resize(columns - 20, rows - 5);
			await app.see(/Credentials 3/);
			app.press('q');
			assert.equal(await app.ended(), 0);
			assert.equal(app.isAlternate(), false);
			assert.ok(!app.text().includes(secretKey), 'nothing of it is left on the screen');
		});
	}
}

test('the vault is private, and no file in the home directory holds a secret in clear', async context => {
	const home = temporaryHome(context);
	const environment = {PHARMER_PASSPHRASE: passphrase, AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey};
	assert.equal((await runProgram({args: ['create', 'credential', 'aws', '--from-env'], home, environment})).code, 0);
	const files = readdirSync(home, {recursive: true, withFileTypes: true});
	const vault = files.find(entry => entry.name === 'vault.json');
	assert.ok(vault !== undefined);
	for (const entry of files) {
		const path = join(entry.parentPath ?? entry.path, entry.name);
		if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o077, 0, path);
		if (!entry.isFile()) continue;
		const bytes = readFileSync(path);
		for (const canary of [secretKey, keyId, passphrase, Buffer.from(secretKey).toString('base64')])
			assert.ok(!bytes.includes(canary), path);
	}
});

test('commands without a terminal exit with a reason and create no file', async context => {
	const home = temporaryHome(context);
	const cases: readonly (readonly [args: readonly string[], code: number, text: RegExp])[] = [
		[[], 2, /terminal/],
		[['create', 'credential', 'aws'], 2, /--from-env|terminal/],
		[['create', 'credential', 'aws', '--from-env'], 7, /AWS_ACCESS_KEY_ID[\s\S]*AWS_SECRET_ACCESS_KEY/],
		[['get', 'credentials'], 13, /no vault/],
		[['delete', 'credential', 'aws'], 2, /--yes/],
		[['edit', 'credential', 'aws'], 2, /terminal/],
		[['passphrase'], 13, /no vault/],
		[['frobnicate'], 2, /frobnicate/],
		[['get', 'credentials', '--frobnicate'], 2, /--frobnicate/],
	];
	for (const [args, code, text] of cases) {
		const result = await runProgram({args, home});
		assert.equal(result.code, code, `${args.join(' ')}: ${result.stderr}`);
		assert.match(result.stderr, text, args.join(' '));
		assert.equal(result.stdout, '');
	}
	assert.deepEqual(
		readdirSync(home).filter(name => !name.startsWith('.npm')),
		[],
		'nothing was made',
	);
});

test('--help and --version ask for nothing and create no file', async context => {
	const home = temporaryHome(context);
	for (const args of [
		['--help'],
		['create', '--help'],
		['get', 'credentials', '--help'],
		['edit', '--help'],
		['delete', 'credential', '--help'],
		['passphrase', '--help'],
	]) {
		const {code, stdout, stderr} = await runProgram({args, home});
		assert.deepEqual([code, stderr], [0, ''], args.join(' '));
		assert.match(stdout, /Usage: pharmer/);
	}
	const version = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
	assert.equal((await runProgram({args: ['--version'], home})).stdout, `${version}\n`);
	assert.deepEqual(readdirSync(home), []);
	assert.ok(statSync(program).mode & 0o100 || process.platform === 'win32');
});
