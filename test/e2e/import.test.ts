import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {importers} from '../../source/look/importers.js';
import {isSecretField} from '../../source/providers/catalog.js';
import {machineFiles} from '../helpers/machine.js';
import {runProgram, temporaryHome} from '../helpers/program.js';

type Found = {
	readonly name: string;
	readonly provider: string;
	readonly source: {readonly kind: string; readonly path?: string};
	readonly mode: string;
	readonly exposed: boolean;
	readonly known: string | null;
	readonly kept: boolean;
};
type Manifest = {readonly spec: {readonly provider: string; readonly data: Readonly<Record<string, string>>}};
type Listing = {
	readonly found: readonly Found[];
	readonly refused: readonly {readonly where: string; readonly label: string; readonly reason: string}[];
	readonly damaged: readonly {readonly path: string}[];
};

/** Tools whose files hold one credential and no more. */
const single = ['vultr-cli', 'upctl', 'metal', 'wrangler', 'softlayer'];

/** A home in which somebody has used every tool. */
function machine(context: TestContext) {
	const home = temporaryHome(context);
	const files = Object.values(machineFiles).flatMap(each => Object.entries(each));
	for (const [path, text] of files) {
		mkdirSync(dirname(join(home, path)), {recursive: true});
		writeFileSync(join(home, path), text, {mode: 0o600});
	}
	const environment = {PHARMER_PASSPHRASE: 'correct horse battery staple'};
	const run = (...args: readonly string[]) => runProgram({args: ['import', ...args], home, environment});
	return {home, files, run};
}

/** The lines of every secret that the vault holds, but for those too short to tell from other words. */
function secretsOf(items: readonly Manifest[]): readonly string[] {
	return items
		.flatMap(({spec: {provider, data}}) => Object.entries(data).filter(([key]) => isSecretField(provider, key)))
		.flatMap(([, value]) => value.split('\n'))
		.filter(line => line.length >= 8);
}

test('the test machine has files for every importer', () => {
	assert.deepEqual(Object.keys(machineFiles).sort(), importers.map(({kind}) => kind).sort());
});

test('import finds and keeps the credentials of every tool, prints no secret and changes no file', async context => {
	const {home, files, run} = machine(context);
	const before = files.map(([path]) => [readFileSync(join(home, path), 'utf8'), statSync(join(home, path)).mtimeMs]);
	chmodSync(join(home, '.civo.json'), 0o644);

	const dry = await run('--dry-run', '-o', 'json');
	assert.equal(dry.code, 0, dry.stderr);
	const listing = JSON.parse(dry.stdout) as Listing;
	for (const {kind} of importers) {
		const found = listing.found.filter(({source}) => source.kind === kind);
		assert.ok(found.length >= (single.includes(kind) ? 1 : 3), `${kind}: ${found.length}`);
	}
	assert.deepEqual(listing.damaged, []);
	assert.ok(listing.refused.some(({reason}) => /gets its keys from a program/.test(reason)));
	const names = listing.found.map(({name}) => name.toLowerCase());
	assert.equal(new Set(names).size, names.length);
	const civo = listing.found.find(({source}) => source.kind === 'civo');
	assert.deepEqual([civo?.mode, civo?.exposed], ['0644', true]);
	assert.match(dry.stderr, /others can read .*\.civo\.json/);

	const all = await run('--all', '-o', 'json');
	assert.equal(all.code, 0, all.stderr);
	const kept = (JSON.parse(all.stdout) as Listing).found.filter(each => each.kept);
	assert.equal(kept.length, listing.found.length);

	const again = await run('--all');
	assert.match(again.stderr, /nothing new that can be kept/);

	assert.deepEqual(
		files.map(([path]) => [readFileSync(join(home, path), 'utf8'), statSync(join(home, path)).mtimeMs]),
		before,
	);
	const listed = await runProgram({
		args: ['get', 'credentials', '-o', 'json'],
		home,
		environment: {PHARMER_PASSPHRASE: 'correct horse battery staple'},
	});
	const {items} = JSON.parse(listed.stdout) as {items: readonly Manifest[]};
	assert.equal(items.length, kept.length);
	const secrets = secretsOf(items);
	assert.ok(secrets.length >= items.length);
	for (const {stdout, stderr} of [dry, all, again]) {
		for (const secret of secrets) assert.ok(!(stdout + stderr).includes(secret), secret);
	}
});

test('import names and skips a damaged file, and reads the others', async context => {
	const {home, run} = machine(context);
	writeFileSync(join(home, '.config/hcloud/cli.toml'), 'active_context = "canary\n');
	const {code, stdout, stderr} = await run('--dry-run', '-o', 'json');
	assert.equal(code, 0, stderr);
	const listing = JSON.parse(stdout) as Listing;
	assert.deepEqual(
		listing.damaged.map(({path}) => path),
		[join(home, '.config/hcloud/cli.toml')],
	);
	assert.match(stderr, /left out: `.*cli\.toml`: line 1/);
	assert.ok(listing.found.length > 10);
	assert.doesNotMatch(stdout + stderr, /canary/);
});

test('import finds the files of every tool in a given home directory', async context => {
	const {home, files} = machine(context);
	const elsewhere = temporaryHome(context);
	const environment = {PHARMER_PASSPHRASE: 'correct horse battery staple'};
	const {code, stdout, stderr} = await runProgram({
		args: ['import', home, '--dry-run', '-o', 'json'],
		home: elsewhere,
		environment,
	});
	assert.equal(code, 0, stderr);
	const kinds = new Set((JSON.parse(stdout) as Listing).found.map(({source}) => source.kind));
	for (const {kind} of importers) assert.ok(kinds.has(kind), kind);
	assert.ok(files.length > 0);
});
