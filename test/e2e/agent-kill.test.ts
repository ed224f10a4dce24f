import assert from 'node:assert/strict';
import {existsSync, readdirSync, utimesSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {isDeepStrictEqual} from 'node:util';
import {type Killed, runUntil} from '../helpers/killed.js';
import {type Random, randomOf} from '../helpers/mutated.js';
import {cheapen, passphrase} from '../helpers/quick-vault.js';
import {type HomeWithAgent, homeWithAgent, onlyLinux, until} from '../helpers/real-agent.js';
import {seed, size} from '../helpers/rounds.js';
import {heldIn, type Model, tokensIn, waysOf} from '../helpers/vault-model.js';
import {namesBeside} from '../helpers/vault-samples.js';
import {type Kind, kinds, type Task, taskOf} from '../helpers/vault-task.js';

const rounds = size(6, 1000);
const lanes = 2;

/** How long each takes, in milliseconds; corrected by each that is not killed. */
const usual: Record<Kind, number> = {
	...{create: 300, edit: 300, delete: 300, passphrase: 1200},
	...{rekey: 1200, add: 1200, remove: 400, unlock: 700},
};

const withPassphrase = (text: string) => ({environment: {PHARMER_PASSPHRASE: text}});
const listing = ['get', 'credentials', '-o', 'json'];

/** Whether it ends with giving the agent a key; only `unlock` starts one where there is none. */
const givesKey = ({kind}: Task): boolean => kind === 'passphrase' || kind === 'rekey' || kind === 'unlock';

/** How a task ended, and what was killed meanwhile. */
type Ended = Killed & {readonly isClient: boolean; readonly isAgent: boolean};

/** Runs a task, and kills the command, the agent or both at a random moment: of all its time, or around its write. */
async function killIn(task: Task, home: HomeWithAgent, random: Random): Promise<Ended> {
	const aim = random(6);
	const lockIn = dirname(task.kind === 'unlock' ? home.socket : home.vault);
	const moment =
		random(2) === 0
			? {after: random(Math.ceil(usual[task.kind] * 1.1))}
			: {after: random(random(2) === 0 ? 12 : 60), lockIn};
	let isClient = false;
	let isAgent = false;
	const killed = await runUntil(home, task, moment, client => {
		isClient = aim < 4;
		if (isClient) client();
		for (const pid of aim > 2 ? home.agents() : []) {
			process.kill(pid, 'SIGKILL');
			isAgent = true;
		}
	});
	if (killed.code === 0 && !killed.isHit) usual[task.kind] = (usual[task.kind] + killed.took) / 2;
	return {...killed, isClient, isAgent};
}

/** Throws unless a task ended as it may. */
function assertEnded({kind, environment}: Task, {code, stderr, isClient, isAgent}: Ended): void {
	const isKilled = isClient && code === 128;
	const isAsked = isAgent && environment === undefined && code === 2 && /the passphrase is needed/.test(stderr);
	const isNotStarted = isAgent && kind === 'unlock' && code === 9;
	assert.ok(code === 0 || isKilled || isAsked || isNotStarted, `it ended with ${code}: ${stderr}`);
}

/** What the next command prints, with nobody to ask for the passphrase; undefined where that is needed. */
async function printedNext(task: Task, {code, isAgent}: Ended, home: HomeWithAgent): Promise<string | undefined> {
	const {code: nextCode, stdout, stderr} = await home.run(listing);
	const isKnown = isAgent ? task.kind !== 'unlock' : code === 0 || !givesKey(task);
	if (isKnown) assert.equal(nextCode, isAgent ? 2 : 0, stderr);
	if (nextCode === 0) return stdout;
	assert.equal(nextCode, 2, stderr);
	assert.match(stderr, /the passphrase is needed/);
	return undefined;
}

/** What the program prints with the first of these passphrases that opens the vault. */
async function printedWith(passphrases: readonly string[], home: HomeWithAgent) {
	for (const by of new Set(passphrases)) {
		const {code, stdout, stderr} = await home.run(listing, withPassphrase(by));
		if (code === 0) return {by, printed: stdout};
		assert.equal(code, 6, stderr);
	}
	return assert.fail('no passphrase opens the vault');
}

/** A model without what opens the ways in, to be compared. */
const shown = ({ways, ...rest}: Model) => ({...rest, ways: Object.keys(ways).sort()});

const tally = {clients: 0, agents: 0, acts: 0, acknowledged: 0, refused: 0, written: 0};

/** One round on an unlocked vault. Resolves to what it holds then, whether it is unlocked, and how the task ended. */
async function play(task: Task, before: Model, home: HomeWithAgent, random: Random) {
	const {vault} = home;
	const ended = await killIn(task, home, random);
	const isAcknowledged = ended.code === 0 || task.said.test(ended.stderr);
	const isRefused = !isAcknowledged && ended.code !== 128;
	if (ended.isClient) tally.clients++;
	if (ended.isAgent) tally.agents++;
	if (existsSync(`${vault}.lock`)) tally.acts++;
	if (isAcknowledged) tally.acknowledged++;
	if (isRefused) tally.refused++;
	assertEnded(task, ended);

	const next = await printedNext(task, ended, home);
	const ids = waysOf(vault);
	const way = ids.find(id => !(id in before.ways)) ?? '';
	const after = task.after(way);
	const possible = isRefused ? [before] : isAcknowledged ? [after] : [after, before];
	const passphrases = possible.map(each => each.passphrase);
	const {by, printed} = await printedWith(passphrases, home);
	if (next !== undefined) assert.equal(next, printed, 'the agent gives what is in the vault');
	const held = {...(await heldIn(vault, by)), passphrase: by, ways: ids};
	assert.deepEqual(tokensIn(printed), held.tokens);
	const now = possible.find(each => isDeepStrictEqual(shown(each), held));
	if (now === undefined) return assert.deepEqual(held, possible.map(shown)[0]) ?? assert.fail();
	if (now === after) tally.written++;
	if (task.added !== undefined && way !== '')
		assert.deepEqual((await heldIn(vault, task.added)).tokens, held.tokens, 'the new way in');
	if (by !== before.passphrase)
		assert.equal((await home.run(listing, withPassphrase(before.passphrase))).code, 6, 'the old passphrase');
	return {now, isUnlocked: next !== undefined, ended};
}

/** Unlocks the vault, whatever is left of an agent that was killed. */
async function unlock(home: HomeWithAgent, by: string): Promise<void> {
	const {code, stderr} = await home.run(['unlock'], withPassphrase(by));
	assert.equal(code, 0, stderr);
	await until(() => home.agents().length === 1, 'one agent');
	assert.equal((await home.run(['get', 'credential', 'keep', '-o', 'json'])).code, 0);
}

/** The kinds of tasks, in a random order. */
function shuffled(random: Random): readonly Kind[] {
	const left = [...kinds];
	return kinds.flatMap(() => left.splice(random(left.length), 1));
}

/** The next writes, and the next agent, take away what was left, once that is old. */
async function assertTidied({vault, run, socket}: HomeWithAgent, by: string): Promise<void> {
	const folder = dirname(vault);
	for (const note of ['one', 'two']) {
		for (const name of readdirSync(folder)) if (name.includes('.try-')) utimesSync(join(folder, name), 1, 1);
		const {code, stderr} = await run(['edit', 'credential', 'keep', '--note', note], withPassphrase(by));
		assert.equal(code, 0, stderr);
	}
	const left = namesBeside(folder).filter(name => name !== 'vault.json.used');
	assert.deepEqual(left, ['run', 'vault.json', 'vault.json.seen']);
	assert.equal((await run(['lock'])).code, 0);
	for (const name of readdirSync(dirname(socket))) utimesSync(join(dirname(socket), name), 1, 1);
	assert.equal((await run(['unlock'], withPassphrase(by))).code, 0);
	assert.equal((await run(['lock'])).code, 0);
	// The agent answers once its keys are gone, and ends after that.
	await until(() => readdirSync(dirname(socket)).length === 0, 'the end of the agent');
}

async function lane(context: TestContext, number: number): Promise<void> {
	const random = randomOf(seed + number);
	const home = await homeWithAgent(context, ['keep', 'generic', {token: 'kept'}], ['old', 'generic', {token: 'old'}]);
	const {vault, run} = home;
	const [own = ''] = waysOf(vault);
	let model: Model = {passphrase, ways: {[own]: passphrase}, tokens: {keep: 'kept', old: 'old'}, deleted: []};
	let isUnlocked = false;
	let deck: readonly Kind[] = [];
	let last = 'nothing';
	for (let round = 0; round < rounds / lanes; round++) {
		const [kind = 'create', ...rest] = deck.length > 0 ? deck : shuffled(random);
		deck = rest;
		const task = taskOf(kind, model, round, random);
		try {
			if (!isUnlocked) await unlock(home, model.passphrase);
			if (kind === 'unlock') await run(['lock']);
			const played = await play(task, model, home, random);
			({isUnlocked, now: model} = played);
			last = `${kind}: ${JSON.stringify(played.ended)}`;
			if (kind !== 'passphrase' && kind !== 'rekey') continue;
			// Its key costs four times as much to derive by now.
			await cheapen(vault, model.passphrase);
			const ways = Object.fromEntries(waysOf(vault).map(id => [id, model.passphrase]));
			model = {...model, ways};
			isUnlocked = false;
		} catch (error) {
			const where = `SEED=${seed}, lane ${number}, round ${round}, ${task.args.join(' ')}, after ${last}`;
			throw new Error(where, {cause: error});
		}
	}
	await unlock(home, model.passphrase);
	await assertTidied(home, model.passphrase);
}

test('a kill of the agent or a command at any moment loses nothing', {skip: onlyLinux}, async context => {
	await Promise.all(Array.from({length: lanes}, (_, number) => lane(context, number)));
	context.diagnostic(`${rounds} rounds, ${JSON.stringify(tally)}`);
	assert.ok(tally.clients + tally.agents > 0, 'some were killed');
});
