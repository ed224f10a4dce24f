import {exposureWarning} from '../domain/exposure.js';
import {withCredentials} from './arrangement.js';
import type {Event, Stored} from './event.js';
import {unlocked} from './lock.js';
import {openEdit} from './screens/edit/edit.js';
import {firstRunScreen} from './screens/first-run.js';
import {openImport} from './screens/import/import.js';
import type {Result} from './screens/room.js';
import {roomOf} from './screens/rooms.js';
import {inspected} from './screens/unlock.js';
import {wizardScreen} from './screens/wizard/wizard-screen.js';
import {isOpen, type State} from './state.js';
import {type Step, say, show, step} from './step.js';
import {onUndoFailure} from './undo.js';

/**
 * The vault is open: go to the screen the app was opened for, or return to where it was locked. Warns about access by
 * others unless the unlock screen did.
 */
export function onOpened(before: State, event: Extract<Event, {type: 'opened'}>): Step {
	const next = opened(before, event);
	const {screen, exposures} = before;
	const [exposure] = exposures;
	const isTold = screen.kind === 'unlock' && !screen.given;
	if (exposure === undefined || isTold) return next;
	const warning = exposureWarning(exposure);
	return {...next, state: say(next.state, 'error', `${warning[0]?.toUpperCase()}${warning.slice(1)}.`)};
}

function opened(state: State, {stored, draft}: Extract<Event, {type: 'opened'}>): Step {
	if (draft !== undefined) return unlocked(state, stored, draft);
	const open = withCredentials({...state, trash: stored.trash}, stored.credentials);
	switch (open.start.kind) {
		case 'browse':
			return step(show(open, {kind: 'list', filtering: false}));
		case 'create':
			return step(show(open, wizardScreen(open, open.start)));
		case 'edit':
			return openEdit(open, open.start.name);
		case 'import':
			return openImport(open, open.start.paths, open.start.kinds);
	}
}

/** Another program wrote the vault: drafts stay, the list is refreshed. */
export function onReloaded(before: State, {credentials, trash}: Stored): Step {
	const state = withCredentials({...before, trash}, credentials);
	const {screen} = state;
	return roomOf(screen).onReloaded?.(state, screen, before) ?? step(state);
}

/** Hands a result to the screen that asked for it; drops it if that screen was left in the meantime. */
export function onResult(state: State, result: Result): Step {
	const {screen} = state;
	return roomOf(screen).onResult?.(state, screen, result) ?? step(state);
}

/** The export file is written. */
export function onExported(before: State, event: Extract<Event, {type: 'exported'}>): Step {
	const {state} = onResult(before, event);
	const what = event.count === 1 ? 'One manifest' : `${event.count} manifests`;
	return step(say(state, 'done', `${what}, secrets in clear, in ${event.path}`));
}

/** An effect failed; it changed nothing. */
export function onFailed(before: State, {during, failure, stored}: Extract<Event, {type: 'failed'}>): Step {
	const newest =
		stored === undefined || !isOpen(before)
			? before
			: withCredentials({...before, trash: stored.trash}, stored.credentials);
	// A vault that did not open has nothing to lock.
	const state = isOpen(newest) ? newest : {...newest, lockDue: false};
	const {screen} = state;
	if (during === 'copy' || during === 'clear-clipboard' || during === 'protect' || during === 'save-settings') {
		const hint = failure.hint === undefined ? '' : `; ${failure.hint}`;
		return step(say(before, 'error', `${failure.message}${hint}`));
	}
	if (during === 'reload') return step(say(before, 'error', failure.message));
	if (state.undoing) return onUndoFailure(state, failure);
	if (during === 'inspect') {
		if (failure.code === 'no-vault') return step(show(state, firstRunScreen));
		return step(show(state, {...inspected(screen), blocked: failure}));
	}
	const room = roomOf(screen);
	return room.onFailure?.(state, screen, failure, during) ?? step(say(state, 'error', failure.message));
}
