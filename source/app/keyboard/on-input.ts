import type {Input, TypedAhead} from '../core/event.js';
import {isBusy, type State} from '../core/state.js';
import {andThen, type Step, say, step} from '../core/step.js';
import {pasteText, pressProblem} from '../core/typing.js';
import {type KeyPress, keyName, pressOf} from '../input/keys.js';
import {isEdit} from '../input/line-editor.js';
import {roomOf} from '../screens/rooms.js';
import {isLockDue} from '../session/lock.js';
import {bindingFor, modeOf, takesText, typingOf, withoutQuestion} from './focus.js';
import {onMouse} from './pointer.js';
import {run} from './screen-keys.js';

/** Handles a key, a paste or the mouse; keys and pastes wait while the screen waits for an effect. */
export function onInput(state: State, event: Input): Step {
	switch (event.type) {
		case 'key':
			return pressesOf(state, event.press).reduce(
				(before, press) => andThen(before, now => onKey(now, press)),
				step(state),
			);
		case 'paste':
			return modeOf(state) === 'busy' ? typedAhead(state, event) : onPaste(touched(state), event.text);
		case 'mouse':
			return modeOf(state) === 'busy' ? step(state) : onMouse(touched(state), event.action, onKey);
	}
}

/**
 * Terminals send alt and a key as escape and the key; where alt means nothing, they were pressed one after the other.
 */
function pressesOf(state: State, press: KeyPress): readonly KeyPress[] {
	if (!press.alt || press.text === undefined) return [press];
	const meansAlt = bindingFor(state, keyName(press)) !== undefined || (takesText(state) && isEdit(press));
	return meansAlt ? [press] : [pressOf('esc'), {...press, alt: false}];
}

/** More than anybody types while a key is derived; the rest is dropped. */
const aheadLimit = 500;

function typedAhead(state: State, event: TypedAhead): Step {
	const takes = state.ahead.length < aheadLimit && !isLockDue(state);
	return step(takes ? {...state, ahead: [...state.ahead, event]} : state);
}

/** Any input clears the message about the one before; a report of finished work stays. */
function touched(state: State): State {
	const message = state.message?.kind === 'done' ? state.message : undefined;
	return {...state, lastInput: state.now, message, leaveHint: undefined};
}

function onKey(before: State, press: KeyPress): Step {
	const {leaveHint} = before;
	const state = {...touched(before), leaveHint: keyName(press) === 'esc' ? leaveHint : undefined};
	const binding = bindingFor(state, keyName(press));
	if (binding !== undefined) return run(binding.id === 'cancel' ? state : withoutQuestion(state), binding);
	return isBusy(state) && state.palette === undefined
		? typedAhead(state, {type: 'key', press})
		: onTyped(withoutQuestion(state), press);
}

/** Handles a press in the text that has the keyboard; nothing happens where nothing is typed, or it edits nothing. */
function onTyped(state: State, press: KeyPress): Step {
	const typing = typingOf(state);
	if (typing === undefined) return step(state);
	const full = pressProblem(typing, press);
	return full === undefined ? (typing.press(press) ?? step(state)) : step(say(state, 'error', full));
}

function onPaste(before: State, text: string): Step {
	const state = withoutQuestion(before);
	const typing = typingOf(state);
	const read = state.palette === undefined ? roomOf(state.screen).readsPaste?.(state, state.screen, text) : undefined;
	if (read !== undefined) return read;
	if (typing === undefined) {
		const {noTyping} = roomOf(state.screen);
		const note = noTyping === undefined ? 'Paste ignored: nothing is typed here.' : noTyping(state.screen);
		return step(note === undefined ? state : say(state, 'note', note));
	}
	return pasteText(state, typing, text);
}
