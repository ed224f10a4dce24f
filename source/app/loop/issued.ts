import {visible} from '../../text/visible.js';
import {withCredentials, withNew} from '../core/credential-list.js';
import type {Answer, Stored} from '../core/event.js';
import {type Failure, failureText} from '../core/failure.js';
import {nameOf, withoutRotating} from '../core/rotating.js';
import type {AppStart} from '../core/start.js';
import {besideList, type State} from '../core/state.js';
import {andThen, type Step, say, show, step} from '../core/step.js';
import {withUndoable} from '../core/undo.js';
import {left} from '../screens/issue/issue-keys.js';
import {type IssueScreen, settled} from '../screens/issue/issue-screen.js';
import {inKeys} from '../screens/rotate/in-keys.js';
import {doneWith} from '../screens/wizard/review.js';

type Issued = Extract<Answer, {type: 'issued'}>;

/** It is made, taken back, or was stopped: says so, and shows what can be done. */
export function onIssued(before: State, answer: Issued): Step {
	const {id, stored} = answer;
	const name = nameOf(before, id);
	const {screen} = before;
	const shown = screen.kind === 'issue' && screen.plan?.id === id ? screen : undefined;
	if ('failure' in answer) return onStopped(withStored(before, stored), id, name, shown, answer.failure);
	const ended = withoutRotating(before, id, undefined);
	if (answer.end === 'made' && stored !== undefined) return onMade(ended, id, shown, stored);
	const known = withStored(ended, stored);
	const back = shown === undefined ? known : left(known, shown, true);
	return step(say(back, 'done', `What was made for ${visible(name)} is deleted.`));
}

function withStored(state: State, stored: Stored | undefined): State {
	return stored === undefined ? state : withCredentials({...state, ...besideList(state, stored)}, stored.credentials);
}

/** The new credential is under the cursor where the list is shown, or comes next. */
function onMade(before: State, id: string, shown: IssueScreen | undefined, stored: Stored): Step {
	const now = {...before, ...besideList(before, stored)};
	const isLooking = shown !== undefined || (now.screen.kind === 'list' && !now.screen.filtering);
	const state = isLooking ? withNew(now, stored.credentials, id) : withCredentials(now, stored.credentials);
	const made = state.credentials.find(each => each.id === id);
	if (made === undefined) return step(state);
	const name = visible(made.name);
	const undoable = withUndoable(state, {
		kind: 'final',
		what: `What was made for ${name}`,
		instead: `\`pharmer revoke ${name}\` deletes its key at the provider`,
	});
	const told = (more = ''): State => say(undoable, 'done', `Made ${name}: its key works${more}.`);
	if (shown === undefined) return step(told());
	const {from} = shown;
	if (from.kind !== 'wizard') return step(show(told(), from));
	return step(show(told(givesMore(state.start) ? '; e sets its labels, note and expiry' : ''), doneWith(from, made)));
}

/** Whether the app was opened to make one with more than a name. */
function givesMore(start: AppStart): boolean {
	if (start.kind !== 'create') return false;
	return (start.labels?.size ?? 0) > 0 || start.note !== undefined || start.expires !== undefined;
}

/** The view shows why; elsewhere it is said, with the key that leads to it as long as something is under way. */
function onStopped(before: State, id: string, name: string, shown: IssueScreen | undefined, failure: Failure): Step {
	const ended = withoutRotating(before, id, failure);
	if (shown !== undefined) return settled(ended, shown);
	const admin = ended.credentials.find(each => each.id === ended.works.get(id)?.admin);
	const where = admin === undefined ? '' : `; ctrl+g on ${visible(admin.name)} shows it`;
	return andThen(step(ended), state =>
		step(say(state, 'error', `${visible(name)}: ${visible(inKeys(failureText(failure)))}${where}.`)),
	);
}
