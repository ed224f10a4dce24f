import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {startLine} from '../../source/agent/handshake.js';
import {longestTotal} from '../../source/agent/protocol.js';
import {programVersion} from '../../source/platform/version.js';
import {putCanaries} from '../helpers/canary-vault.js';
import {program} from '../helpers/program.js';
import {askAgent, ended, homeWithAgent, onlyLinux, until} from '../helpers/real-agent.js';

/** The library that shows a process other clocks; undefined where there is none, which is an error where CI is set. */
function fakingLibrary(): string | undefined {
	const {stdout, status} = spawnSync('faketime', ['-f', '+0s', 'printenv', 'LD_PRELOAD'], {encoding: 'utf8'});
	if (status === 0) return stdout.trim();
	if (process.env.CI) throw new Error('faketime is needed and does not work here');
	return undefined;
}

const library = onlyLinux ? undefined : fakingLibrary();
const skip =
	onlyLinux || (library === undefined && 'SKIPPED: faketime is not installed, so no clock of a real agent is changed');

/** An agent that sees other clocks, with one vault. `set` changes them, as in faketime(1). */
async function agentWithClocks(
	context: TestContext,
	total: number,
	environment: Readonly<Record<string, string>> = {},
) {
	const {home, vault, socket, agent} = await homeWithAgent(context);
	const {key, id} = await putCanaries(vault);
	mkdirSync(dirname(socket), {mode: 0o700});
	const clocks = join(home, 'clocks');
	const set = (text: string): void => writeFileSync(clocks, `${text}\n`);
	set('+0s');
	const child = spawn(process.execPath, [join(dirname(program), 'agent.mjs')], {
		env: {
			...{HOME: home, LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: clocks, FAKETIME_NO_CACHE: '1'},
			...environment,
		},
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	child.stdin.write(startLine(socket, {path: vault, id, total}));
	child.stdin.end(key);
	const [ready] = await once(child.stdout, 'data');
	assert.equal(String(ready), 'ready\n');
	const version = programVersion();
	return {
		set,
		pid: agent(),
		isHeld: async () => (await askAgent(socket, {ask: 'status', version, path: vault}))?.is === 'unlocked',
	};
}

test('an agent ends at the first request after its awake clock stood still', {skip}, async context => {
	const {set, pid, isHeld} = await agentWithClocks(context, longestTotal);
	assert.equal(await isHeld(), true);
	// Once ahead, since Node.js aborts where its clock goes back.
	set('+60s x0.001');
	assert.equal(await isHeld(), true);
	const since = os.uptime();
	await until(() => os.uptime() > since + 2.5, 'the time that the clock stands still');
	assert.equal(await isHeld(), false);
	await ended(pid);
});

test('a wall clock that is changed neither ends nor prolongs what is held', {skip}, async context => {
	const wall = {FAKETIME_DONT_FAKE_MONOTONIC: '1'};
	const long = await agentWithClocks(context, longestTotal, wall);
	const short = await agentWithClocks(context, 2, wall);
	for (const time of ['+13h', '-13h', '+400d', '-1d']) {
		for (const each of [long, short]) each.set(time);
		assert.equal(await long.isHeld(), true, time);
	}
	await ended(short.pid);
	assert.equal(await long.isHeld(), true);
});
