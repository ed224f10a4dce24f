import type {Secret} from '../domain/secret.js';
import {withCredentials} from './arrangement.js';
import type {Effect} from './effect.js';
import type {Stored} from './event.js';
import {freeze, thaw} from './frozen.js';
import {emptyLine} from './line-editor.js';
import {keptMarks} from './marks.js';
import type {Screen} from './screen.js';
import {roomOf} from './screens/rooms.js';
import {unlockScreen} from './screens/unlock.js';
import {isOpen, lockMoment, type State, selectedCredential} from './state.js';
import {type Step, say, show, step} from './step.js';

/** Whether leaving would lose a draft. */
export function hasDraft(state: State): boolean {
	return roomOf(state.screen).hasDraft?.(state, state.screen) ?? false;
}

/** Whether the vault must lock: no key for the set time, or a lock that had to wait. */
export function isLockDue(state: State): boolean {
	return isOpen(state) && (state.lockDue || lockMoment(state) <= state.now);
}

/** The screen as it returns after a lock: an open question is asked again; nothing is revealed or under way. */
function settled(screen: Screen): Screen {
	return roomOf(screen).settled?.(screen) ?? screen;
}

/** Locks: no vault content stays in the state, and the draft goes out to be sealed. */
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
		// A locked screen does not tell what is running.
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

/** Refreshes what a screen shows of the vault. */
function refreshed(screen: Screen, state: State): Screen {
	const shown = show(state, screen);
	return roomOf(screen).onReloaded?.(shown, screen, shown).state.screen ?? screen;
}

/** Restores the state from before the lock, over the vault's current content. */
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
