import {roomOf} from './screens/rooms.js';
import {isBusy, type State} from './state.js';

/** What has the keyboard: `palette`, `busy`, or a mode of the screen's room. */
export function modeOf(state: State): string {
	const {screen, palette} = state;
	if (palette !== undefined) return 'palette';
	return isBusy(state) ? 'busy' : roomOf(screen).mode(screen);
}
