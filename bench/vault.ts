import {scryptSync} from 'node:crypto';
import {closeSync, fsyncSync, openSync, readFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {Secret} from '../source/domain/secret.js';
import {fileVaultPlace} from '../source/vault/file-vault.js';
import {replaceCredentials} from '../source/vault/operations.js';
import {type Home, type Machine, passphrase} from './machine.js';
import type {Measure} from './row.js';

/** One change of one credential among 10,000, by a file of the same size that is written and synced. */
export async function write(machine: Machine): Promise<Measure> {
	const {vault: file} = await machine.home(10_000);
	const vault = await fileVaultPlace(file).unlock(new Secret(passphrase));
	const bytes = readFileSync(file);
	let label = 0;
	return {
		ours: {
			take: () =>
				timed(() =>
					vault.change(content => {
						const [basis] = content.credentials;
						if (basis === undefined) throw new Error('the vault is empty');
						const next = {...basis, labels: new Map([['write', String(label++)]])};
						return replaceCredentials(content, [{basis, next}], new Date());
					}),
				),
		},
		base: {take: () => timed(() => writeSynced(join(machine.folder, 'synced'), bytes))},
		unit: 'ms',
		rounds: 9,
		close: () => void vault.close(),
	};
}

function writeSynced(file: string, bytes: Buffer): void {
	const handle = openSync(file, 'w');
	writeSync(handle, bytes);
	fsyncSync(handle);
	closeSync(handle);
}

/** What reading a vault of 10,000 takes whose history is full, by the same vault without a history. */
export async function fullHistory(machine: Machine): Promise<Measure> {
	const [plain, full] = [await machine.home(10_000), await machine.home(10_000, 'full')];
	await label(full);
	const words = [machine.program, 'get', 'credentials'];
	const cost = (home: Home): number => machine.costOf(home, words, {PHARMER_PASSPHRASE: passphrase});
	return {ours: {take: () => cost(full)}, base: {take: () => cost(plain)}, unit: 'ms', rounds: 9};
}

/** Labels all of a vault's credentials until its history is full. */
async function label({vault: file}: Home): Promise<void> {
	const vault = await fileVaultPlace(file).unlock(new Secret(passphrase));
	for (let round = 0; round < 6; round++) {
		await vault.change(content =>
			replaceCredentials(
				content,
				content.credentials.map(basis => ({basis, next: {...basis, labels: new Map([['team', `core-${round}`]])}})),
				new Date(),
			),
		);
	}
	await vault.close();
}

/** Milliseconds that the key of a vault of ours takes to derive. */
export function derivation(): Promise<number> {
	return timed(() => scryptSync('passphrase', 'sixteen bytes of', 32, {N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 27}));
}

async function timed(task: () => unknown): Promise<number> {
	const start = performance.now();
	await task();
	return performance.now() - start;
}
