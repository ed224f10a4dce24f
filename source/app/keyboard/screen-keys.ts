import {capitalized} from '../../domain/words.js';
import type {Binding} from '../core/binding.js';
import {isBusy, isOpen, type State} from '../core/state.js';
import {type Step, say, step} from '../core/step.js';
import {roomOf} from '../screens/rooms.js';
import {backToVaultKey} from '../screens/vaults.js';
import {stopAskingKey} from '../screens/verify.js';
import {withChosenKeys} from './chosen-keys.js';
import {busyKeys, lockedKeys, openKeys} from './everywhere.js';
import {textKeysOf} from './text-keys.js';

/** The keys of the screen, below the palette if that is open: its own first, then those of every screen. */
export function screenKeys(state: State): readonly Binding[] {
	const {screen, settings} = state;
	const room = roomOf(screen);
	if (isBusy(state))
		return withChosenKeys(settings.keys, 'busy', [...(room.busyKeys?.(screen, state) ?? []), ...busyKeys]);
	const mode = room.mode(screen);
	const own = [...withFirst(firstKey(state, mode), room.keys[mode] ?? []), ...textKeysOf(state)];
	return withChosenKeys(settings.keys, mode, [...own, ...(isOpen(state) ? openKeys : lockedKeys)]);
}

/** What esc does before anything else: it ends the asking of providers, or goes back to the vault that was open. */
function firstKey({asking, cameFrom}: State, mode: string): Binding | undefined {
	if (asking !== undefined && ['list', 'detail', 'health'].includes(mode)) return stopAskingKey;
	return cameFrom !== undefined && ['unlock', 'blocked', 'first-run'].includes(mode) ? backToVaultKey : undefined;
}

/** The keys with that one first, which no other has then. */
function withFirst(first: Binding | undefined, keys: readonly Binding[]): readonly Binding[] {
	if (first === undefined) return keys;
	return [first, ...keys.map(each => ({...each, keys: each.keys.filter(key => !first.keys.includes(key))}))];
}

/** Does what the key is for, or says why it is disabled. */
export function run(state: State, {off, run}: Binding): Step {
	const reason = off?.(state, state.screen);
	if (reason !== undefined) return step(say(state, 'note', `${capitalized(reason)}.`));
	return run(state, state.screen);
}
