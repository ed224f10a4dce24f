import {quit} from '../core/quit.js';
import type {State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import type {KeyPress} from '../input/keys.js';
import {roomOf} from '../screens/rooms.js';
import {isLeave, isWriting} from './under-way.js';

/** Leaves no vault content in the last frame: not every terminal clears the alternate screen. */
export function leaving({state, effects}: Step): Step {
	if (!effects.some(effect => effect.type === 'quit')) return {state, effects};
	const nothing = {credentials: [], trash: [], found: [], done: [], ahead: []};
	const unseen = {left: true, reveal: undefined, palette: undefined, message: undefined};
	return {state: {...show(state, {kind: 'list', filtering: false}), ...nothing, ...unseen}, effects};
}

/**
 * Leaves when the running effects are done. Always waits for writes, however often it is asked; a second request does
 * not wait for reads, nor the first for a search, where nothing is lost.
 */
export function leaveAhead(state: State, press: KeyPress): Step {
	const {ahead} = state;
	const asked = ahead.some(isLeave);
	if (!isWriting(state) && (asked || roomOf(state.screen).waitsForNothing === true)) return quit(state);
	return step(asked ? state : {...state, ahead: [...ahead, {type: 'key', press}]});
}
