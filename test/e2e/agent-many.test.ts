import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {type TestContext, test} from 'node:test';
import {keyId, secretKey} from '../helpers/credentials.js';
import {type Random, randomOf} from '../helpers/mutated.js';
import type {Result} from '../helpers/program.js';
import {passphrase} from '../helpers/quick-vault.js';
import {given, type HomeWithAgent, homeWithAgent, onlyLinux, type RunOptions, until} from '../helpers/real-agent.js';
import {seed, size} from '../helpers/rounds.js';
import {heldIn, tokenOf, tokensIn} from '../helpers/vault-model.js';
import {namesBeside} from '../helpers/vault-samples.js';

const lanes = 8;
/** How many commands each lane runs, one after the other. */
const commands = size(3, 200);
/** How long a command may take, in milliseconds. */
const patience = 60_000;

/** The times when the vault may be locked: each begins with `lock` and ends once `unlock` has answered. */
class Locked {
	#open = 0;
	#count = 0;

	/** What tells whether the vault may have been locked since. */
	since(): () => boolean {
		const before = this.#count;
		const wasOpen = this.#open > 0;
		return () => wasOpen || this.#count !== before;
	}

	async during(task: () => Promise<void>): Promise<void> {
		this.#open++;
		this.#count++;
		await task();
		this.#open--;
	}
}

/** What all lanes share. */
type Shared = {
	readonly home: HomeWithAgent;
	readonly locked: Locked;
	/** Whether an agent is used; otherwise every command has `--no-agent` and the passphrase. */
	readonly hasAgent: boolean;
	writes: number;
	longest: number;
};

/** What a lane has, as it was told. */
type Own = {readonly tokens: Map<string, string>; readonly deleted: string[]; count: number};

/** Runs a command to its end, and throws when that does not come. */
async function run(shared: Shared, args: readonly string[], options: RunOptions = {}): Promise<Result> {
	let timer: NodeJS.Timeout | undefined;
	let isHung = false;
	const start = performance.now();
	const result = await shared.home.run(shared.hasAgent ? args : [...args, '--no-agent'], {
		...options,
		started(kill) {
			timer = setTimeout(() => {
				isHung = true;
				kill();
			}, patience);
		},
	});
	clearTimeout(timer);
	assert.ok(!isHung, 'it hangs');
	shared.longest = Math.max(shared.longest, performance.now() - start);
	return result;
}

/**
 * Runs a command that opens the vault, with the passphrase now and then. Resolves to what it prints; undefined where
 * the passphrase was needed because the vault was locked meanwhile. Throws for any other failure.
 */
async function open(shared: Shared, args: readonly string[], random: Random, input = ''): Promise<string | undefined> {
	const isGiven = !shared.hasAgent || random(4) === 0;
	const mayBeLocked = shared.locked.since();
	const {code, stdout, stderr} = await run(shared, args, {input, ...(isGiven && {environment: given})});
	if (code === 2 && !isGiven && mayBeLocked()) {
		assert.match(stderr, /the passphrase is needed/);
		assert.equal(stdout, '');
		return undefined;
	}
	assert.equal(code, 0, stderr);
	return stdout;
}

/** Adds, changes or deletes one of a lane's credentials. */
async function write(shared: Shared, own: Own, lane: number, random: Random): Promise<void> {
	const {tokens, deleted} = own;
	const number = lane * 1000 + own.count++;
	const token = tokenOf(number, 300);
	const input = JSON.stringify({token});
	const names = [...tokens.keys()];
	const name = names[random(names.length)];
	const choice = name === undefined || names.length < 2 ? 0 : random(names.length > 5 ? 4 : 3);
	const isChange = choice === 1;
	if (name !== undefined && choice > 1) {
		if ((await open(shared, ['delete', 'credential', name, '--yes'], random)) === undefined) return;
		tokens.delete(name);
		deleted.push(name);
	} else {
		const target = isChange && name !== undefined ? name : `c${number}`;
		const verb = isChange ? ['edit', 'credential', target] : ['create', 'credential', target, '-p', 'generic'];
		if ((await open(shared, [...verb, '-f', '-'], random, input)) === undefined) return;
		tokens.set(target, token);
	}
	shared.writes++;
}

/** Reads one or all, and compares a lane's own with what it was told. */
async function read(shared: Shared, own: Own, random: Random): Promise<void> {
	const [name, token] = [...own.tokens][random(own.tokens.size)] ?? [];
	if (random(3) === 0 || name === undefined) {
		const printed = await open(shared, ['get', 'credentials', '-p', 'generic', '-o', 'json'], random);
		if (printed === undefined) return;
		const all = tokensIn(printed);
		for (const [each, its] of own.tokens) assert.equal(all[each], its, each);
		for (const each of own.deleted) assert.equal(all[each], undefined, each);
		return;
	}
	const printed = await open(shared, ['get', 'credential', name, '-o', 'json'], random);
	if (printed !== undefined) assert.equal(JSON.parse(printed).spec.data.token, token);
}

/** Asks for what AWS's tools ask for. */
async function serveAws(shared: Shared, random: Random): Promise<void> {
	const printed = await open(shared, ['aws', 'credential-process', 'aws'], random);
	if (printed === undefined) return;
	const {AccessKeyId, SecretAccessKey} = JSON.parse(printed);
	assert.deepEqual([AccessKeyId, SecretAccessKey], [keyId, secretKey]);
}

async function status(shared: Shared): Promise<void> {
	const mayBeLocked = shared.locked.since();
	const {code, stderr} = await run(shared, ['status']);
	if (!shared.hasAgent) assert.equal(code, 6, stderr);
	else if (code !== 6 || !mayBeLocked()) assert.equal(code, 0, stderr);
}

async function lockAndUnlock(shared: Shared): Promise<void> {
	if (!shared.hasAgent) return;
	await shared.locked.during(async () => {
		const locked = await run(shared, ['lock']);
		assert.equal(locked.code, 0, locked.stderr);
		const unlocked = await run(shared, ['unlock'], {environment: given});
		assert.equal(unlocked.code, 0, unlocked.stderr);
	});
}

async function runLane(shared: Shared, lane: number): Promise<Own> {
	const random = randomOf(seed + lane);
	const own: Own = {tokens: new Map(), deleted: [], count: 0};
	for (let command = 0; command < commands; command++) {
		const choice = random(10);
		try {
			if (lane === 0 && command % 8 === 2) await lockAndUnlock(shared);
			else if (command === 0 || choice < 5) await write(shared, own, lane, random);
			else if (choice < 7) await read(shared, own, random);
			else if (choice < 9) await serveAws(shared, random);
			else await status(shared);
		} catch (error) {
			throw new Error(`SEED=${seed}, lane ${lane}, command ${command}`, {cause: error});
		}
	}
	return own;
}

/** Runs all lanes, and compares the vault with what they were told. */
async function runAll(context: TestContext, hasAgent: boolean): Promise<void> {
	const home = await homeWithAgent(context);
	const generation = (): number => JSON.parse(readFileSync(home.vault, 'utf8')).generation;
	const before = generation();
	const shared: Shared = {home, locked: new Locked(), hasAgent, writes: 0, longest: 0};
	if (hasAgent) assert.equal((await home.unlock()).code, 0);
	const owns = await Promise.all(Array.from({length: lanes}, (_, lane) => runLane(shared, lane)));
	const {tokens, deleted} = await heldIn(home.vault, passphrase);
	assert.deepEqual(tokens, {aws: '', ...Object.fromEntries(owns.flatMap(own => [...own.tokens]))});
	assert.deepEqual(deleted, owns.flatMap(own => own.deleted).sort());
	assert.equal(generation(), before + shared.writes);
	const {code, stderr} = await home.run(['lock']);
	assert.deepEqual([code, stderr], [0, hasAgent ? 'locked\n' : 'nothing is unlocked here\n']);
	const left = namesBeside(dirname(home.vault)).filter(name => name !== 'run');
	assert.deepEqual(left, ['vault.json', 'vault.json.seen', 'vault.json.used']);
	// It has let go of its keys when it answers, and takes its socket away after that.
	if (hasAgent) await until(() => readdirSync(dirname(home.socket)).length === 0, 'the agent leaves nothing behind');
	const {writes, longest} = shared;
	context.diagnostic(`${lanes * commands} commands, ${writes} writes, the longest took ${Math.round(longest)} ms`);
}

test('eight processes at once lose nothing with the agent', {skip: onlyLinux}, context => runAll(context, true));

test('eight processes at once lose nothing without the agent', {skip: onlyLinux}, context => runAll(context, false));
