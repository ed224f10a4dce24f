import type {TestContext} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Content, VaultPlace} from '../../source/vault/vault.js';
import {storedCredential} from './credentials.js';
import {openTerminal, type TerminalOptions} from './terminal.js';

export const passphrase = 'open sesame';

/** The app on the list of a vault with those credentials; closed when the test ends. */
export async function openApp(
	context: TestContext,
	credentials: readonly ReturnType<typeof storedCredential>[] | readonly string[],
	options: Partial<TerminalOptions> = {},
) {
	const place = memoryVaultPlace(
		{
			credentials: credentials.map(each => (typeof each === 'string' ? storedCredential(each) : each)),
			trash: [],
		},
		passphrase,
	);
	const terminal = await openTerminal({place, ...options});
	context.after(() => terminal.close());
	await terminal.play(passphrase, 'enter');
	return {place, terminal};
}

/** What the vault holds now. */
export async function contentOf(place: VaultPlace): Promise<Content> {
	return await (await place.unlock(new Secret(passphrase))).read();
}

/** The names in it, in the order of the vault. */
export async function namesIn(place: VaultPlace): Promise<readonly string[]> {
	return (await contentOf(place)).credentials.map(({name}) => name);
}
