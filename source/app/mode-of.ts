import type {Mode} from './mode.js';
import {roomOf} from './screens/rooms.js';
import type {State} from './state.js';

/** What has the keyboard now. */
export function modeOf({screen, palette}: State): Mode {
	return palette === undefined ? roomOf(screen).mode(screen) : 'palette';
}
