import type {TypedAhead} from './event.js';
import type {KeyPress} from './keys.js';
import {takesText} from './mode.js';
import {modeOf} from './mode-of.js';
import type {State} from './state.js';
import {takesLines} from './typing-of.js';

/** A person can't type that much between two reads: a terminal without bracketed paste has pasted it. */
export const pasteLength = 100;

/** What a press puts into a text; undefined for a press that is a key. */
function textOf({text, name, ctrl, alt}: KeyPress, lines: boolean): string | undefined {
	if (text !== undefined) return ctrl || alt ? undefined : text;
	return lines && name === 'enter' && !ctrl && !alt ? '\n' : undefined;
}

/**
 * The presses of one read as events. Where text is typed, a run of text that nobody types at once is one paste, so
 * that it is put in at once. `stateNow` tells the state that the event before has led to.
 */
export function* typedEvents(presses: readonly KeyPress[], stateNow: () => State): Generator<TypedAhead> {
	for (let at = 0; at < presses.length; ) {
		const state = stateNow();
		const run: string[] = [];
		if (takesText(modeOf(state))) {
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
