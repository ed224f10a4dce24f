import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Credential} from '../../source/domain/credential.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {fields, runCommandLine, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';

const generic = (name: string, data: Record<string, string>, vault = ''): Credential =>
	storedCredential(name, {id: `${name} of ${vault}`, provider: 'generic', data: fields(data)});
const passphrase = 'open sesame';
const work = '/vaults/work.json';
const home = '/vaults/home.json';
const credentials = [generic('db', {DB: 'of the usual one'}, 'usual'), generic('only', {ONLY: 'x'})];

/** Fresh vaults: a test may change them. */
const worldOf = (more: World = {}): World => ({
	credentials,
	settings: {vaults: {work, home}},
	others: {
		[work]: memoryVaultPlace({credentials: [generic('db', {WORK: 'of work'}, 'work')], trash: []}, passphrase),
		[home]: memoryVaultPlace({credentials: [generic('db', {HOUSE: 'of home'}, 'home')], trash: []}, passphrase),
	},
	...more,
});
const run = (line: string, more: World = {}) => runCommandLine(line.split(' ').filter(Boolean), worldOf(more));
const setBy = ({ran}: Awaited<ReturnType<typeof run>>) =>
	Object.fromEntries([...(ran[0]?.set ?? [])].map(([name, value]) => [name, value.reveal()]));

test('NAME@VAULT is a credential of that vault in every command that takes a NAME', async () => {
	const {stdout, places} = await run('get db@work --field WORK');
	assert.deepEqual([stdout, places], ['of work', [work]]);
	assert.equal((await run('get db@WORK -o name')).stdout, 'db\n');
	assert.equal(JSON.parse((await run('get db@work -o json')).stdout).metadata.name, 'db');
	assert.match((await run('show db@work')).stdout, /^name +db\n/);
	assert.deepEqual((await run('copy db@work WORK')).copies, ['of work']);
	for (const line of [
		'delete db@work --yes',
		'edit db@work --note n',
		'mv db@work new',
		'history db@work',
		'health db@work',
	]) {
		const {code, places: opened, stderr} = await run(line);
		assert.equal(code, 0, `${line}: ${stderr}`);
		assert.deepEqual([...new Set(opened)], [work], line);
	}
	const {code, places: made} = await run('create new@work -p generic -f file', {files: {file: '{"A": "b"}'}});
	assert.deepEqual([code, [...new Set(made)]], [0, [work]]);
	// What follows the name is no name.
	assert.match((await run('copy db@work a@b')).stderr, /has no field `a@b`/);
});

test('exec, env and get take names of several vaults, each vault by its own passphrase', async () => {
	const world = {environment: {PHARMER_PASSPHRASE: undefined}, answers: [passphrase, passphrase]};
	const ran = await run('exec db db@work -- make', world);
	assert.deepEqual(ran.asked, ['Passphrase of default: ', 'Passphrase of work: ']);
	assert.deepEqual(setBy(ran), {DB: 'of the usual one', WORK: 'of work'});
	assert.equal(ran.stderr, '');
	const {stdout} = await run('env db@work db@home --shell dotenv');
	assert.match(stdout, /WORK='of work'[\s\S]*HOUSE=.of home./);
	assert.equal((await run('get db@home only db@work -o name')).stdout, 'db@home\nonly\ndb@work\n');
	assert.match((await run('get db@home db@work')).stdout, /^NAME .*\ndb@home .*\ndb@work .*\n$/);
	const {items} = JSON.parse((await run('get db@home db@work -o json')).stdout);
	assert.deepEqual(
		items.map(({metadata}: {metadata: {name: string}}) => metadata.name),
		['db', 'db'],
	);
	assert.match(
		(await run('show db@home db@work')).stdout,
		/^name +db@home\n[\s\S]*HOUSE[\s\S]*\n\nname +db@work\n[\s\S]*WORK/,
	);
	// One that is named twice is one, and a descriptor is read once for all vaults.
	assert.equal((await run('get db db@default DB@work db@work -o name')).stdout, 'db\nDB@work\n');
	const fromDescriptor = {environment: {PHARMER_PASSPHRASE: undefined}, descriptors: {4: passphrase}};
	assert.equal((await run('exec db db@work --passphrase-fd 4 -- make', fromDescriptor)).code, 0);
});

test('what is said of a credential beside those of another vault says its vault', async () => {
	const {code, stderr} = await run('exec db@work dba@home -- make');
	assert.equal(code, 4);
	assert.equal(
		stderr,
		'pharmer: there is no credential `dba@home`\ndid you mean `db@home`? `pharmer get credentials` lists what there is\n',
	);
	const others = {
		[work]: memoryVaultPlace({credentials: [generic('db', {DB: 'other'}, 'work')], trash: []}, passphrase),
	};
	assert.match((await run('exec db db@work -- make', {others})).stderr, /`db` and `db@work` both set DB/);
});

test('what can not be is refused with what to do', async () => {
	const refused: readonly (readonly [line: string, code: number, message: RegExp])[] = [
		['get db@', 2, /`db@` has no vault after the `@`/],
		['get @work', 2, /`@work` has no name before the `@`/],
		['get a@b@c', 2, /names no vault after the `@`: the name of one has only letters/],
		['get db@/tmp/x', 2, /names no vault after the `@`/],
		['get db@wrok', 13, /there is no vault `wrok`\ndid you mean `work`\?/],
		['get db@wrok db -o json', 13, /there is no vault `wrok`\ndid you mean `work`\?/],
		['exec db@work db@nowhere -- make', 13, /there is no vault `nowhere`\n`pharmer vaults` lists them/],
		[
			'delete db@work db@home --yes',
			2,
			/`db@work` and `db@home` are in different vaults\nname those of one vault at a time/,
		],
		['delete db@work db --yes', 2, /`db@work` and `db` are in different vaults/],
		['verify db@work db@home', 2, /are in different vaults/],
		['rotate db@work --with admin@work', 2, /`--with` takes a credential of the same vault/],
		['--vault home get db@work', 2, /`db@work` is not in the vault of `--vault`\nleave `--vault` out/],
		['--vault work exec db@work db@home -- make', 2, /are in different vaults/],
		['get db@work db@home --sort used', 2, /name those of one vault at a time/],
	];
	for (const [line, code, message] of refused) {
		const outcome = await run(line);
		assert.equal(outcome.code, code, `${line}: ${outcome.stderr}`);
		assert.match(outcome.stderr, message, line);
		assert.deepEqual(outcome.ran, []);
	}
	assert.equal((await run('--vault work get db@work db -o name')).stdout, 'db\n');
});

test('references lead into other vaults, in run, inject and a project file', async () => {
	const environment = {A: 'pharmer://db@work/WORK', B: 'x{{ pharmer://db/DB }}y{{pharmer://db@home/HOUSE}}'};
	const ran = await run('run -- make', {environment});
	assert.deepEqual(setBy(ran), {A: 'of work', B: 'xof the usual oneyof home'});
	assert.equal(ran.stderr, 'handing out `db@work`, `db` and `db@home`\n');
	const files = {tpl: 'a {{ pharmer://db@work/WORK }}\nb {{ pharmer://db@wrok/X }}\nc {{ pharmer://dc@work/X }}\n'};
	const {code, stdout, stderr} = await run('inject -i tpl', {files});
	assert.deepEqual([code, stdout], [4, '']);
	assert.match(
		stderr,
		/^`tpl` line 2: there is no vault `wrok`, which `db@wrok` names\n`tpl` line 3: there is no credential `dc@work`, did you mean `db@work`\?\n/,
	);
	assert.equal((await run('inject -i tpl', {files: {tpl: files.tpl.split('\n')[0] ?? ''}})).stdout, 'a of work');
});

test('a project file names credentials of several vaults, and the vault that is used trusts it', async () => {
	const project = 'credentials: [db, db@work]\nenv: {URL: "{{ pharmer://db@home/HOUSE }}!"}\n';
	const ran = await run('exec -- make', {project, answers: ['y'], environment: {}});
	assert.equal(ran.code, 0, ran.stderr);
	assert.deepEqual(setBy(ran), {DB: 'of the usual one', WORK: 'of work', URL: 'of home!'});
	assert.match(ran.stderr, /hands out the credentials\n {2}db\n {2}db@work\n {2}db@home \(in variables\)\n/);
	assert.match(ran.asked[0] ?? '', /Trust it, with db, db@work, db@home and 1 variable\?/);
	const wrong = await run('exec -- make', {project: 'credentials: [db@]\n'});
	assert.match(wrong.stderr, /line 1, column 15: this has no vault after the `@`/);
});
