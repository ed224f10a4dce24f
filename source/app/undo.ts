import type {Basis, Credential, TrashedCredential} from '../domain/credential.js';
import type {Effect} from './effect.js';
import type {Change} from './event.js';
import {contentOf} from './modes/edit-screen.js';
import type {Failure, State} from './state.js';
import {type Step, say, step} from './step.js';

/** Something that was done since the app was opened and can be taken back. */
export type Done =
	| {readonly kind: 'created'; readonly credential: Basis}
	| {readonly kind: 'edited'; readonly before: Credential; readonly after: Basis}
	| {readonly kind: 'deleted'; readonly credential: TrashedCredential};

/** What a change was, so that it can be taken back: an edit needs what was there before. */
export function doneBy({screen}: State, change: Change): Done | undefined {
	switch (change.kind) {
		case 'added':
			return {kind: 'created', credential: change.credential};
		case 'replaced':
			return screen.kind === 'edit' ? {kind: 'edited', before: screen.basis, after: change.credential} : undefined;
		case 'deleted':
			return {kind: 'deleted', credential: change.credential};
		case 'restored':
			return undefined;
	}
}

function effectOf(done: Done): Effect {
	switch (done.kind) {
		case 'created':
			return {type: 'delete', basis: done.credential};
		case 'edited':
			return {type: 'replace', basis: done.after, content: contentOf(done.before), keep: true};
		case 'deleted':
			return {type: 'restore', id: done.credential.id};
	}
}

/** Asks for the last thing done to be taken back. */
export function undo(state: State): Step {
	const [last] = state.done;
	return last === undefined ? step(state) : step({...state, undoing: true}, effectOf(last));
}

/** The last thing done is taken back: `change` is what that was. What lies before it can be taken back next. */
export function afterUndo(state: State, change: Change): State {
	const [last, ...done] = state.done;
	const {name} = change.credential;
	const said = {
		created: `${name} was new; it is in the trash now.`,
		edited: `${name} is as it was before; what it was until now is in the trash.`,
		deleted: `${name} is back.`,
	};
	// What was done to the same credential before goes on from the revision it has now.
	const rebased = done.map(each => rebase(each, change.credential));
	return say({...state, done: rebased, undoing: false}, 'done', said[last?.kind ?? 'deleted']);
}

function rebase(done: Done, now: Basis): Done {
	if (done.kind === 'created' && done.credential.id === now.id) return {...done, credential: now};
	if (done.kind === 'edited' && done.after.id === now.id) return {...done, after: now};
	return done;
}

/** What can't be taken back makes way for what was done before it; nothing is lost by that. */
export function onUndoFailure(state: State, failure: Failure): Step {
	const [last, ...done] = state.done;
	const text =
		failure.code === 'exists' && last?.kind === 'deleted'
			? `${last.credential.name} is taken: \`pharmer restore credential ${last.credential.name} --name NEW\` brings it back under another name.`
			: failure.message;
	return step(say({...state, done, undoing: false}, 'error', text));
}
