import type {AppOutcome, AppStart} from '../app/core/start.js';
import {usesColor} from '../platform/terminal.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
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
	if (start.kind === 'edit' && !place.exists()) throw noVault(place);
	// Without a vault the app makes one with it.
	const given = place.exists() ? givenPassphrase : givenNewPassphrase;
	const passphrase = await given(currentPassphrase, options.passphraseFd, context);
	return context.openApp({
		place,
		start,
		vault: options.vault,
		passphrase,
		acceptRollback: options.acceptRollback,
		color: usesColor(context.environment, true, options.color),
		demo: false,
	});
}
