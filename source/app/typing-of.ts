import {paletteTyping} from './screens/palette.js';
import {roomOf} from './screens/rooms.js';
import {isBusy, type State} from './state.js';
import type {Typing} from './typing.js';

/** The text that has the keyboard; undefined where nothing is typed. */
export function typingOf(state: State): Typing | undefined {
	const {screen, palette} = state;
	if (palette !== undefined) return paletteTyping(state, palette);
	return isBusy(state) ? undefined : roomOf(screen).typing?.(state, screen);
}

/** Whether a plain letter is text. */
export function takesText(state: State): boolean {
	return typingOf(state) !== undefined;
}

/** Whether enter begins a new line there rather than submits. */
export function takesLines(state: State): boolean {
	return typingOf(state)?.takesLines === true;
}
