import {withCredentials} from '../core/credential-list.js';
import type {Answer} from '../core/event.js';
import {failureText} from '../core/failure.js';
import {isOpen, type State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {onUndoFailure} from '../core/undo.js';
import {firstRunScreen} from '../screens/first-run.js';
import {roomOf} from '../screens/rooms.js';
import {afterInspection} from '../screens/unlock.js';

/** An effect failed; it changed nothing. */
export function onFailed(asked: State, {during, failure, stored}: Extract<Answer, {type: 'failed'}>): Step {
	// Input typed in the belief that the effect would succeed is not run on the screen that shows its failure.
	const before = failure.code === 'wrong-passphrase' ? asked : {...asked, ahead: []};
	const newest =
		stored === undefined || !isOpen(before)
			? before
			: withCredentials({...before, trash: stored.trash}, stored.credentials);
	// A vault that did not open has nothing to lock.
	const state = isOpen(newest) ? newest : {...newest, lockDue: false};
	const {screen} = state;
	if (during === 'copy' || during === 'clear-clipboard' || during === 'protect' || during === 'save-settings') {
		return step(say(before, 'error', failureText(failure)));
	}
	if (during === 'reload') return step(say(before, 'error', failure.message));
	if (state.undoing !== undefined) return onUndoFailure(state, failure);
	if (during === 'inspect') {
		if (failure.code === 'no-vault') return step(show(state, firstRunScreen));
		return step(show(state, {...afterInspection(screen), blocked: failure}));
	}
	const room = roomOf(screen);
	return room.onFailure?.(state, screen, failure, during) ?? step(say(state, 'error', failure.message));
}
