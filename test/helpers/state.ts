import {newState, type State} from '../../source/app/core/state.js';
import {unlockScreen} from '../../source/app/screens/unlock.js';

/** The app before anything has happened: a locked vault in a window of 80×24. */
export function freshState(): State {
	return newState({
		size: {columns: 80, rows: 24},
		now: 0,
		path: 'memory',
		environment: {},
		start: {kind: 'browse'},
		screen: unlockScreen,
	});
}
