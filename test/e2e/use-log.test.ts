import assert from 'node:assert/strict';
import fs from 'node:fs';
import {dirname} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {runProgram} from '../helpers/program.js';
import {passphrase, typedAws} from '../helpers/quick-vault.js';
import {given, type HomeWithAgent, homeWithAgent, until} from '../helpers/real-agent.js';
import {size} from '../helpers/rounds.js';

/** What `pharmer log` says, newest first, as `NAME KIND`. */
async function logOf(home: HomeWithAgent, environment: Readonly<Record<string, string>> = {}) {
	const {code, stdout, stderr} = await home.run(['log', '-o', 'json'], {environment});
	assert.equal(code, 0, stderr);
	return (JSON.parse(stdout) as {name: string; by: string}[]).map(({name, by}) => `${name} ${by}`);
}

const lines: readonly (readonly [...string[]])[] = [
	['get', 'aws', '-o', 'json'],
	['aws', 'credential-process', 'aws'],
	['exec', 'aws', '--', 'true'],
	['env', 'aws', '--shell', 'json'],
	['get', 'credentials', '-o', 'yaml'],
	['export', 'aws', '-o', 'dotenv'],
];
const kinds = ['aws get', 'aws credential-process', 'aws exec', 'aws env', 'aws get', 'aws export'];

test('every way of handing a credential out is in the log, with the agent and without', async context => {
	const home = await homeWithAgent(context, typedAws());
	for (const environment of [given, {}]) {
		if (environment !== given) assert.equal((await home.unlock()).code, 0);
		for (const line of lines) {
			const {code, stderr} = await home.run(line, {environment});
			assert.equal(code, 0, stderr);
		}
	}
	// The agent notes what it is told when it comes to it.
	await until(async () => (await logOf(home)).length >= 11, 'the last use');
	const all = await logOf(home);
	assert.deepEqual([...new Set(all)].sort(), [...new Set(kinds)].sort());
	const {stdout} = await home.run(['log', 'aws']);
	assert.match(stdout, /^NAME +BY +AT +AGO\naws +\S+ +20\d\d-\d\d-\d\dT\S+Z +just now\n/);
});

test('an answer of the agent is noted each time, though nobody waits for that', async context => {
	const home = await homeWithAgent(context, typedAws());
	assert.equal((await home.unlock()).code, 0);
	const log = `${home.vault}.used`;
	const count = size(10, 200);
	const get = () => home.get();
	for (let round = 0; round < count; round += 5) await Promise.all([get(), get(), get(), get(), get()]);
	await until(() => fs.statSync(log).size === count * 256, `${count} lines`);
	const {stdout} = await home.run(['aws', 'credential-process', 'nobody']);
	assert.equal(stdout, '');
	await home.get();
	await until(() => fs.statSync(log).size === (count + 1) * 256, 'the next one, and none for a name that is unknown');
});

test('where the log can not be written, every command works and says nothing of it', async context => {
	const home = await homeWithAgent(context, typedAws());
	const log = `${home.vault}.used`;
	fs.mkdirSync(log);
	const places: readonly (() => Promise<void>)[] = [async () => {}, async () => void (await home.unlock())];
	for (const place of places) {
		await place();
		const environment = home.agents().length === 0 ? given : {};
		for (const line of lines) {
			const {code, stderr} = await home.run(line, {environment});
			assert.equal(code, 0, stderr);
			assert.doesNotMatch(stderr, /used|log/);
		}
		const {stdout, stderr} = await home.run(['log'], {environment});
		assert.deepEqual([stdout, stderr], ['', 'nothing was handed out here yet\n']);
	}
	assert.deepEqual(fs.readdirSync(log), []);
});

const isRoot = process.geteuid?.() === 0;

test('in a directory that is read-only nothing is noted, and nothing is said', {
	skip: isRoot ? false : 'SKIPPED: only root can run a command as another user',
}, async context => {
	const home = await homeWithAgent(context, typedAws());
	const directory = dirname(home.vault);
	for (const file of [home.vault, `${home.vault}.seen`]) fs.chmodSync(file, 0o644);
	for (let each = directory; each.startsWith(home.home); each = dirname(each)) fs.chmodSync(each, 0o755);
	const {code, stdout, stderr} = await runProgram({
		home: home.home,
		args: ['get', 'aws', '-o', 'json'],
		user: 65534,
		environment: {PHARMER_PASSPHRASE: passphrase},
	});
	assert.equal(code, 0, stderr);
	assert.match(stdout, /"name": "aws"/);
	assert.doesNotMatch(stderr, /used|log/);
	assert.equal(fs.existsSync(`${home.vault}.used`), false);
});

test('the log lives on through a new passphrase, and the old one opens nothing of it', async context => {
	const home = await homeWithAgent(context, typedAws());
	assert.equal((await home.run(['exec', 'aws', '--', 'true'], {environment: given})).code, 0);
	const before = fs.readFileSync(`${home.vault}.used`, 'latin1');
	const environment = {...given, PHARMER_NEW_PASSPHRASE: 'quite another passphrase'};
	assert.equal((await home.run(['passphrase'], {environment})).code, 0);
	assert.deepEqual(await logOf(home, {PHARMER_PASSPHRASE: 'quite another passphrase'}), ['aws exec']);
	const after = fs.readFileSync(`${home.vault}.used`, 'latin1');
	for (const line of before.split('\n').filter(Boolean)) assert.ok(!after.includes(line));
});
