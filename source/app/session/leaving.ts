import {noLastUses} from '../../credentials/last-use.js';
import {PharmerError} from '../../domain/errors.js';
import {nobodyRemoved} from '../../domain/team.js';
import {noWorks} from '../../domain/under-way-work.js';
import {nothingSaid} from '../core/asking.js';
import type {Effect} from '../core/effect.js';
import {isLeave} from '../core/event.js';
import {firstPreview} from '../core/preview.js';
import {quit} from '../core/quit.js';
import {noRotating} from '../core/rotating.js';
import {leftToShare, noSharing} from '../core/sharing.js';
import type {LeftToShare} from '../core/start.js';
import type {State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import {noVisits} from '../core/visits.js';
import type {KeyPress} from '../input/keys.js';
import {listScreen} from '../screens/browse/browse-screen.js';
import {roomOf} from '../screens/rooms.js';
import {isWriting} from './under-way.js';

/**
 * Empties the state when the app quits, and says what is left to share: the last frame holds no vault content, since
 * not every terminal clears the alternate screen.
 */
export function emptiedOnQuit({state, effects}: Step): Step {
	if (!effects.some(effect => effect.type === 'quit')) return {state, effects};
	const nothing = {
		credentials: [],
		trash: [],
		closed: [],
		uses: noLastUses,
		works: noWorks,
		rotating: noRotating,
		sharing: noSharing,
		exposed: nobodyRemoved,
		...nothingSaid,
		found: [],
		visits: noVisits,
		preview: firstPreview,
		undoable: [],
		redoable: [],
		ahead: [],
	};
	const unseen = {left: true, reveal: undefined, palette: undefined, message: undefined};
	const left = leftToShare(state);
	return {
		state: {...show(state, listScreen), ...nothing, ...unseen},
		effects: effects.map(effect => (effect.type === 'quit' ? withLeft(effect, left) : effect)),
	};
}

function withLeft(effect: QuitEffect, left: LeftToShare | undefined): QuitEffect {
	const {outcome} = effect;
	return left === undefined || outcome instanceof PharmerError ? effect : {...effect, outcome: {...outcome, left}};
}

type QuitEffect = Extract<Effect, {readonly type: 'quit'}>;

/**
 * Leaves when the running effects are done. Waits for writes, always; for reads at the first request only; for a
 * search not at all.
 */
export function leaveAhead(state: State, press: KeyPress): Step {
	const {ahead} = state;
	const asked = ahead.some(isLeave);
	if (!isWriting(state) && (asked || roomOf(state.screen).leavesAtOnce === true)) return quit(state);
	return step(asked ? state : {...state, ahead: [...ahead, {type: 'key', press}]});
}
