import {PharmerError} from '../domain/errors.js';
import type {VaultPlace} from '../vault/vault.js';
import {openByAgent} from './agent-use.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import type {KeyringOutcome} from './keyring-slot.js';

type Task = () => Promise<KeyringOutcome | undefined>;

/**
 * The vault that the agent or the keyring opens for the app, or why not; undefined when the app asks. `quietly` keeps
 * what is typed from the terminal while the keyring is asked.
 */
export async function openQuietly(
	place: VaultPlace,
	options: GlobalOptions,
	context: Context,
	quietly: (task: Task) => ReturnType<Task> = task => task(),
): Promise<KeyringOutcome | undefined> {
	const prompt = context.prompt(false);
	if (prompt === undefined || !place.exists()) return undefined;
	const {openByKeyring} = await import('./keyring-slot.js');
	const how = {acceptRollback: options.acceptRollback, staysOpen: true};
	try {
		// The agent answers before anything could be loaded meanwhile.
		const vault = await openByAgent(place, options, context, how);
		if (vault !== undefined) return {vault};
		return await quietly(() => openByKeyring(place, how, prompt, context));
	} catch (error) {
		// The app finds out itself what is wrong.
		if (error instanceof PharmerError && error.code !== 'interrupted') return undefined;
		throw error;
	}
}
