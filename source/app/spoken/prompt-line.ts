import {modeOf} from '../focus.js';
import {roomOf} from '../screens/rooms.js';
import type {State} from '../state.js';
import {type Prompt, still, typed} from './prompt.js';

/** What has the keyboard in this state, and its text; undefined while the app is being left. */
export function promptLine(state: State): Prompt | undefined {
	const {screen, palette} = state;
	if (state.left === true) return undefined;
	if (palette !== undefined) return typed('command', palette.filter);
	const mode = modeOf(state);
	if (mode === 'busy') return still('working');
	if (mode === 'discard') return still('discard, y or esc');
	if (mode === 'guide') return still('guide');
	return roomOf(screen).spoken.prompt(state, screen);
}
