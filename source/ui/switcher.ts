import type {Effect} from '../app/core/effect.js';
import type {Event} from '../app/core/event.js';
import {PharmerError} from '../domain/errors.js';
import type {VaultSession} from './vault-session.js';
import type {World} from './world.js';

const nowhere = new PharmerError('usage', 'there is no other vault here');

/**
 * Lists the vaults, or goes to another one: it is looked for while this one is open, which is locked only then. Throws
 * what listing them throws; what is wrong with the other vault is told on its own screen.
 */
export async function switchVault(
	effect: Extract<Effect, {type: 'list-vaults' | 'switch-vault'}>,
	{vaults}: Pick<World, 'vaults'>,
	session: VaultSession,
	dispatch: (event: Event) => void,
): Promise<void> {
	if (vaults === undefined) throw nowhere;
	if (effect.type === 'list-vaults') return dispatch({type: 'vaults-listed', vaults: await vaults.list()});
	const {name, path} = effect;
	const {place, opened, notice} = await vaults.find(path);
	let blocked: PharmerError | undefined;
	try {
		if (place.exists()) await place.inspect();
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		blocked = error;
	}
	const state = !place.exists() ? 'none' : opened === undefined ? 'locked' : 'unlocked';
	const failure = blocked && {code: blocked.code, message: blocked.message, hint: blocked.hint};
	// The lock that this asks for is over when it returns.
	dispatch({type: 'switched', name, path: place.path, exposures: place.exposures(), state, blocked: failure, notice});
	vaults.enter(place);
	if (opened !== undefined) await session.open(opened);
}
