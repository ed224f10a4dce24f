import assert from 'node:assert/strict';
import fs from 'node:fs';
import process from 'node:process';
import {closeFile} from '../../source/tasks/close-file.js';
import {settleClosed} from '../../source/tasks/closed-state.js';
import {reopenFile} from '../../source/tasks/reopen-file.js';
import {closedFiles} from '../../source/vault/closed/section.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {afterClosing, type ClosingHome, closingIn, closingTime} from './closing-home.js';
import {dieAt} from './dying.js';
import {passphrase, quick} from './vault-samples.js';

/**
 * What tests start to kill it: closes or reopens all files of a home. Parameters: what to do, the home, the vault's file,
 * and for what dies by itself at which call, and whether after it.
 */
const [task, home = '', file = '', at = '0', isAfter = '0'] = process.argv.slice(2);

async function open(): Promise<ClosingHome> {
	const vault = await fileVaultPlace(file, {...quick, waitMs: 60_000}).unlock(passphrase);
	return closingIn({home, file, vault});
}

async function closeAll({vault, machine, plan}: ClosingHome): Promise<void> {
	await settleClosed(vault, machine, afterClosing);
	for (const step of await plan()) if (step.closing !== undefined) await closeFile(step, vault, machine, closingTime);
}

async function reopenAll({vault, machine}: ClosingHome): Promise<void> {
	await settleClosed(vault, machine, afterClosing);
	for (const each of (closedFiles(await vault.read()) ?? []).toReversed())
		await reopenFile(each, vault, machine, false, closingTime);
}

function say(line: string): void {
	fs.writeSync(1, `${line}\n`);
}

const works = {close: closeAll, reopen: reopenAll};
const work = works[task?.replace('die-in-', '') as keyof typeof works] ?? assert.fail(task);

if (task?.startsWith('die-in-')) {
	const prepare = async () => {
		const opened = await open();
		return () => work(opened);
	};
	void dieAt(Number(at), isAfter !== '0', prepare, () => say('done'));
} else {
	void (async () => {
		const opened = await open();
		say('ready');
		await new Promise(resolve => process.stdin.once('data', resolve));
		await work(opened);
		say('done');
		process.exit();
	})();
}
