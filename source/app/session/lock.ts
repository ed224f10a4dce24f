import {noLastUses} from '../../credentials/last-use.js';
import {nobodyRemoved} from '../../domain/team.js';
import {noWorks} from '../../domain/under-way-work.js';
import {nothingSaid} from '../core/asking.js';
import type {Effect} from '../core/effect.js';
import {isLeave} from '../core/event.js';
import {quit} from '../core/quit.js';
import {isReading} from '../core/reading.js';
import {noRotating} from '../core/rotating.js';
import type {Screen} from '../core/screen.js';
import {noSharing} from '../core/sharing.js';
import {isBusy, isOpen, lockMoment, type State} from '../core/state.js';
import {type Step, step} from '../core/step.js';
import {noVisits} from '../core/visits.js';
import {emptyLine} from '../input/line-editor.js';
import {roomOf} from '../screens/rooms.js';
import {unlockScreen} from '../screens/unlock.js';
import {freeze} from './frozen.js';
import {isWriting} from './under-way.js';

/** Whether leaving would lose a draft. */
function hasDraft(state: State): boolean {
	const {screen} = state;
	const room = roomOf(screen);
	if (room.hasDraft !== undefined) return room.hasDraft(state, screen);
	// A dialog lies over what is written.
	return 'from' in screen && hasDraft({...state, screen: screen.from});
}

/** Whether the vault must lock: no key for the set time, or a lock that had to wait. */
export function isLockDue(state: State): boolean {
	return isOpen(state) && (state.lockDue || lockMoment(state) <= state.now);
}

/** Whether a lock has to wait: while the screen or an undo waits for an effect, unless that is a read. */
export function lockWaits(state: State): boolean {
	const isGivenUp = isReading(state) && !isWriting(state);
	return (isBusy(state) && !isGivenUp) || state.undoing !== undefined;
}

/** Locks if that is due, or as soon as neither the screen nor an undo waits for an effect that has to end. */
export function lockWhenDue(state: State): Step {
	if (!isLockDue(state)) return step(state);
	// Input typed ahead was meant for a screen that will be lost.
	const leave = state.ahead.filter(isLeave);
	if (lockWaits(state)) return step({...state, lockDue: true, ahead: leave});
	// A request to leave after the lock is honoured where it loses nothing.
	return leave.length > 0 && !hasDraft(state) ? quit(state) : lock(state);
}

/** The screen as it returns after a lock: an open question is asked again; nothing is revealed or under way. */
function afterLock(screen: Screen): Screen {
	return roomOf(screen).afterLock?.(screen) ?? screen;
}

/** Locks: no vault content stays in the state, the draft goes out to be sealed, and what is read is given up. */
export function lock(state: State, ...more: readonly Effect[]): Step {
	const {undoable, redoable, filter, marks, visits, copied} = state;
	const draft = freeze({screen: afterLock(state.screen), undoable, redoable, filter, marks, visits});
	const locked: State = {
		...state,
		screen: {...unlockScreen, kept: hasDraft(state) ? 'draft' : 'place'},
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
		filter: emptyLine,
		marks: new Set(),
		visits: noVisits,
		// The face stays, what was read for it does not.
		preview: {face: state.preview.face},
		undoable: [],
		redoable: [],
		undoing: undefined,
		// A locked screen does not tell what is running.
		underWay: [],
		trouble: undefined,
		ahead: [],
		reveal: undefined,
		copied: undefined,
		message: undefined,
		palette: undefined,
		lockDue: false,
	};
	const clear: readonly Effect[] = copied === undefined ? [] : [{type: 'clear-clipboard'}];
	const stop: readonly Effect[] = isReading(state) ? [{type: 'stop-look'}] : [];
	return step(locked, {type: 'lock', draft}, ...stop, ...clear, ...more);
}
