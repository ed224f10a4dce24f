import type {Secret} from '../domain/secret.js';
import {withCredentials} from './arrangement.js';
import type {Effect} from './effect.js';
import type {Stored} from './event.js';
import {freeze, thaw} from './frozen.js';
import {emptyLine} from './line-editor.js';
import {keptMarks} from './marks.js';
import type {Screen} from './screen.js';
import {isEditDirty} from './screens/edit/edit-screen.js';
import {roomOf} from './screens/rooms.js';
import {unlockScreen} from './screens/unlock.js';
import {isWizardDirty} from './screens/wizard/wizard-screen.js';
import {isOpen, lockMoment, type State, selectedCredential} from './state.js';
import {type Step, say, show, step} from './step.js';

/** Whether something is being written that leaving would lose. */
export function hasDraft(state: State): boolean {
	const {screen} = state;
	return (screen.kind === 'edit' && isEditDirty(screen)) || (screen.kind === 'wizard' && isWizardDirty(state, screen));
}

/** Whether nobody has touched a key for so long that the vault locks, or it was to lock and could not at once. */
export function isLockDue(state: State): boolean {
	return isOpen(state) && (state.lockDue || lockMoment(state) <= state.now);
}

/** The screen as it comes back: a question that was open is asked anew, nothing is shown, and nothing is under way. */
function settled(screen: Screen): Screen {
	return roomOf(screen).settled?.(screen) ?? screen;
}

/** Locks: nothing of the vault stays in the state, and what was being written goes out to be sealed. */
export function lock(state: State, ...more: readonly Effect[]): Step {
	const {done, filter, marks, copied} = state;
	const draft = freeze({screen: settled(state.screen), done, filter, marks});
	const locked: State = {
		...state,
		screen: {...unlockScreen, kept: hasDraft(state) ? 'draft' : 'place'},
		credentials: [],
		trash: [],
		found: [],
		filter: emptyLine,
		marks: new Set(),
		done: [],
		undoing: false,
		// What is under way is not told to a vault that is locked.
		underWay: [],
		ahead: [],
		reveal: undefined,
		copied: undefined,
		message: undefined,
		palette: undefined,
		lockDue: false,
	};
	const clear: readonly Effect[] = copied === undefined ? [] : [{type: 'clear-clipboard'}];
	return step(locked, {type: 'lock', draft}, ...clear, ...more);
}

/** What a screen shows of the vault, as that is now. */
function refreshed(screen: Screen, state: State): Screen {
	const shown = show(state, screen);
	return roomOf(screen).onReloaded?.(shown, screen, shown).state.screen ?? screen;
}

/** Everything as it was before the lock, over the vault as it is now. */
export function unlocked(state: State, stored: Stored, draft: Secret): Step {
	const {screen, done, filter, marks} = thaw(draft);
	const kept = state.screen.kind === 'unlock' && state.screen.kept === 'draft';
	const before = {...state, done, filter, marks, trash: stored.trash};
	const open = withCredentials(before, stored.credentials);
	const gone = screen.kind === 'detail' && selectedCredential(open)?.id !== state.selected;
	const back = show(
		{...open, marks: keptMarks(open)},
		gone ? {kind: 'list', filtering: false} : refreshed(screen, open),
	);
	return step(kept ? say(back, 'note', 'Your draft is as you left it.') : back);
}
