import {endText} from '../../credentials/rotation-words.js';
import {minute} from '../../domain/time.js';
import {visible} from '../../text/visible.js';
import {withCredentials} from '../core/credential-list.js';
import type {Answer, Stored} from '../core/event.js';
import {failureText} from '../core/failure.js';
import {withoutRotating} from '../core/rotating.js';
import {besideList, type State} from '../core/state.js';
import {andThen, type Step, say, show, step} from '../core/step.js';
import {withUndoable} from '../core/undo.js';
import {roomOf} from '../screens/rooms.js';
import {inKeys} from '../screens/rotate/in-keys.js';
import {settled} from '../screens/rotate/rotate-screen.js';

/** This app has written a step: shows the vault as it is then. That is no news from somebody else. */
export function onStepped(before: State, {id, stored}: Extract<Answer, {type: 'rotation-stepped'}>): Step {
	const state = withStored(before, id, stored);
	const {screen} = state;
	const next = roomOf(screen).onReloaded?.(state, screen, before) ?? step(state);
	return {...next, state: {...next.state, message: before.message}};
}

/** The vault as it is after a step, which `z` does not take back. */
function withStored(before: State, id: string, stored: Stored): State {
	const revisionIn = ({credentials}: Pick<State, 'credentials'>) => credentials.find(each => each.id === id)?.revision;
	const state = withCredentials({...before, ...besideList(before, stored)}, stored.credentials);
	if (revisionIn(before) === revisionIn(state)) return state;
	return withUndoable(state, {
		kind: 'final',
		what: 'A new key',
		instead: 'ctrl+g shows whether it can be taken back',
	});
}

/** It has come so far as it goes now, or was stopped: says so, and shows what can be done. */
export function onRotated(before: State, answer: Extract<Answer, {type: 'rotated'}>): Step {
	const {id, stored} = answer;
	const failure = 'failure' in answer ? answer.failure : undefined;
	const known = stored === undefined ? before : withStored(before, id, stored);
	const ended = withoutRotating(known, id, failure);
	const name = visible(ended.credentials.find(each => each.id === id)?.name ?? '');
	const {screen} = ended;
	const isShown = screen.kind === 'rotate' && screen.id === id;
	if ('end' in answer) {
		const {end} = answer;
		const shown = end.is === 'waiting' ? {...end, until: minute(end.until)} : end;
		const told = say(ended, 'done', `${visible(endText(name, shown))}.`);
		if (!isShown) return step(told);
		return end.is === 'waiting' ? settled(told, screen) : step(show(told, screen.from));
	}
	// The view shows why.
	if (isShown) return settled(ended, screen);
	return andThen(step(ended), state =>
		step(say(state, 'error', `${name}: ${visible(inKeys(failureText(answer.failure)))}; ctrl+g shows it.`)),
	);
}
