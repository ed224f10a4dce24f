import type {AppOutcome, AppStart} from '../app/core/start.js';
import {PharmerError} from '../domain/errors.js';
import {usesColor} from '../platform/terminal.js';
import type {VaultPlace} from '../vault/vault.js';
import {mayUseAgent, openByAgent} from './agent-use.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import type {KeyringOutcome} from './keyring-slot.js';
import {noVault, vaultPlace} from './open-vault.js';
import {currentPassphrase, givenNewPassphrase, givenPassphrase} from './passphrase-source.js';
import {usage} from './talk.js';

/**
 * Opens the full-screen app. Throws `usage` with `instead` as its hint when it can't be shown, and `no-vault` when it
 * is opened on a credential and there is no vault.
 */
export async function openScreen(
	start: AppStart,
	options: GlobalOptions,
	context: Context,
	instead: string,
): Promise<AppOutcome> {
	if (context.noScreen !== undefined) throw usage(`this opens the full-screen app, but ${context.noScreen}`, instead);
	if (options.passphraseFd === 0) throw usage('`--passphrase-fd 0` takes the keyboard away from the full-screen app');
	const place = await vaultPlace(options, context);
	if (start.kind === 'edit' && !place.exists()) throw noVault(place, options);
	// Without a vault the app makes one with it.
	const given = place.exists() ? givenPassphrase : givenNewPassphrase;
	const passphrase =
		context.opened === undefined ? await given(currentPassphrase, options.passphraseFd, context) : undefined;
	const outcome = passphrase === undefined ? await openQuietly(place, options, context) : undefined;
	return context.openApp({
		place,
		start,
		vault: options.vault,
		passphrase,
		...(outcome === undefined ? {} : 'vault' in outcome ? {opened: outcome.vault} : {notice: outcome.why}),
		acceptRollback: options.acceptRollback,
		fillsAgent: mayUseAgent(options, context),
		color: usesColor(context.environment, true, options.color),
		demo: false,
	});
}

/** The vault that the agent or the keyring opens before the app is there, or why not; undefined when the app asks. */
async function openQuietly(
	place: VaultPlace,
	options: GlobalOptions,
	context: Context,
): Promise<KeyringOutcome | undefined> {
	if (context.opened !== undefined) return {vault: context.opened};
	const prompt = context.prompt(false);
	if (prompt === undefined || !place.exists()) return undefined;
	const {openByKeyring} = await import('./keyring-slot.js');
	const how = {acceptRollback: options.acceptRollback};
	try {
		// The agent answers before anything could be loaded meanwhile.
		const vault = await openByAgent(place, options, context, how);
		if (vault !== undefined) return {vault};
		// What is typed meanwhile may be a passphrase: it is not shown, and not taken for keys.
		return await prompt.quietly(() => openByKeyring(place, {...how, staysOpen: true}, prompt, context));
	} catch (error) {
		// The app finds out itself what is wrong.
		if (error instanceof PharmerError && error.code !== 'interrupted') return undefined;
		throw error;
	}
}
