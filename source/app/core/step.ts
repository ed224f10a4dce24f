import type {Effect} from './effect.js';
import type {Screen} from './screen.js';
import type {Message, State} from './state.js';

/** The result of an event: the new state, and the effects to run. */
export type Step = {readonly state: State; readonly effects: readonly Effect[]};

export function step(state: State, ...effects: readonly Effect[]): Step {
	return {state, effects};
}

/** Runs `next` on the state of `first`, with its effects so far; returns the effects of both. */
export function andThen(first: Step, next: (state: State, effects: Step['effects']) => Step): Step {
	const {state, effects} = next(first.state, first.effects);
	return {state, effects: [...first.effects, ...effects]};
}

/** The state with another screen, or the same one changed. */
export function show(state: State, screen: Screen): State {
	return {...state, screen};
}

const messageTime = {done: 5000, note: 5000, error: 10_000} as const;

/** The state with a message above the footer. */
export function say(state: State, kind: Message['kind'], text: string): State {
	return {...state, message: {kind, text, until: state.now + messageTime[kind]}};
}
