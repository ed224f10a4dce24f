import {type Credential, trashDays} from '../../domain/credential.js';
import {keepInSight, listHeight, refilter, resort, sorts, withCredentials} from '../arrangement.js';
import type {CommandId} from '../binding.js';
import {detailRowsOf} from '../detail.js';
import type {KeyPress} from '../keys.js';
import {layout} from '../layout.js';
import {edit, emptyLine, insert, lineText, pastedText} from '../line-editor.js';
import type {DeleteScreen, DetailScreen, ListScreen, State} from '../state.js';
import {isRevealed, revealTime, selectedCredential} from '../state.js';
import {type Step, say, show, step} from '../step.js';
import {undo} from '../undo.js';
import {editScreen} from './edit-screen.js';
import {wizardScreen} from './wizard-screen.js';

/** The keys that the list and the detail have in common; undefined when `command` is not one of them. */
function onCommonKey(
	state: State,
	screen: ListScreen | DetailScreen,
	command: CommandId | undefined,
): Step | undefined {
	const credential = selectedCredential(state);
	switch (command) {
		case 'cancel':
		case 'quit':
			return step({...state, reveal: undefined}, {type: 'quit', outcome: {kind: 'quit'}});
		case 'create':
			return step(show({...state, reveal: undefined}, wizardScreen(state, {kind: 'create'})));
		case 'edit':
			return credential && step(show({...state, reveal: undefined}, editScreen(credential, screen.kind)));
		case 'reveal':
			return credential && toggleReveal(state, screen, credential);
		case 'delete':
			return credential && step(show({...state, reveal: undefined}, deleteScreen(credential, screen.kind)));
		case 'undo':
			return undo(state);
		default:
			return undefined;
	}
}

function toggleReveal(state: State, screen: ListScreen | DetailScreen, credential: Credential): Step {
	if (isRevealed(state, credential)) return step({...state, reveal: undefined});
	const revealed = {...state, reveal: {id: credential.id, until: state.now + revealTime}};
	// Below the split width the list has no room for secrets: they are shown on the detail's own page.
	return step(
		screen.kind === 'list' && !layout(state.size).split ? show(revealed, {kind: 'detail', top: 0}) : revealed,
	);
}

function deleteScreen(credential: Credential, from: 'list' | 'detail'): DeleteScreen {
	return {kind: 'delete', credential, typed: emptyLine, from, busy: false};
}

export function onListKey(state: State, screen: ListScreen, command: CommandId | undefined, press: KeyPress): Step {
	const height = listHeight(state);
	switch (command) {
		case 'down':
			return step(moveBy(state, 1));
		case 'up':
			return step(moveBy(state, -1));
		case 'page-down':
			return step(moveBy(state, Math.max(1, height - 1)));
		case 'page-up':
			return step(moveBy(state, -Math.max(1, height - 1)));
		case 'filter':
			return step(keepInSight(show(state, {...screen, filtering: true})));
		case 'apply':
			return step(keepInSight(show(state, {...screen, filtering: false})));
		case 'clear':
			return step(clearFilter(state));
		case 'sort':
			return step(resort(state, sorts[(sorts.indexOf(state.sort) + 1) % sorts.length] ?? 'name'));
		case 'first':
			return step(moveBy(state, -state.found.length));
		case 'last':
			return step(moveBy(state, state.found.length));
		case 'open':
			return step(selectedCredential(state) === undefined ? state : show(state, {kind: 'detail', top: 0}));
		default:
			if (screen.filtering) return onFilterText(state, press);
			return onCommonKey(state, screen, command) ?? step(state);
	}
}

function onFilterText(state: State, press: KeyPress): Step {
	const filter = edit(state.filter, press);
	if (filter === undefined) return step(state);
	const changed = lineText(filter) !== lineText(state.filter);
	return step(changed ? refilter({...state, filter}) : {...state, filter});
}

/** All credentials again, with the selection where it was. */
function clearFilter(state: State): State {
	return withCredentials(show({...state, filter: emptyLine}, {kind: 'list', filtering: false}), state.credentials);
}

export function onFilterPaste(state: State, text: string): Step {
	const pasted = pastedText(text, false);
	return step(pasted === undefined ? state : refilter({...state, filter: insert(state.filter, pasted)}));
}

export function onDetailKey(state: State, screen: DetailScreen, command: CommandId | undefined): Step {
	const {paneHeight} = layout(state.size);
	const scrolls: Partial<Record<CommandId, number>> = {
		down: 1,
		up: -1,
		'page-down': paneHeight - 1,
		'page-up': 1 - paneHeight,
		first: Number.NEGATIVE_INFINITY,
		last: Number.POSITIVE_INFINITY,
	};
	const scroll = command && scrolls[command];
	if (scroll !== undefined) {
		const last = Math.max(0, detailRowsOf(state).length - paneHeight);
		return step(show(state, {...screen, top: Math.max(0, Math.min(last, screen.top + scroll))}));
	}
	if (command === 'back') return step(show({...state, reveal: undefined}, {kind: 'list', filtering: false}));
	return onCommonKey(state, screen, command) ?? step(state);
}

/** The selection moved by that many rows, as far as there are any; what was revealed is hidden. */
function moveBy(state: State, rows: number): State {
	const index = state.found.findIndex(credential => credential.id === state.selected);
	const target = Math.max(0, Math.min(state.found.length - 1, index + rows));
	const selected = state.found[target]?.id;
	return selected === state.selected ? state : keepInSight({...state, selected, reveal: undefined});
}

/** What is said after a delete, with the key that takes it back. */
export function sayDeleted(state: State, name: string): State {
	return say(state, 'done', `Deleted ${name}. It stays in the trash for ${trashDays} days; z brings it back now.`);
}
