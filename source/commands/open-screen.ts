import type {AppOutcome, AppStart} from '../app/core/start.js';
import {noVaults} from '../domain/vault-list.js';
import {usesColor} from '../platform/terminal.js';
import type {VaultPlace} from '../vault/vault.js';
import {mayUseAgent} from './agent-use.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import type {KeyringOutcome} from './keyring-slot.js';
import {openQuietly} from './open-quietly.js';
import {noVault, vaultPlace} from './open-vault.js';
import {nameOf, otherVaults} from './other-vaults.js';
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
	const before = passphrase === undefined ? await openBefore(place, options, context) : undefined;
	const outcome = await context.openApp({
		place,
		start,
		vault: options.vaultName ?? options.vault,
		vaultName: await shownName(place, context),
		others: otherVaults(place, options, context),
		passphrase,
		...(before === undefined ? {} : 'vault' in before ? {opened: before.vault} : {notice: before.why}),
		acceptRollback: options.acceptRollback,
		fillsAgent: mayUseAgent(options, context),
		color: usesColor(context.environment, true, options.color),
		demo: false,
	});
	const {left} = outcome;
	if (left !== undefined)
		context.atEnd(async () => (await import('./team/not-shared-yet.js')).tellLeft(left, options, context));
	return outcome;
}

/** What the vault is called, where there is more than one. A list that can't be read is no reason not to open it. */
async function shownName({path}: VaultPlace, context: Context): Promise<string | undefined> {
	const vaults = await context.vaults().catch(() => noVaults);
	return Object.keys(vaults).length === 0 ? undefined : nameOf(vaults, path);
}

/** Opens it before the app is there, where nobody has to be asked. */
async function openBefore(
	place: VaultPlace,
	options: GlobalOptions,
	context: Context,
): Promise<KeyringOutcome | undefined> {
	if (context.opened !== undefined) return {vault: context.opened};
	// What is typed meanwhile may be a passphrase: it is not shown, and not taken for keys.
	const prompt = context.prompt(false);
	return prompt && openQuietly(place, options, context, task => prompt.quietly(task));
}
