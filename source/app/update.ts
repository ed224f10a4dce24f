import type {Credential} from '../domain/credential.js';
import {keepInSight, withCredentials, withNew} from './arrangement.js';
import type {Binding} from './binding.js';
import type {Effect} from './effect.js';
import type {Event} from './event.js';
import {bindingFor} from './key-lookup.js';
import {type KeyPress, keyName} from './keys.js';
import {isEdit} from './line-editor.js';
import {modeOf, takesText} from './mode.js';
import {onDetailKey, onFilterPaste, onListKey, sayDeleted} from './modes/browse.js';
import {onDeleteFailure, onDeleteKey, onDeletePaste} from './modes/delete.js';
import {onEditFailure, onEditKey, onEditPaste, openEdit} from './modes/edit.js';
import {firstRunScreen, onFirstRunFailure, onFirstRunKey, onFirstRunPaste} from './modes/first-run.js';
import {onPaletteKey, onPalettePaste, openPalette} from './modes/palette.js';
import {onUnlockFailure, onUnlockKey, onUnlockPaste, unlockScreen} from './modes/unlock.js';
import {onWizardFailure, onWizardKey, onWizardPaste} from './modes/wizard.js';
import {wizardScreen} from './modes/wizard-screen.js';
import {onFileRead} from './modes/wizard-steps.js';
import {revealTime, type State, showsField, type TypedAhead} from './state.js';
import {type Step, say, show, step} from './step.js';
import {afterUndo, doneBy, onUndoFailure} from './undo.js';

/**
 * The app's whole behaviour: the state after an event, and what it asks of the world. `now` is in milliseconds since the
 * epoch. Pure. What is typed while something is under way waits until that is done.
 */
export function update(before: State, event: Event, now: number): Step {
	const {state, effects} = handle(expire({...before, now}), event);
	return leaving(handleAhead(state, effects));
}

/** The last frame before the app is left holds no secret: not every terminal takes its screen away. */
function leaving({state, effects}: Step): Step {
	if (!effects.some(effect => effect.type === 'quit')) return {state, effects};
	return {
		state: {
			...show(state, {kind: 'list', filtering: false}),
			reveal: undefined,
			palette: undefined,
			credentials: [],
			found: [],
		},
		effects,
	};
}

function handleAhead(state: State, effects: readonly Effect[]): Step {
	const [next, ...ahead] = state.ahead;
	if (next === undefined || modeOf(state) === 'busy' || effects.some(effect => effect.type === 'quit'))
		return {state, effects};
	const after = handle({...state, ahead}, next);
	return handleAhead(after.state, [...effects, ...after.effects]);
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
		case 'inspected':
			return step(show(state, unlockScreen));
		case 'opened':
			return onOpened(state, event.credentials);
		case 'reloaded':
			return onReloaded(state, event.credentials);
		case 'changed':
			return onChanged(state, event);
		case 'file-read':
			return state.screen.kind === 'wizard' ? onFileRead(state, state.screen, event.sources) : step(state);
		case 'failed':
			// What was typed in the belief that it works is not run on a screen that says it did not.
			return onFailed(event.failure.code === 'wrong-passphrase' ? state : {...state, ahead: []}, event);
	}
}

/** Terminals send alt and a key as escape and the key; where alt means nothing, a person pressed one after the other. */
function isEscapeAndMore(state: State, press: KeyPress): boolean {
	if (!press.alt || press.text === undefined) return false;
	const mode = modeOf(state);
	return bindingFor(mode, keyName(press)) === undefined && !(takesText(mode) && isEdit(press));
}

function onEscapeAndMore(state: State, press: KeyPress): Step {
	const plain = {ctrl: press.ctrl, alt: false, shift: press.shift};
	const first = onKey(state, {name: 'esc', ctrl: false, alt: false, shift: false});
	const second = onKey(first.state, {...plain, ...(press.text === undefined ? {} : {text: press.text})});
	return {state: second.state, effects: [...first.effects, ...second.effects]};
}

/** More than a person types while a key is derived; the rest is let go. */
const aheadLimit = 500;

function typedAhead(state: State, event: TypedAhead): Step {
	return step(state.ahead.length < aheadLimit ? {...state, ahead: [...state.ahead, event]} : state);
}

/** Without the message and the revealed secrets whose time is over. */
function expire(state: State): State {
	const {message, reveal, now} = state;
	return {
		...(showsField(state) && state.touched + revealTime <= now ? withoutShown(state) : state),
		message: message !== undefined && message.until <= now ? undefined : message,
		reveal: reveal !== undefined && reveal.until <= now ? undefined : reveal,
	};
}

/** With every field masked. */
function withoutShown(state: State): State {
	return 'shown' in state.screen ? show(state, {...state.screen, shown: false}) : state;
}

/** What was said about the key before is over with the next; what was done may still be read. */
function touch(state: State): State {
	return {...state, touched: state.now, message: state.message?.kind === 'done' ? state.message : undefined};
}

function onKey(before: State, press: KeyPress): Step {
	const state = touch(before);
	const binding = bindingFor(modeOf(state), keyName(press));
	if (modeOf(state) === 'busy' && !['cancel', 'redraw', 'suspend'].includes(binding?.id ?? ''))
		return typedAhead(state, {type: 'key', press});
	if (state.palette !== undefined) {
		return onPaletteKey(state, state.palette, binding?.id, press, (below, chosen) => onCommand(below, chosen, press));
	}
	return onCommand(state, binding, press);
}

/** What a key of the screen does, or of a command chosen by name. */
function onCommand(state: State, binding: Binding | undefined, press: KeyPress): Step {
	const off = binding?.off?.(state);
	if (off !== undefined) return step(say(state, 'note', `${off[0]?.toUpperCase()}${off.slice(1)}.`));
	if (binding?.id === 'palette') return step(openPalette(state));
	if (binding?.id === 'redraw') return step(state, {type: 'redraw'});
	if (binding?.id === 'suspend') return step(withoutShown({...state, reveal: undefined}), {type: 'suspend'});
	const {screen} = state;
	switch (screen.kind) {
		case 'first-run':
			return onFirstRunKey(state, screen, binding?.id, press);
		case 'unlock':
			return onUnlockKey(state, screen, binding?.id, press);
		case 'list':
			return onListKey(state, screen, binding?.id, press);
		case 'detail':
			return onDetailKey(state, screen, binding?.id);
		case 'delete':
			return onDeleteKey(state, screen, binding?.id, press);
		case 'wizard':
			return onWizardKey(state, screen, binding?.id, press);
		case 'edit':
			return onEditKey(state, screen, binding?.id, press);
	}
}

function onPaste(before: State, text: string): Step {
	const state = touch(before);
	if (state.palette !== undefined) return onPalettePaste(state, state.palette, text);
	const {screen} = state;
	switch (screen.kind) {
		case 'first-run':
			return onFirstRunPaste(state, screen, text);
		case 'unlock':
			return screen.blocked === undefined ? onUnlockPaste(state, screen, text) : step(state);
		case 'delete':
			return onDeletePaste(state, screen, text);
		case 'wizard':
			return onWizardPaste(state, screen, text);
		case 'edit':
			return onEditPaste(state, screen, text);
		case 'list':
			if (screen.filtering) return onFilterPaste(state, text);
			return step(say(state, 'note', 'Nothing is typed here: the paste was left out. n makes a new credential.'));
		default:
			return step(say(state, 'note', 'Nothing is typed here: the paste was left out. n makes a new credential.'));
	}
}

function onOpened(state: State, credentials: readonly Credential[]): Step {
	const open = withCredentials(state, credentials);
	switch (open.start.kind) {
		case 'browse':
			return step(show(open, {kind: 'list', filtering: false}));
		case 'create':
			return step(show(open, wizardScreen(open, open.start)));
		case 'edit':
			return openEdit(open, open.start.name);
	}
}

/** Somebody else wrote the vault: drafts stay, the list is new. */
function onReloaded(before: State, credentials: readonly Credential[]): Step {
	const state = withCredentials(before, credentials);
	const {screen} = state;
	if (screen.kind === 'detail' && state.selected !== before.selected) {
		return step(say(show(state, {kind: 'list', filtering: false}), 'note', 'Somebody else deleted this credential.'));
	}
	if (screen.kind === 'edit') {
		const current = credentials.find(credential => credential.id === screen.basis.id);
		if (current?.revision !== screen.basis.revision) {
			return step(say(state, 'note', 'Somebody else changed this credential meanwhile; saving shows both sides.'));
		}
	}
	return step(state);
}

function onChanged(before: State, {change, credentials}: Extract<Event, {type: 'changed'}>): Step {
	const {screen} = before;
	const state =
		change.kind === 'deleted'
			? withCredentials(before, credentials)
			: withNew(before, credentials, change.credential.id);
	if (state.undoing) return step(afterUndo(state, change));
	const did = doneBy(state, change);
	const next = did === undefined ? state : {...state, done: [did, ...state.done]};
	if (change.kind === 'deleted')
		return step(sayDeleted(show(next, {kind: 'list', filtering: false}), change.credential.name));
	if (screen.kind === 'wizard') {
		return step(show(next, {...screen, fields: [], busy: false, step: 'done', saved: change.credential}));
	}
	if (state.start.kind === 'edit') {
		return step(state, {type: 'quit', outcome: {kind: 'edited', name: change.credential.name}});
	}
	const from =
		screen.kind === 'edit' && screen.from === 'list'
			? ({kind: 'list', filtering: false} as const)
			: ({kind: 'detail', top: 0} as const);
	return step(say(show(next, from), 'done', `Saved ${change.credential.name}; z takes it back.`));
}

function onFailed(before: State, {during, failure, credentials}: Extract<Event, {type: 'failed'}>): Step {
	const state = credentials === undefined ? before : withCredentials(before, credentials);
	const {screen} = state;
	if (state.undoing && during !== 'reload') return onUndoFailure(state, failure);
	if (during === 'reload') return step(say(before, 'error', failure.message));
	if (during === 'inspect') {
		if (failure.code === 'no-vault') return step(show(state, firstRunScreen));
		return step(show(state, {...unlockScreen, blocked: failure}));
	}
	switch (screen.kind) {
		case 'first-run':
			return onFirstRunFailure(state, screen, failure);
		case 'unlock':
			return onUnlockFailure(state, screen, failure);
		case 'delete':
			return onDeleteFailure(state, screen, failure);
		case 'wizard':
			return onWizardFailure(state, screen, failure);
		case 'edit':
			return onEditFailure(state, screen, failure);
		default:
			return step(say(state, 'error', failure.message));
	}
}
