import path from 'node:path';
import type {TestContext} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {addCredential} from '../../source/vault/operations.js';
import type {Vault, VaultPlace} from '../../source/vault/vault.js';
import {now, type Outcome, runCommandLine, usualPassphrase, type World} from './command-line.js';
import {draft, quick, temporaryFolder} from './vault-samples.js';

export const url = 's3://team/vault';

/** A device that runs commands on a vault in a file. */
export type Home = {
	readonly place: VaultPlace;
	readonly file: string;
	/** Runs a command line; a part in quotes is one word. */
	run(line: string, world?: World): Promise<Outcome>;
	/** Adds credentials to the vault, which is made where there is none. */
	put(...credentials: readonly ReturnType<typeof draft>[]): Promise<void>;
	/** The vault, opened. */
	opened(): Promise<Vault>;
	secret(name: string, field?: string): Promise<Secret | undefined>;
};

/**
 * Devices that share one storage, as commands see it. Their vaults are in memory, which costs no derivation of a key,
 * unless what is kept beside a vault counts.
 */
export function teamHomes(
	context: TestContext,
	store: Store = memoryStore(),
	kind: 'in memory' | 'in files' = 'in memory',
) {
	const folder = temporaryFolder(context);
	/** The names of the credentials that have opened the storage. */
	const openers: (string | undefined)[] = [];
	const home = (name: string): Home => {
		const file = path.join(folder, name, 'vault.json');
		const place = kind === 'in files' ? fileVaultPlace(file, quick) : memoryVaultPlace(undefined, usualPassphrase);
		const opened = async () =>
			place.exists() ? place.unlock(new Secret(usualPassphrase)) : place.create(new Secret(usualPassphrase));
		return {
			place,
			file,
			opened,
			run: (line, world = {}) =>
				runCommandLine(wordsOf(line), {
					place,
					openStore: async (_, opener) => {
						openers.push(opener?.name);
						return store;
					},
					// Nobody waits for a storage in vain, and between two tries not at all.
					wait: milliseconds => (milliseconds >= 2000 ? new Promise(() => {}) : Promise.resolve()),
					...world,
				}),
			async put(...credentials) {
				const vault = await opened();
				for (const each of credentials) await vault.change(content => addCredential(content, each, now));
				await vault.close();
			},
			async secret(credential, field = 'token') {
				const vault = await opened();
				const {credentials} = await vault.read();
				await vault.close();
				return credentials.find(each => each.name === credential)?.data.get(field);
			},
		};
	};
	return {store, folder, home, openers: (): readonly (string | undefined)[] => openers};
}

/** A device that shares its vault, with a credential `prod` in it, and another one that has joined. */
export async function twoHomes(
	context: TestContext,
	{store, role = 'writer', kind}: {store?: Store; role?: string; kind?: 'in files'} = {},
) {
	const team = teamHomes(context, store, kind);
	const [ana, ben] = [team.home('ana'), team.home('ben')];
	await ana.put(draft('prod', {token: 'first'}));
	await ana.run(`team init ${url} --no-recovery --name ana`);
	await joinHome(ana, ben, 'ben', role);
	return {...team, ana, ben};
}

/** Adds a device under that name. */
export async function joinHome(admin: Home, newcomer: Home, name: string, role = 'writer'): Promise<void> {
	const {stdout: card} = await newcomer.run(`team join ${url} --name ${name}`);
	const {stdout: status} = await newcomer.run('team status');
	const [, words = ''] = /^words +(.*)$/m.exec(status) ?? [];
	const {stdout: back} = await admin.run(`team add ${card.trim()} --role ${role} --yes --words "${words}"`);
	const {number, words: told} = invitationIn(back);
	await newcomer.run(`team join ${url} --at ${number} --words "${told}"`);
}

/** Number and words that an admin gives back. */
export function invitationIn(stdout: string): {readonly number: string; readonly words: string} {
	const [, number = '', words = ''] = /^Number: (\d+)\nWords: +(.*)\n$/.exec(stdout) ?? [];
	return {number, words};
}

function wordsOf(line: string): readonly string[] {
	return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
}
