import fs from 'node:fs';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';

/** What a vault holds, to be compared. */
export type Model = {
	readonly passphrase: string;
	/** The ids of its ways in, with what opens each. */
	readonly ways: Readonly<Record<string, string>>;
	/** The credentials, each with its only field. */
	readonly tokens: Readonly<Record<string, string>>;
	/** The names in the trash, sorted. */
	readonly deleted: readonly string[];
};

/** The ids of the ways into a vault, sorted, as its file says. */
export function waysOf(file: string): readonly string[] {
	const {slots}: {readonly slots: readonly {readonly id: string}[]} = JSON.parse(fs.readFileSync(file, 'utf8'));
	return slots.map(({id}) => id).sort();
}

/** The content of a vault as the library reads it. */
export async function heldIn(file: string, passphrase: string): Promise<Pick<Model, 'tokens' | 'deleted'>> {
	const vault = await fileVaultPlace(file).unlock(new Secret(passphrase));
	const {credentials, trash} = await vault.read();
	await vault.close();
	return {
		tokens: Object.fromEntries(credentials.map(({name, data}) => [name, data.get('token')?.reveal() ?? ''])),
		deleted: trash.map(({name}) => name).sort(),
	};
}

/** The credentials in what `get credentials -o json` prints. */
export function tokensIn(printed: string): Model['tokens'] {
	type Item = {readonly metadata: {readonly name: string}; readonly spec: {readonly data: {readonly token: string}}};
	const {items}: {readonly items: readonly Item[]} = JSON.parse(printed);
	return Object.fromEntries(items.map(({metadata, spec}) => [metadata.name, spec.data.token]));
}

/** A text whose length and letters follow from a number. */
export const tokenOf = (number: number, longest = 4000): string =>
	`${number}-${String.fromCharCode(97 + (number % 26)).repeat((number * 7919) % longest)}`;
