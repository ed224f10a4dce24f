import {fixedPrompt, inputPrompt, type Prompt} from '../core/prompt.js';
import type {State} from '../core/state.js';
import {modeOf} from '../keyboard/focus.js';
import {roomOf} from '../screens/rooms.js';

/** What has the keyboard in this state, and its text; undefined while the app is being left. */
export function promptLine(state: State): Prompt | undefined {
	const {screen, palette} = state;
	if (state.left === true) return undefined;
	if (palette !== undefined) return inputPrompt(palette.kind === 'jump' ? 'jump' : 'command', palette.filter);
	const mode = modeOf(state);
	if (mode === 'busy') return fixedPrompt('working');
	if (mode === 'discard') return fixedPrompt('discard, y or esc');
	if (mode === 'guide') return fixedPrompt('guide');
	return roomOf(screen).spoken.prompt(state, screen);
}
