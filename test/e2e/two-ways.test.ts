import assert from 'node:assert/strict';
import {chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {type TestContext, test} from 'node:test';
import {inspect} from 'node:util';
import {parseCommandLine} from '../../source/commands/program.js';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {runCommandLine} from '../helpers/command-line.js';
import {type Line, readingLines, stored, writingLines} from '../helpers/command-lines.js';
import {type Result, runProgram} from '../helpers/program.js';
import {passphrase, usualVault} from '../helpers/quick-vault.js';
import {size} from '../helpers/rounds.js';
import {inTwoLanes} from '../helpers/two-lanes.js';
import {homeOfAgent, unlockFor} from '../helpers/unlocked.js';
import {plain, quick} from '../helpers/vault-samples.js';

/** With the agent, which holds the keys, and without it, with the passphrase from a file. */
const ways = ['unlocked', 'given'] as const;
type Way = (typeof ways)[number];

/** The usual vault, from the home directory. */
const usual = 'v/vault.json';

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

/** What a line means, whatever its words: lines that mean the same have the same result. */
type Meaning = {readonly key: string /** Its result does not depend on this machine. */; readonly isPlain: boolean};

function meaning({words, environment}: Line): Meaning {
	const {PHARMER_VAULT, PHARMER_AGENT: _, PHARMER_PASSPHRASE_FILE, ...rest} = environment;
	const passphrase = PHARMER_PASSPHRASE_FILE === '@/passphrase' ? {} : {PHARMER_PASSPHRASE_FILE};
	try {
		const parsed = parseCommandLine(words, {version: '1.0.0', width: 80});
		if (!('options' in parsed)) return {key: inspect(parsed), isPlain: true};
		const {vault, agent: __, ...options} = parsed.options as {vault?: string; agent?: boolean; output?: string};
		const file = resolve('/', vault ?? (PHARMER_VAULT || usual));
		const isUsual = file === resolve('/', usual) && Object.keys(environment).length === 0;
		const isText =
			['env', 'aws credential-process'].includes(parsed.verb) || /json|yaml|name/.test(options.output ?? '');
		return {
			key: inspect([parsed.verb, options, file, rest, passphrase], {depth: null}),
			isPlain: isUsual && isText,
		};
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return {key: inspect([error.message, error.hint]), isPlain: true};
	}
}

type Run = {readonly key: string; readonly line: Line; readonly way: Way};

/** Whether every line is run in both ways. Otherwise it is every third meaning, and lines that mean the same take turns. */
const isAll = size(0, 1) === 1;

/** The lines with the ways to run them, and the results that this process foresees. */
async function planned(lines: readonly Line[]) {
	const results = new Map<string, Result>();
	const plan: Run[] = [];
	const groups = new Map<string, Line[]>();
	for (const line of lines) {
		const {key} = meaning(line);
		groups.set(key, [...(groups.get(key) ?? []), line]);
	}
	let turn = 0;
	for (const [key, members] of groups) {
		if (!isAll && turn++ % 3 !== 0) continue;
		const [first = assert.fail()] = members;
		if (meaning(first).isPlain) {
			const {code, stdout, stderr} = await runCommandLine(first.words, {credentials: stored});
			results.set(key, {code, stdout, stderr});
		}
		const isBoth = isAll || (members.length === 1 && !results.has(key));
		for (const [index, line] of members.entries()) {
			const turns: readonly Way[] = isBoth ? ways : [(index + turn) % 4 === 0 ? 'given' : 'unlocked'];
			for (const way of turns) plan.push({key, line, way});
		}
	}
	return {plan, results};
}

test('a command line gives the same bytes and the same exit code with the agent and without', async context => {
	assert.ok(readingLines.length >= 200);
	const home = await homeOfLines(context);
	await addVaults(home);
	const {plan, results} = await planned(readingLines);
	await inTwoLanes(plan, async ({key, line, way}) => {
		const result = await run(line, home, way);
		const before = results.get(key) ?? result;
		results.set(key, before);
		assert.deepEqual(result, before, `${way}: ${inspect(line)}`);
	});
	const codes = [...results.values()].map(({code}) => code);
	context.diagnostic(`${readingLines.length} lines, ${results.size} meanings and ${plan.length} runs of them`);
	const expected = isAll ? [0, 2, 4, 6, 7, 8, 9, 13, 126, 127] : [0, 2, 4];
	for (const code of expected) assert.ok(codes.includes(code), `no line ends with ${code}`);
});

function withoutTimes(credential: object): object {
	const members = Object.entries(credential).filter(([key]) => !['id', 'created', 'changed', 'deleted'].includes(key));
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
