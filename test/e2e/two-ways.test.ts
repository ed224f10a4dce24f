import assert from 'node:assert/strict';
import {chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {inspect} from 'node:util';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {type Line, readingLines, stored, writingLines} from '../helpers/command-lines.js';
import {type Result, runProgram} from '../helpers/program.js';
import {passphrase, usualVault} from '../helpers/quick-vault.js';
import {inTwoLanes} from '../helpers/two-lanes.js';
import {homeOfAgent, unlockFor} from '../helpers/unlocked.js';
import {plain, quick} from '../helpers/vault-samples.js';

/** With the agent, which holds the keys, and without it, with the passphrase from a file. */
const ways = ['unlocked', 'given'] as const;
type Way = (typeof ways)[number];

async function putStored(file: string): Promise<void> {
	const vault = await fileVaultPlace(file, quick).create(new Secret(passphrase));
	await vault.change(content => ({content: {...content, credentials: stored}, result: undefined}));
}

/** A home with the vault that the lines are about. */
async function homeOfLines(context: TestContext): Promise<string> {
	const home = homeOfAgent(context);
	const file = usualVault(home);
	await putStored(file);
	writeFileSync(join(home, 'passphrase'), passphrase, {mode: 0o600});
	writeFileSync(join(home, 'fields.json'), '{"token": "new"}', {mode: 0o600});
	await unlockFor(home);
	return home;
}

/** Puts vaults into the home that are reached by links, that others can read, that are older, and damaged. */
async function addVaults(home: string): Promise<void> {
	const file = usualVault(home);
	symlinkSync(dirname(file), join(home, 'v'));
	symlinkSync(file, join(home, 'link.json'));
	symlinkSync(file, join(home, 'v', 'link.json'));
	mkdirSync(join(home, 'open'), {mode: 0o700});
	const before = readFileSync(file);
	const [open, older, damaged] = [
		join(home, 'open/vault.json'),
		join(home, 'v/older.json'),
		join(home, 'v/damaged.json'),
	];
	const vault = await fileVaultPlace(file, quick).unlock(new Secret(passphrase));
	await vault.change(content => ({content, result: undefined}));
	for (const copy of [open, older, damaged]) {
		cpSync(file, copy);
		cpSync(`${file}.seen`, `${copy}.seen`);
		chmodSync(copy, copy === open ? 0o644 : 0o600);
		await unlockFor(home, copy);
	}
	writeFileSync(older, before);
	writeFileSync(damaged, before.subarray(0, before.length - 9));
}

/** Runs a line, with what its result tells of the home taken out. */
async function run({words, environment}: Line, home: string, way: Way): Promise<Result> {
	const fill = (text: string): string => text.replace(/^@/, home);
	const own = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]));
	const isGiven = Object.keys(own).some(name => name.startsWith('PHARMER_PASSPHRASE'));
	const given = {PHARMER_AGENT: 'off', ...(!isGiven && {PHARMER_PASSPHRASE_FILE: join(home, 'passphrase')})};
	const {code, stdout, stderr} = await runProgram({
		args: words.map(fill),
		home,
		agent: true,
		cwd: home,
		environment: {...own, ...(way === 'given' ? given : {})},
	});
	return {code, stdout: stdout.replaceAll(home, '~'), stderr: stderr.replaceAll(home, '~')};
}

test('a command line gives the same bytes and the same exit code with the agent and without', async context => {
	assert.ok(readingLines.length >= 200);
	const home = await homeOfLines(context);
	await addVaults(home);
	const codes = new Set<number>();
	await inTwoLanes(readingLines, async line => {
		const unlocked = await run(line, home, 'unlocked');
		assert.deepEqual(unlocked, await run(line, home, 'given'), inspect(line));
		codes.add(unlocked.code);
	});
	context.diagnostic(`${readingLines.length} lines`);
	for (const code of [0, 2, 4, 6, 7, 8, 9, 13, 126, 127]) assert.ok(codes.has(code), `no line ends with ${code}`);
});

function withoutTimes(credential: object): object {
	const members = Object.entries(credential).filter(
		([key]) => !['id', 'created', 'changed', 'secretSince', 'deleted'].includes(key),
	);
	return Object.fromEntries(members);
}

test('lines that write do the same with the agent and without', async context => {
	const homes = {unlocked: await homeOfLines(context), given: await homeOfLines(context)};
	for (const line of writingLines) {
		const [unlocked, given] = await Promise.all(ways.map(way => run(line, homes[way], way)));
		assert.deepEqual(unlocked, given, inspect(line));
	}
	const [unlocked, given] = await Promise.all(
		ways.map(async way => {
			const vault = await fileVaultPlace(usualVault(homes[way]), quick).unlock(new Secret(passphrase));
			const {credentials, trash} = plain(await vault.read());
			return [...credentials, ...trash].map(withoutTimes);
		}),
	);
	assert.deepEqual(unlocked, given);
});
