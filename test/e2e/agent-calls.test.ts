import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {readdirSync, readFileSync, realpathSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {leastCost} from '../../source/vault/keys/passphrase.js';
import {storedCredential} from '../helpers/credentials.js';
import {program} from '../helpers/program.js';
import {passphrase} from '../helpers/quick-vault.js';
import {homeWithAgent} from '../helpers/real-agent.js';

const sizes = [10, 1000, ...(process.env.PROVE ? [100_000] : [])];
const lines = [
	['get', 'aws', '-o', 'json'],
	['aws', 'credential-process', 'aws'],
];
const calls = 'trace=%file,%network,%process,write,pwrite64,writev';

function skipReason(): string | false {
	const works = spawnSync('strace', ['-qq', '-e', 'trace=none', 'true']).status === 0;
	if (!works && process.env.CI) throw new Error('strace is needed and does not work here');
	return works ? false : 'SKIPPED: strace is not installed, so nothing is known of what an answer touches';
}

/** A home with an unlocked vault of so many credentials. */
async function unlocked(context: TestContext, count: number) {
	const place = await homeWithAgent(context);
	const vault = join(place.home, 'vault.json');
	const made = await fileVaultPlace(vault, {kdfCost: leastCost}).create(new Secret(passphrase));
	const others = Array.from({length: count - 1}, (_, index) => storedCredential(`other-${index}`, {id: randomUUID()}));
	await made.change(content => ({
		content: {...content, credentials: [...others, storedCredential('aws', {id: randomUUID()})]},
		result: undefined,
	}));
	made.close();
	const environment = {PHARMER_VAULT: vault};
	assert.equal((await place.unlock([], {environment})).code, 0);
	return {...place, vault, environment};
}

/**
 * The system calls of a command's main thread: its other threads end in any order. Each as its name and the paths and
 * texts in it, with the home directory as `~`.
 */
async function callsOf(
	{home, run, environment}: Awaited<ReturnType<typeof unlocked>>,
	line: readonly string[],
): Promise<readonly string[]> {
	const trace = join(home, 'trace');
	const args = ['-qq', '-s', '4096', '-e', calls, '-o', trace, process.execPath, program, ...line];
	const {code, stderr} = await run(args, {node: 'strace', script: '-f', environment});
	assert.equal(code, 0, stderr);
	const traced = readFileSync(trace, 'utf8');
	const main = /^\d+/.exec(traced)?.[0];
	const made = traced
		.split('\n')
		.map(each => /^(\d+) +(\w+)\((.*)/.exec(each))
		.filter(match => match !== null)
		.filter(([, thread]) => thread === main)
		.map(([, , name, rest = '']) => `${name} ${(rest.match(/"[^"]*"/g) ?? []).join(' ').replaceAll(home, '~')}`);
	return withoutMaps(made);
}

/** Without what V8 does to place its code: it reads where libraries lie, again when they are not where it wants them. */
function withoutMaps(made: readonly string[]): readonly string[] {
	const own = [`openat "/proc/self/maps"`, 'newfstatat ""', `openat "${process.execPath}"`];
	const isOwn = (at: number): boolean => {
		const back = own.indexOf(made[at] ?? '');
		return back >= 0 && made[at - back] === own[0];
	};
	return made.filter((_, at) => !isOwn(at));
}

test('an answer of the agent opens no vault, loads one file, and takes the same calls at any size', {
	skip: skipReason(),
}, async context => {
	const found = new Map<string, Map<number, readonly string[]>>();
	for (const count of sizes) {
		const place = await unlocked(context, count);
		for (const line of lines) {
			// The first one has the agent read the vault.
			await place.run(line, {environment: place.environment});
			const made = await callsOf(place, line);
			const key = line.join(' ');
			found.set(key, (found.get(key) ?? new Map()).set(count, made));
		}
	}
	for (const [line, bySize] of found) {
		const [first = [], ...rest] = [...bySize.values()];
		assert.ok(
			first.some(call => call.startsWith('connect ')),
			'the agent was asked',
		);
		// What is asked, the answer, and the use, which nobody waits for: no other connection and no other write.
		assert.equal(first.filter(call => call.startsWith('write "{')).length, 3, line);
		assert.equal(first.filter(call => call.startsWith('connect ')).length, 1, line);
		assert.deepEqual(
			first.filter(call => call.includes('vault.json') && !call.startsWith('execve')),
			[],
			line,
		);
		const dist = dirname(realpathSync(program));
		const loaded = first
			.filter(call => call.startsWith('open') && call.includes(`${dist}/`))
			.map(call => call.replace(`${dist}/`, ''));
		assert.deepEqual(loaded, ['openat "package.json"', 'openat "cli.js"'], line);
		for (const made of rest) assert.deepEqual(made, first, line);
	}
});

test('a word is completed without opening the vault, and nothing is written but the words', {
	skip: skipReason(),
}, async context => {
	const place = await unlocked(context, 10);
	const files = (): readonly string[] => readdirSync(place.home, {recursive: true, encoding: 'utf8'}).sort();
	const before = files();
	for (const [line, asks] of [
		[['complete', 'zsh', '1', 'get', '--out'], false],
		[['complete', 'zsh', '1', 'get', ''], true],
	] as const) {
		const made = await callsOf(place, line);
		assert.equal(
			made.some(call => call.startsWith('connect ')),
			asks,
			'the agent is asked for names only',
		);
		const dist = dirname(realpathSync(program));
		const loaded = made.filter(call => call.startsWith('open') && call.includes(`${dist}/`));
		assert.deepEqual(
			loaded.map(call => call.replace(`${dist}/`, '')),
			['openat "package.json"', 'openat "cli.js"', 'openat "complete.js"'],
		);
		assert.deepEqual(
			made.filter(call => call.includes('vault.json') && !call.startsWith('execve')),
			[],
		);
		assert.deepEqual(
			made.filter(call => /^(unlink|rename|mkdir|chmod|link|symlink|truncate)/.test(call)),
			[],
		);
		const written = made.filter(call => /^write/.test(call) && !/"(0|0x[^"]*)\\?n?"$/.test(call));
		assert.equal(written.filter(call => call.includes('words')).length, 1, written.join('\n'));
	}
	assert.deepEqual(
		files().filter(name => name !== 'trace'),
		before,
	);
});
