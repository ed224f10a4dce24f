import fs from 'node:fs';
import process from 'node:process';
import {logBeside} from '../../source/vault/backends/use-log-file.js';
import {at, small, vaultId, vaultKey} from './use-log-values.js';

/** What the tests of several processes start. Parameters: what to do, the vault, its lane, and a number. */
const [task, vault = '', lane = '', number = ''] = process.argv.slice(2);
const log = logBeside(vault, vaultId, vaultKey, {...small, most: 64 * 1024 * 1024});
let second = 0;

/** Notes a use of a credential of this process alone, and several of one that all processes use. Says the first. */
async function one(index: number): Promise<void> {
	const id = `${lane}-${index}`;
	await log.note([id], 'exec', at(second++));
	fs.writeSync(1, `${id}\n`);
	for (let filler = 0; filler < 6; filler++) await log.note(['shared'], 'exec', at(second++));
}

/** Notes so many uses. */
async function some(): Promise<void> {
	for (let index = 0; index < Number(number); index++) await one(index);
}

/** Notes uses for ever. */
async function ever(): Promise<void> {
	for (let index = 0; ; index++) {
		await one(index);
		await new Promise(resolve => setImmediate(resolve));
	}
}

/** Notes one use, and is killed before the call to the file system of that number. */
async function die(): Promise<void> {
	let calls = Number.NEGATIVE_INFINITY;
	for (const name of Object.keys(fs)) {
		const original: unknown = Reflect.get(fs, name);
		if (!name.endsWith('Sync') || typeof original !== 'function') continue;
		Reflect.set(fs, name, (...parameters: unknown[]) => {
			if (++calls === Number(number)) process.kill(process.pid, 'SIGKILL');
			return original.apply(fs, parameters);
		});
	}
	calls = 0;
	await log.note([lane], 'exec', at(100));
	calls = Number.NEGATIVE_INFINITY;
	fs.writeSync(1, 'noted\n');
}

const tasks: Readonly<Record<string, () => Promise<void>>> = {some, ever, die};
void tasks[task ?? '']?.();
