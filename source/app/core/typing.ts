import {fieldLimit, sizeText} from '../../domain/field-limit.js';
import type {KeyPress} from '../input/keys.js';
import {edit, insert, type Line, lineSize, pastedText} from '../input/line-editor.js';
import {pasteRefused} from '../input/paste-report.js';
import type {State} from './state.js';
import {type Step, say, step} from './step.js';

/** The text that has the keyboard: typed and pasted text goes into `line`, up to `limit` bytes of UTF-8. */
export type Typing = {
	readonly line: Line;
	/** The line that undo goes back in, where the next key would replace it by `line`. */
	readonly covered?: Line;
	readonly multiline: boolean;
	/** Enter and the arrows edit the text. */
	readonly takesLines?: boolean;
	/** What messages call it. */
	readonly what: 'field' | 'text';
	readonly limit: number;
	/** Handles a press that is no key of the screen; undefined when it edits nothing. */
	readonly press: (press: KeyPress) => Step | undefined;
	/** Handles a paste that fits. */
	readonly paste: (text: string) => Step;
};

/** A single line: `put` gives the state with another line, `refuse` the state after a rejected paste. */
export function lineTyping(line: Line, put: (line: Line) => State, refuse: () => State): Typing {
	return {
		line,
		multiline: false,
		what: 'field',
		limit: fieldLimit,
		press(press) {
			const edited = edit(line, press);
			return edited && step(put(edited));
		},
		paste(text) {
			const pasted = pastedText(text, false);
			return step(pasted === undefined ? refuse() : put(insert(line, pasted)));
		},
	};
}

/** Reports that a multi-line paste was rejected. */
export function refused(state: State, what: string): State {
	return say(state, 'error', pasteRefused(what));
}

/** Pastes into the text that has the keyboard, or says why not. */
export function pasteText(state: State, typing: Typing, text: string): Step {
	const problem = pasteProblem(typing, text);
	return problem === undefined ? typing.paste(text) : step(say(state, 'error', problem));
}

/**
 * Why a paste is rejected; undefined when it fits. For a multi-line paste into a single-line field, the size is checked
 * first.
 */
function pasteProblem({line, multiline, what, limit}: Typing, text: string): string | undefined {
	const pasted = pastedText(text, multiline);
	const size = Buffer.byteLength(pasted ?? text);
	const most = sizeText(limit);
	if (size > limit) return `Paste ignored: it has ${sizeText(size)}, a ${what} takes at most ${most}.`;
	const whole = lineSize(line) + size;
	if (pasted === undefined || size === 0 || whole <= limit) return undefined;
	return `Paste ignored: with it the ${what} has ${sizeText(whole)}, it takes at most ${most}.`;
}

/** Why a press that is no key of the screen can't be typed; undefined when it can, or types nothing. */
export function pressProblem({line, multiline, what, limit}: Typing, press: KeyPress): string | undefined {
	const isText = press.text !== undefined && !press.ctrl && !press.alt;
	const text = isText ? press.text : multiline && press.name === 'enter' ? '\n' : '';
	if (text === '' || lineSize(line) + Buffer.byteLength(text) <= limit) return undefined;
	return `The ${what} is full: it takes at most ${sizeText(limit)}.`;
}
