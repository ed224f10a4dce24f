import type {Effect} from '../core/effect.js';
import type {Event} from '../core/event.js';
import type {State} from '../core/state.js';
import {update} from './update.js';
import {nextWake} from './wake.js';

export type Store = {
	readonly getState: () => State;
	/** Handles the event synchronously: `getState()` is the new state when this returns. */
	readonly dispatch: (event: Event) => void;
	/** Calls `listener` after every change, until the returned function is called. */
	readonly subscribe: (listener: () => void) => () => void;
	/** Stops all timers. */
	readonly close: () => void;
};

export type Clock = {
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** Runs `task` at that moment; the returned function cancels it. */
	readonly at: (moment: number, task: () => void) => () => void;
};

/**
 * The app's state and the only way to change it. `run` gets every effect, after the state that asked for it is in
 * place.
 */
export function createStore(initial: State, run: (effect: Effect) => void, clock: Clock): Store {
	let state = initial;
	let left = false;
	let cancelWake: () => void = () => {};
	const listeners = new Set<() => void>();

	function wakeLater(): void {
		cancelWake();
		const moment = nextWake(state);
		cancelWake = moment === undefined ? () => {} : clock.at(moment, () => dispatch({type: 'tick'}));
	}

	function dispatch(event: Event): void {
		// Nothing returns to the screen once the app is being left.
		if (left) return;
		const {state: next, effects} = update(state, event, clock.now());
		left = effects.some(effect => effect.type === 'quit');
		state = next;
		wakeLater();
		for (const listener of listeners) listener();
		for (const effect of effects) run(effect);
	}

	return {
		getState: () => state,
		dispatch,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: () => cancelWake(),
	};
}
