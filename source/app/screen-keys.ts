import type {Binding} from './binding.js';
import {busyKeys, lockedKeys, openKeys} from './everywhere.js';
import {roomOf} from './screens/rooms.js';
import {isBusy, isOpen, type State} from './state.js';
import {type Step, say, step} from './step.js';

/** The keys of the screen, below the palette if that is open: its own first, then those of every screen. */
export function screenKeys(state: State): readonly Binding[] {
	if (isBusy(state)) return busyKeys;
	const {screen} = state;
	const room = roomOf(screen);
	return [...(room.keys[room.mode(screen)] ?? []), ...(isOpen(state) ? openKeys : lockedKeys)];
}

/** Does what the key is for, or says why it is disabled. */
export function run(state: State, {off, run}: Binding): Step {
	const reason = off?.(state, state.screen);
	if (reason !== undefined) return step(say(state, 'note', `${reason[0]?.toUpperCase()}${reason.slice(1)}.`));
	return run(state, state.screen);
}
