import {onExported, onFailed, onOpened, onReloaded, onResult} from './answered.js';
import {keepInSight} from './arrangement.js';
import {onChanged} from './changed.js';
import type {Event, TypedAhead} from './event.js';
import {bindingFor} from './key-lookup.js';
import {type KeyPress, keyName} from './keys.js';
import {leaving} from './leaving.js';
import {isEdit} from './line-editor.js';
import {hasDraft, isLockDue, lock} from './lock.js';
import {modeOf} from './mode-of.js';
import {onMouse} from './pointer.js';
import {quit} from './quit.js';
import {run} from './screen-keys.js';
import {onCleared, onCopied} from './screens/copy.js';
import {roomOf} from './screens/rooms.js';
import {inspected, onProtected} from './screens/unlock.js';
import {isBusy, isOpen, revealTime, type State, showsField, withoutShown} from './state.js';
import {type Step, say, show, step} from './step.js';
import {pasteProblem, pressProblem} from './typing.js';
import {takesText, typingOf} from './typing-of.js';
import {isLeave, stillUnderWay, withBegun} from './under-way.js';

/**
 * The app's whole behaviour: the state after an event, and the effects to run. `now` is in milliseconds since the
 * epoch. Pure. Input waits while an effect runs.
 */
export function update(before: State, event: Event, now: number): Step {
	const expired = expire({...before, now, underWay: stillUnderWay(before.underWay, event)});
	const {state, effects} = lockWhenDue(handleAhead(handleInTime(expired, event)));
	const next = leaving({state: {...state, underWay: withBegun(state.underWay, effects, now)}, effects});
	return {...next, state: withoutStale(expired.state, next.state)};
}

/** Clears a message about the previous screen when the screen has changed. */
function withoutStale(before: State, after: State): State {
	const stale =
		after.message !== undefined && after.message === before.message && before.screen.kind !== after.screen.kind;
	return stale ? {...after, message: undefined} : after;
}

const fromPerson: readonly Event['type'][] = ['key', 'paste', 'mouse'];

/** Drops input on an expired screen; the lock screen is shown instead. */
function handleInTime({state, effects}: Step, event: Event): Step {
	const isLate = fromPerson.includes(event.type) && isLockDue(state);
	if (isLate && !(isBusy(state) && isLeave(event))) return step(state, ...effects);
	return after({effects}, handle(state, event));
}

function after(first: Pick<Step, 'effects'>, {state, effects}: Step): Step {
	return {state, effects: [...first.effects, ...effects]};
}

function lockWhenDue({state, effects}: Step): Step {
	if (!isLockDue(state)) return {state, effects};
	// Input typed ahead was meant for a screen that will be gone.
	const leave = state.ahead.filter(isLeave);
	if (isBusy(state) || state.undoing) return {state: {...state, lockDue: true, ahead: leave}, effects};
	// A request to leave after the lock is honoured where it loses nothing.
	return after({effects}, leave.length > 0 && !hasDraft(state) ? quit(state) : lock(state));
}

function handleAhead({state, effects}: Step): Step {
	const [next, ...ahead] = state.ahead;
	if (next === undefined || isBusy(state) || isLockDue(state) || effects.some(effect => effect.type === 'quit'))
		return {state, effects};
	return handleAhead(after({effects}, handle({...state, ahead}, next)));
}

function handle(state: State, event: Event): Step {
	switch (event.type) {
		case 'tick':
			return step(state);
		case 'resize':
			return step(keepInSight({...state, size: event.size}));
		case 'key':
			return isEscapeAndMore(state, event.press) ? onEscapeAndMore(state, event.press) : onKey(state, event.press);
		case 'paste':
			return modeOf(state) === 'busy' ? typedAhead(state, event) : onPaste(state, event.text);
		case 'mouse':
			return modeOf(state) === 'busy' ? step(state) : onMouse(touch(state), event.action, onKey);
		case 'inspected':
			return step(show(state, inspected(state.screen)));
		case 'protected':
			return onProtected(state, event.exposures);
		case 'opened':
			return onOpened(state, event);
		case 'reloaded':
			return isOpen(state) ? onReloaded(state, event.stored) : step(state);
		case 'changed':
			return onChanged(state, event);
		case 'file-read':
		case 'named-read':
		case 'looked':
		case 'manifest-written':
		case 'manifest-read':
			return onResult(state, event);
		case 'copied':
			return isOpen(state) ? step(onCopied(state, event)) : step(state, {type: 'clear-clipboard'});
		case 'clipboard-cleared':
			return step(isOpen(state) ? onCleared(state, event.result) : state);
		case 'exported':
			return onExported(state, event);
		case 'failed':
			// Input typed in the belief that the effect would succeed is not run on the screen that shows its failure.
			return onFailed(event.failure.code === 'wrong-passphrase' ? state : {...state, ahead: []}, event);
	}
}

/**
 * Terminals send alt and a key as escape and the key; where alt means nothing, they were pressed one after the other.
 */
function isEscapeAndMore(state: State, press: KeyPress): boolean {
	if (!press.alt || press.text === undefined) return false;
	return bindingFor(state, keyName(press)) === undefined && !(takesText(state) && isEdit(press));
}

function onEscapeAndMore(state: State, press: KeyPress): Step {
	const plain = {ctrl: press.ctrl, alt: false, shift: press.shift};
	const first = onKey(state, {name: 'esc', ctrl: false, alt: false, shift: false});
	return after(first, onKey(first.state, {...plain, ...(press.text === undefined ? {} : {text: press.text})}));
}

/** More than anybody types while a key is derived; the rest is dropped. */
const aheadLimit = 500;

function typedAhead(state: State, event: TypedAhead): Step {
	return step(
		state.ahead.length < aheadLimit && !isLockDue(state) ? {...state, ahead: [...state.ahead, event]} : state,
	);
}

/** Clears the message, revealed secrets and the copied secret once they expire. */
function expire(state: State): Step {
	const {message, reveal, copied, now} = state;
	const isOver = (moment: number): boolean => moment <= now;
	const next = {
		...(showsField(state) && isOver(state.touched + revealTime(state)) ? withoutShown(state) : state),
		message: message !== undefined && isOver(message.until) ? undefined : message,
		reveal: reveal !== undefined && isOver(reveal.until) ? undefined : reveal,
	};
	return copied !== undefined && isOver(copied.until)
		? step({...next, copied: undefined}, {type: 'clear-clipboard'})
		: step(next);
}

/** The next key clears the message about the one before; a report of finished work stays. */
function touch(state: State): State {
	return {...state, touched: state.now, message: state.message?.kind === 'done' ? state.message : undefined};
}

function onKey(before: State, press: KeyPress): Step {
	const binding = bindingFor(before, keyName(press));
	if (binding === undefined && modeOf(before) === 'busy') return typedAhead(touch(before), {type: 'key', press});
	const state = binding?.id === 'cancel' ? touch(before) : staying(touch(before));
	return binding === undefined ? onTyped(state, press) : run(state, binding);
}

/** Withdraws a question that only the key that asked it answers. */
function staying(state: State): State {
	const {screen} = state;
	return show(state, roomOf(screen).staying?.(screen) ?? screen);
}

/** Handles a press in the text that has the keyboard; nothing happens where nothing is typed, or it edits nothing. */
function onTyped(state: State, press: KeyPress): Step {
	const typing = typingOf(state);
	if (typing === undefined) return step(state);
	const full = pressProblem(typing, press);
	return full === undefined ? (typing.press(press) ?? step(state)) : step(say(state, 'error', full));
}

function onPaste(before: State, text: string): Step {
	const state = staying(touch(before));
	const typing = typingOf(state);
	if (typing === undefined) {
		const {noTyping} = roomOf(state.screen);
		const note = noTyping === undefined ? 'Paste left out: nothing is typed here.' : noTyping(state.screen);
		return step(note === undefined ? state : say(state, 'note', note));
	}
	const tooLarge = pasteProblem(typing, text);
	return tooLarge === undefined ? typing.paste(text) : step(say(state, 'error', tooLarge));
}
