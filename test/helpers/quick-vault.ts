import fs from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {parseProvider} from '../../source/providers/catalog.js';
import {completeData} from '../../source/providers/data.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {leastCost, passphraseSlot} from '../../source/vault/keys/passphrase.js';
import {addCredential} from '../../source/vault/operations.js';
import {keyId, secretKey} from './credentials.js';
import {ownSlotOf} from './vault-samples.js';

/** What opens the vaults made here. */
export const passphrase = 'correct horse battery staple';

/** What a person would type in for a credential. */
export type Typed = readonly [name: string, provider: string, fields: Readonly<Record<string, string>>];

/** A credential of AWS. */
export const typedAws = (name = 'aws'): Typed => [name, 'aws', {accessKeyID: keyId, secretAccessKey: secretKey}];

/** The path of the vault of that home directory when nobody says otherwise. */
export function usualVault(home: string): string {
	const folders: Partial<Record<NodeJS.Platform, string>> = {
		darwin: 'Library/Preferences/pharmer',
		win32: 'AppData/Roaming/pharmer/Config',
	};
	return join(home, folders[process.platform] ?? '.config/pharmer', 'vault.json');
}

type Files = {readonly vault: Buffer; readonly seen: Buffer};

const made = new Map<string, Promise<Files>>();

/** The files of a vault whose key costs the least that the program accepts. */
async function make(credentials: readonly Typed[]): Promise<Files> {
	const folder = fs.mkdtempSync(join(tmpdir(), 'pharmer-vault-'));
	try {
		const file = join(folder, 'vault.json');
		const vault = await fileVaultPlace(file, {kdfCost: leastCost}).create(new Secret(passphrase));
		for (const [name, id, fields] of credentials) {
			const typed = new Map(Object.entries(fields).map(([key, value]) => [key, new Secret(value)]));
			const content = {
				name: parseName(name),
				provider: id,
				data: completeData(parseProvider(id), typed),
				labels: new Map<string, string>(),
			};
			await vault.change(before => addCredential(before, content, new Date()));
		}
		return {vault: fs.readFileSync(file), seen: fs.readFileSync(`${file}.seen`)};
	} finally {
		fs.rmSync(folder, {recursive: true});
	}
}

/** Locks a vault that the program has made anew, at the least cost that it accepts. */
export async function cheapen(file: string, by = passphrase): Promise<void> {
	const vault = await fileVaultPlace(file, {kdfCost: leastCost}).unlock(new Secret(by));
	await vault.rekey(new Map([[ownSlotOf(vault), passphraseSlot(new Secret(by))]]), await vault.slots());
}

/**
 * Puts a vault with those credentials at a path, as if this machine had seen it before. It is made once in a process:
 * its key is derived at the least cost that the program accepts, which makes each start that opens it four times
 * cheaper.
 */
export async function putVault(file: string, ...credentials: readonly Typed[]): Promise<void> {
	const key = JSON.stringify(credentials);
	const files = made.get(key) ?? make(credentials);
	made.set(key, files);
	const {vault, seen} = await files;
	fs.mkdirSync(dirname(file), {recursive: true, mode: 0o700});
	fs.writeFileSync(file, vault, {mode: 0o600});
	fs.writeFileSync(`${file}.seen`, seen, {mode: 0o600});
}
