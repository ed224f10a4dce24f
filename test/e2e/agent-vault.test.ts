import assert from 'node:assert/strict';
import {copyFileSync, cpSync, mkdirSync, renameSync, symlinkSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {secretKey} from '../helpers/credentials.js';
import {runProgram, temporaryHome} from '../helpers/program.js';
import {putVault, typedAws} from '../helpers/quick-vault.js';
import {ended, given, homeWithAgent, onlyLinux} from '../helpers/real-agent.js';

const skip = onlyLinux;

/** A home whose vault is unlocked and was read. */
async function reading(context: TestContext) {
	const home = await homeWithAgent(context);
	assert.equal((await home.unlock()).code, 0);
	const {code, stdout} = await home.get();
	assert.equal(code, 0);
	assert.ok(stdout.includes(secretKey));
	return {...home, pid: home.agent()};
}

test('another vault in the place of an unlocked one is asked for, and its key is not held', {skip}, async context => {
	const {vault, get, pid} = await reading(context);
	const other = join(dirname(vault), 'other.json');
	await putVault(other, typedAws(), typedAws('two'));
	renameSync(other, vault);
	renameSync(`${other}.seen`, `${vault}.seen`);
	const {code, stdout, stderr} = await get();
	assert.deepEqual([code, stdout], [2, '']);
	assert.match(stderr, /passphrase/);
	await ended(pid);
});

test('a vault that got a new key elsewhere is asked for', {skip}, async context => {
	const {home, vault, get, run, pid} = await reading(context);
	const elsewhere = await runProgram({
		home: temporaryHome(context),
		args: ['rekey', '--vault', vault, '--drop-slots'],
		environment: given,
	});
	assert.equal(elsewhere.code, 0, elsewhere.stderr);
	assert.equal((await get()).code, 2);
	await ended(pid);
	const opened = await run(['get', 'credentials'], {home, environment: given});
	assert.equal(opened.code, 0, opened.stderr);
});

test('a vault that was moved is asked for at its new path, and is missing at the old one', {skip}, async context => {
	const {home, vault, get, run} = await reading(context);
	const moved = join(home, 'moved', 'vault.json');
	mkdirSync(dirname(moved), {mode: 0o700});
	for (const end of ['', '.seen']) renameSync(vault + end, moved + end);
	assert.equal((await get()).code, 13);
	const asked = await run(['get', 'credentials', 'aws', '--vault', moved, '-o', 'json']);
	assert.deepEqual([asked.code, asked.stdout], [2, '']);
	symlinkSync(moved, vault);
	assert.equal((await get()).code, 2, 'the real path counts');
});

test('an older vault put back is refused, though the agent has its key', {skip}, async context => {
	const {vault, get, run} = await reading(context);
	const older = join(dirname(vault), 'older');
	copyFileSync(vault, older);
	assert.equal((await run(['edit', 'credential', 'aws', '--note', 'x'])).code, 0, 'the agent opens it for a change');
	assert.match((await get()).stdout, /"note": "x"/);
	cpSync(older, vault);
	const {code, stdout, stderr} = await get();
	assert.deepEqual([code, stdout], [8, '']);
	assert.match(stderr, /is older than it was/);
});

test('a vault that gets a new key here stays unlocked for the rest of its time', {skip}, async context => {
	const {get, run} = await reading(context);
	for (const args of [['rekey'], ['passphrase']]) {
		const environment = {...given, PHARMER_NEW_PASSPHRASE: given.PHARMER_PASSPHRASE};
		const {code, stderr} = await run(args, {environment});
		assert.equal(code, 0, stderr);
		assert.equal((await get()).code, 0, args.join(' '));
	}
});
