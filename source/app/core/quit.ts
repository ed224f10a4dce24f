import type {State} from './state.js';
import {type Step, step} from './step.js';

/** Leaves the app without doing what it was opened for. */
export function quit(state: State): Step {
	return step(state, {type: 'quit', outcome: {kind: state.start.kind === 'browse' ? 'quit' : 'cancelled'}});
}
