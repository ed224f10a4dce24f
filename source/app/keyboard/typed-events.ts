import type {TypedAhead} from '../core/event.js';
import type {State} from '../core/state.js';
import type {KeyPress} from '../input/keys.js';
import {takesLines, takesText} from './focus.js';

/** Nobody types this much between two reads: a terminal without bracketed paste has pasted it. */
export const pasteLength = 100;

/** The text a press types; undefined for a command key. */
function textOf({text, name, ctrl, alt}: KeyPress, lines: boolean): string | undefined {
	if (text !== undefined) return ctrl || alt ? undefined : text;
	return lines && name === 'enter' && !ctrl && !alt ? '\n' : undefined;
}

/**
 * The presses of one read as events. In a text field, a run too long to be typed becomes one paste, so it is inserted
 * at once. `stateNow` gives the state after the previous event.
 */
export function* typedEvents(presses: readonly KeyPress[], stateNow: () => State): Generator<TypedAhead> {
	for (let at = 0; at < presses.length; ) {
		const state = stateNow();
		const run: string[] = [];
		if (takesText(state)) {
			const lines = takesLines(state);
			for (let next = presses[at]; next !== undefined; next = presses[at + run.length]) {
				const text = textOf(next, lines);
				if (text === undefined) break;
				run.push(text);
			}
		}
		if (run.length > pasteLength) yield {type: 'paste', text: run.join('')};
		else for (const press of presses.slice(at, at + Math.max(1, run.length))) yield {type: 'key', press};
		at += Math.max(1, run.length);
	}
}
