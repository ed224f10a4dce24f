import {paletteTyping} from './screens/palette.js';
import {roomOf} from './screens/rooms.js';
import type {State} from './state.js';
import type {Typing} from './typing.js';

/** The text that has the keyboard; undefined where nothing is typed. */
export function typingOf(state: State): Typing | undefined {
	const {screen, palette} = state;
	return palette === undefined ? roomOf(screen).typing?.(state, screen) : paletteTyping(state, palette);
}

/** Whether enter begins a new line there rather than submits. */
export function takesLines(state: State): boolean {
	return typingOf(state)?.takesLines === true;
}
