import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {runProgram} from './program.js';
import {passphrase} from './quick-vault.js';

/** A new home directory, short enough for a socket. After the test its agent is ended and it is gone. */
export function homeOfAgent(context: Pick<TestContext, 'after'>): string {
	const home = mkdtempSync(join(tmpdir(), 'ph-'));
	context.after(async () => {
		await runProgram({args: ['lock'], home, agent: true});
		rmSync(home, {recursive: true, force: true, maxRetries: 5});
	});
	return home;
}

/** Has the agent of a home hold the key of a vault: the usual one when left out. */
export async function unlockFor(home: string, vault?: string): Promise<void> {
	const args = ['unlock', '--for', '1h', ...(vault === undefined ? [] : ['--vault', vault])];
	const {code, stderr} = await runProgram({args, home, agent: true, environment: {PHARMER_PASSPHRASE: passphrase}});
	assert.equal(code, 0, stderr);
}
