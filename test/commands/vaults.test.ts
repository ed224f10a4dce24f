import assert from 'node:assert/strict';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {defaultVaultPath, vaultPathFor} from '../../source/vault/default-path.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {runCommandLine, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';
import {fakeAgent} from '../helpers/fake-agent.js';

const work = '/vaults/work.json';
const listed = {vaults: {work, Home: '~/home.json'}};
const run = (line: string, world: World = {}) =>
	runCommandLine(line.split(' ').filter(Boolean), {settings: listed, ...world});

/** A vault with credentials of those names. */
const holding = (...names: readonly string[]) => {
	const credentials = names.map(name => storedCredential(name));
	return memoryVaultPlace({credentials, trash: []}, 'open sesame');
};

test('the list has the default vault and those of the settings, and asks for nothing', async () => {
	const others = {[work]: holding('aws')};
	const {code, stdout, asked} = await run('vaults', {others});
	assert.deepEqual([code, asked], [0, []]);
	assert.equal(
		stdout,
		`NAME     STATE      PATH\ndefault  not there  ${defaultVaultPath()}\nwork     locked     ${work}\nHome     not there  ${join(homedir(), 'home.json')}\n`,
	);
	assert.equal((await run('vaults -o name', {others})).stdout, 'default\nwork\nHome\n');
	const agent = {...fakeAgent(), left: async (path: string) => (path === work ? {total: 60, seconds: 60} : undefined)};
	const rows = JSON.parse((await run('vaults -o json', {others, agent})).stdout);
	assert.deepEqual(rows[1], {name: 'work', path: work, state: 'unlocked'});
	// A vault that can't be found is no reason not to list the others.
	assert.equal((await run('vaults', {environment: {PHARMER_VAULT: 'wrok'}})).code, 0);
});

test('a name is given to a path, its own place when left out, and forgotten again', async () => {
	const added = await run('vaults add work', {settings: {}});
	const work = vaultPathFor('work');
	assert.deepEqual([added.code, added.lists], [0, [{work}]]);
	assert.equal(added.stderr, `\`work\` is \`${work}\`; \`pharmer --vault work\` makes it\n`);
	const beside = await run('vaults add team ~/team.json', {settings: {vaults: {old: '~/old.json'}}});
	assert.deepEqual(beside.lists, [{old: '~/old.json', team: join(homedir(), 'team.json')}]);
	const gone = await run('vaults remove WORK', {settings: {vaults: {work, team: '/t.json'}}});
	assert.equal(gone.stderr, `forgot the name \`work\`; the vault itself stays: \`${work}\`\n`);
	assert.deepEqual(gone.lists, [{team: '/t.json'}]);
});

test('what is no name, is taken, or is not there is refused, and changes nothing', async () => {
	const refused: readonly (readonly [line: string, code: number, message: RegExp])[] = [
		['vaults add default', 7, /can't be `default`, which is the vault that needs no name/],
		['vaults add Work', 5, /`work` is `\/vaults\/work\.json` already/],
		['vaults add other /vaults/work.json', 5, /`\/vaults\/work\.json` has a name already: `work`/],
		['vaults add a/b', 7, /`a\/b` is not a name for a vault/],
		['vaults add a@b', 7, /`a@b` is not a name for a vault/],
		['vaults add work.json', 7, /can't end in `\.json`, which a path does/],
		['vaults add', 2, /needs a NAME/],
		['vaults rename a', 2, /`vaults rename` is not known/],
		['vaults add a -o json', 2, /`--output` is for the list/],
		['vaults remove a b', 2, /`b` is one too many/],
		['vaults remove default', 2, /`default` is the vault that needs no name/],
		['vaults remove wrok', 13, /there is no vault `wrok`\n.*did you mean `work`\?/],
	];
	for (const [line, code, message] of refused) {
		const outcome = await run(line);
		assert.equal(outcome.code, code, line);
		assert.match(outcome.stderr, message, line);
		assert.deepEqual(outcome.lists, [], line);
	}
});

test('--vault and PHARMER_VAULT take a name, in any case, and the prompt says it', async () => {
	const others = {[work]: holding('aws')};
	for (const [line, environment] of [
		['--vault work get credentials -o name', {}],
		['get credentials -o name --vault WORK', {}],
		['get credentials -o name', {PHARMER_VAULT: 'work'}],
	] as const) {
		const {stdout, places} = await run(line, {others, environment});
		assert.deepEqual([stdout, places.at(-1)], ['aws\n', work], line);
	}
	const {asked} = await run('--vault work get aws --field region', {
		others,
		answers: ['open sesame'],
		environment: {PHARMER_PASSPHRASE: undefined},
	});
	assert.deepEqual(asked, ['Passphrase of work: ']);
	assert.deepEqual((await run('--vault default get credentials', {credentials: []})).places, [defaultVaultPath()]);
	assert.deepEqual((await run('--vault home get credentials', {credentials: []})).places, [
		join(homedir(), 'home.json'),
	]);
});

test('a path stays a path, also one that could be a name, unless the list has it', async () => {
	for (const path of ['./work', 'work.json', '/work', 'other', 'vaults/work', '~work'])
		assert.deepEqual((await run(`--vault ${path} get credentials`, {credentials: []})).places, [path], path);
	// What is nearly a name is no new vault beside the working directory, but opened where it is there.
	const {code, stderr} = await run('--vault wrok create credential a --from-env', {environment: {}});
	assert.equal(code, 13);
	assert.equal(stderr, 'pharmer: there is no vault `wrok`\ndid you mean `work`? `./wrok` is a path\n');
	assert.equal((await run('--vault wrok get credentials', {credentials: []})).code, 0);
});
