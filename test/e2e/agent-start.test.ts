import assert from 'node:assert/strict';
import {cpSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {programVersion} from '../../source/platform/version.js';
import {program} from '../helpers/program.js';
import {putVault, typedAws} from '../helpers/quick-vault.js';
import {askAgent, ended, homeWithAgent, isRunning, onlyLinux, until} from '../helpers/real-agent.js';
import {rounds} from '../helpers/rounds.js';

const skip = onlyLinux;

test('of agents that start at once one remains, and holds every key', {skip}, async context => {
	const {home, vault, socket, agent, agents, unlock, run} = await homeWithAgent(context);
	const vaults = [vault, join(home, 'other', 'vault.json')];
	for (const file of vaults) await putVault(file, typedAws());
	for (let round = 0; round < rounds; round++) {
		for (const files of [[vault, vault], vaults]) {
			const results = await Promise.all(files.map(file => unlock(['--vault', file])));
			for (const {code, stderr} of results) assert.equal(code, 0, stderr);
			await until(() => agents().length === 1, 'one agent');
			const pid = agent();
			for (const file of files) {
				const status = await askAgent(socket, {ask: 'status', version: programVersion(), path: file});
				assert.equal(status?.is, 'unlocked', file);
			}
			// A stale socket for the next ones.
			process.kill(pid, 'SIGKILL');
			await ended(pid);
		}
	}
	assert.equal((await run(['lock'])).code, 0);
});

test('an old agent that ends late leaves the socket of the next one', {skip}, async context => {
	const {socket, agent, agents, unlock, get, run} = await homeWithAgent(context);
	await unlock();
	const old = agent();
	process.kill(old, 'SIGSTOP');
	await unlock();
	process.kill(old, 'SIGTERM');
	process.kill(old, 'SIGCONT');
	await ended(old);
	assert.equal(agents().length, 1);
	assert.deepEqual(readdirSync(dirname(socket)), ['agent.sock']);
	assert.equal((await get()).code, 0);
	assert.equal((await run(['lock'])).stderr, 'locked\n');
});

/** Makes a copy of the built program that says it is of another version. */
function otherVersion(folder: string): string {
	const copy = join(folder, 'dist');
	cpSync(dirname(program), copy, {recursive: true});
	for (const name of readdirSync(copy).filter(each => /\.m?js$/.test(each))) {
		const text = readFileSync(join(copy, name), 'utf8');
		writeFileSync(join(copy, name), text.replaceAll(programVersion(), '999.0.0'));
	}
	return join(copy, 'cli.js');
}

test('an agent of another version counts as absent, and `pharmer unlock` ends it', {skip}, async context => {
	const {home, socket, agent, unlock, get, run} = await homeWithAgent(context);
	const script = otherVersion(join(home, 'other'));
	assert.equal((await run(['--version'], {script})).stdout, '999.0.0\n');
	assert.equal((await unlock([], {script})).code, 0);
	const old = agent();
	assert.equal((await askAgent(socket, {ask: 'hello'}))?.is, 'hello');
	assert.equal((await get({script})).code, 0);
	assert.equal((await get()).code, 2);
	assert.equal((await run(['status'])).code, 6);
	assert.ok(isRunning(old), 'it is left alone');
	assert.equal((await unlock()).code, 0);
	await ended(old);
	assert.equal((await get()).code, 0);
	assert.equal((await get({script})).code, 2);
	assert.deepEqual(await run(['lock'], {script}), {code: 0, stdout: '', stderr: 'locked\n'});
});
