import type {KeyPress} from './keys.js';
import type {State} from './state.js';
import {type Step, show, step} from './step.js';
import {isLeave, isWriting} from './under-way.js';

/** Nothing of the vault is in the last frame before the app is left: not every terminal takes its screen away. */
export function leaving({state, effects}: Step): Step {
	if (!effects.some(effect => effect.type === 'quit')) return {state, effects};
	const nothing = {credentials: [], trash: [], found: [], done: [], ahead: []};
	const unseen = {left: true, reveal: undefined, palette: undefined, message: undefined};
	return {state: {...show(state, {kind: 'list', filtering: false}), ...nothing, ...unseen}, effects};
}

/**
 * Leaves when what is under way is done, as often as it is asked: what is being saved is waited for. What is only
 * read is not, when a person asks again, nor what is looked for, where nothing is lost.
 */
export function leaveAhead(state: State, press: KeyPress): Step {
	const {screen, ahead} = state;
	const asked = ahead.some(isLeave);
	if (!isWriting(state) && (asked || screen.kind === 'import')) return leaveNow(state);
	return step(asked ? state : {...state, ahead: [...ahead, {type: 'key', press}]});
}

/** Out of the app, whatever it was opened for. */
export function leaveNow(state: State): Step {
	const kind = state.start.kind === 'browse' ? 'quit' : 'cancelled';
	return step(state, {type: 'quit', outcome: {kind}});
}
