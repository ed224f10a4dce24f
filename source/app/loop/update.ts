import {keepInSight} from '../core/credential-list.js';
import {type Event, isInput, isLeave} from '../core/event.js';
import {withSync} from '../core/sharing.js';
import {isBusy, isOpen, type State} from '../core/state.js';
import {andThen, type Step, step} from '../core/step.js';
import {onInput} from '../keyboard/on-input.js';
import {withKeyQuestion} from '../screens/rotate/key-question.js';
import {emptiedOnQuit} from '../session/leaving.js';
import {isLockDue, lockWhenDue} from '../session/lock.js';
import {withPreview} from '../session/previewing.js';
import {lookAgain} from '../session/trouble.js';
import {stillUnderWay, withBegun} from '../session/under-way.js';
import {onAnswer} from './answers.js';
import {expired} from './wake.js';

/**
 * The app's whole behaviour: the state after an event, and the effects to run. `now` is in milliseconds since the
 * epoch. Pure. Input waits while the screen waits for an effect.
 */
export function update(before: State, event: Event, now: number): Step {
	const begun = andThen(expired({...before, now, underWay: stillUnderWay(before.underWay, event)}), lookAgain);
	const handled = andThen(begun, state => (isLate(state, event) ? step(state) : handle(state, event, before.now)));
	const {state, effects} = emptiedOnQuit(
		andThen(
			andThen(andThen(andThen(andThen(handled, handleAhead), withKeyQuestion), withPreview), lockWhenDue),
			withSync,
		),
	);
	return {state: {...withoutStale(begun.state, state), underWay: withBegun(state.underWay, effects, now)}, effects};
}

function handle(state: State, event: Event, last: number): Step {
	if (isInput(event)) return onInput(state, event);
	if (event.type === 'tick') return onTick(state, last);
	if (event.type === 'resize') return step(keepInSight({...state, size: event.size}));
	if (event.type === 'background') return step({...state, isLight: event.isLight});
	return onAnswer(state, event);
}

/** Other programs hand credentials out meanwhile: what the screen tells of that changes by the minute, as ages do. */
function onTick(state: State, last: number): Step {
	const isNext = Math.floor(state.now / 60_000) > Math.floor(last / 60_000);
	return isNext && isOpen(state) ? step(state, {type: 'read-uses'}) : step(state);
}

/** Whether input comes too late: the vault is about to lock, and the lock screen is shown instead. */
function isLate(state: State, event: Event): boolean {
	return isInput(event) && isLockDue(state) && !(isBusy(state) && isLeave(event));
}

/** Handles what was typed ahead, as far as it goes. */
function handleAhead(state: State, effects: Step['effects']): Step {
	const [next, ...ahead] = state.ahead;
	if (next === undefined || isBusy(state) || isLockDue(state) || effects.some(effect => effect.type === 'quit'))
		return step(state);
	return andThen(onInput({...state, ahead}, next), handleAhead);
}

/** Clears a message about the previous screen when the screen has changed. */
function withoutStale(before: State, after: State): State {
	const stale =
		after.message !== undefined && after.message === before.message && before.screen.kind !== after.screen.kind;
	return stale ? {...after, message: undefined} : after;
}
