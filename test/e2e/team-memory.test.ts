import '../helpers/long.js';
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {programVersion} from '../../source/platform/version.js';
import {bareRepository} from '../helpers/bare-repository.js';
import {canaries, counted, noScan, putCanaries} from '../helpers/canary-vault.js';
import {askAgent, given, homeWithAgent, syncingOf, until} from '../helpers/real-agent.js';

test('an agent that shares a vault has its key once when that is done, and not at all once its time is over', {
	skip: noScan,
}, async context => {
	const remote = bareRepository(context);
	if (remote === undefined) return;
	const {home, vault, socket, agent, unlock, run} = await homeWithAgent(context);
	const {all} = await putCanaries(vault);
	const other = join(home, 'other/vault.json');
	await putCanaries(other, canaries('OTHER'));
	const init = await run(['team', 'init', `git+${remote.remote}`, '--name', 'ana', '--no-recovery'], {
		environment: given,
	});
	assert.equal(init.code, 0, init.stderr);
	const isHeld = async (): Promise<boolean> =>
		(await askAgent(socket, {ask: 'status', version: programVersion(), path: vault}))?.is === 'unlocked';
	const commits = (): number => Number(remote.git('rev-list', '--all', '--count'));
	// Keeps the agent there after the end of the other vault's time.
	assert.equal((await unlock(['--vault', other])).code, 0);
	assert.equal((await unlock()).code, 0);
	for (const note of ['one', 'two', 'three']) {
		const before = commits();
		assert.equal((await run(['edit', 'aws-0', '--note', note])).code, 0);
		await until(() => commits() > before, 'the agent to share it');
	}
	const isIdle = (): boolean => syncingOf(home).length === 0;
	// Once it answers it has seen the end of one, and begun the next if that is due.
	await until(async () => isIdle() && (await isHeld()) && isIdle(), 'the end of the sync');
	assert.equal(counted(context, 'shared', agent(), all)['vault key'], 1);
	assert.equal((await unlock(['--for', '2s'])).code, 0);
	await until(async () => !(await isHeld()), 'the end of its time');
	const left = counted(context, 'its time is over', agent(), all);
	assert.equal(left['vault key'], 0);
	assert.equal(left.passphrase, 0);
});
