import {withCredentials} from '../core/credential-list.js';
import type {Answer} from '../core/event.js';
import {type Failure, failureText} from '../core/failure.js';
import {isRead} from '../core/reading.js';
import {noRotating} from '../core/rotating.js';
import {besideList, isOpen, type State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {onUndoFailure} from '../core/undo.js';
import {firstRunScreen} from '../screens/first-run.js';
import {roomOf} from '../screens/rooms.js';
import {afterInspection} from '../screens/unlock.js';
import {onReadFailed, withTrouble} from '../session/trouble.js';

/** What is under way at a provider keeps a change from the vault: says which key goes on, where only a message fits. */
function withWayOut(failure: Failure): Failure {
	const {code, message, hint = ''} = failure;
	if (code !== 'busy') return failure;
	if (hint.startsWith('`pharmer rotate ')) return {code, message: `${message} (ctrl+g goes on, or takes it back)`};
	return /^`pharmer (revoke|health)/.test(hint) ? {code, message: `${message} (${hint})`} : failure;
}

/** An effect failed; it changed nothing. */
export function onFailed(asked: State, answer: Extract<Answer, {type: 'failed'}>): Step {
	const {during, stored} = answer;
	const failed = withWayOut(answer.failure);
	// Who stopped it has left it.
	if (isRead({type: during}) && failed.code === 'cancelled') return step(asked);
	// Input typed in the belief that the effect would succeed is not run on the screen that shows its failure.
	const isAskedAgain = failed.code === 'wrong-passphrase' && during !== 'close-file';
	const kept = isAskedAgain ? asked : {...asked, ahead: []};
	const {state: before, failure} = isOpen(kept) ? withTrouble(kept, failed, during) : {state: kept, failure: failed};
	const newest =
		stored === undefined || !isOpen(before)
			? before
			: withCredentials({...before, ...besideList(before, stored)}, stored.credentials);
	// A vault that did not open has nothing to lock.
	const state = isOpen(newest) ? newest : {...newest, lockDue: false};
	const {screen} = state;
	if (during === 'copy' || during === 'clear-clipboard' || during === 'protect' || during === 'save-settings') {
		return step(say(before, 'error', failureText(failure)));
	}
	if (during === 'verify' || during === 'plan-verify') {
		const text = during === 'verify' ? `What was answered is not kept: ${failureText(failure)}` : failureText(failure);
		return step(say({...state, asking: undefined}, 'error', text));
	}
	if (during === 'plan-rotation') return step(say(state, 'error', failureText(failure)));
	if (during === 'plan-issue') {
		const isPlanned = screen.kind !== 'issue' || screen.plan !== undefined;
		return step(say(isPlanned ? state : show(state, screen.from), 'error', failureText(failure)));
	}
	if (during === 'rotate' || during === 'issue')
		return step(say({...state, rotating: noRotating}, 'error', failureText(failure)));
	if (during === 'reload') return step(isOpen(before) ? onReadFailed(before, failure) : before);
	if (state.undoing !== undefined) return onUndoFailure(state, failure);
	if (during === 'inspect') {
		// Where a vault was open it has only gone away: nobody wants a new one in its place.
		const isNew = screen.kind !== 'unlock' || screen.kept === undefined;
		if (failure.code === 'no-vault' && isNew) {
			const first = show(state, firstRunScreen);
			return step(failure.hint === undefined ? first : say(first, 'error', failureText(failure)));
		}
		return step(show(state, {...afterInspection(screen), blocked: failure}));
	}
	const room = roomOf(screen);
	return room.onFailure?.(state, screen, failure, during) ?? step(say(state, 'error', failure.message));
}
