import {type Credential, trashDays} from '../../domain/credential.js';
import {detailRowsOf} from '../detail.js';
import type {CommandId} from '../keymap.js';
import {layout, scrollTo} from '../layout.js';
import {emptyLine} from '../line-editor.js';
import type {DeleteScreen, DetailScreen, ListScreen, State} from '../state.js';
import {isRevealed, revealTime, selectedCredential} from '../state.js';
import {type Step, say, show, step} from '../step.js';
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
			return state.deleted[0] && step(state, {type: 'restore', id: state.deleted[0].id});
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

export function onListKey(state: State, screen: ListScreen, command: CommandId | undefined): Step {
	const {paneHeight} = layout(state.size);
	switch (command) {
		case 'down':
			return step(moveBy(state, 1));
		case 'up':
			return step(moveBy(state, -1));
		case 'page-down':
			return step(moveBy(state, Math.max(1, paneHeight - 1)));
		case 'page-up':
			return step(moveBy(state, -Math.max(1, paneHeight - 1)));
		case 'first':
			return step(moveBy(state, -state.credentials.length));
		case 'last':
			return step(moveBy(state, state.credentials.length));
		case 'open':
			return step(selectedCredential(state) === undefined ? state : show(state, {kind: 'detail', top: 0}));
		default:
			return onCommonKey(state, screen, command) ?? step(state);
	}
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
	if (command === 'back') return step(show({...state, reveal: undefined}, {kind: 'list'}));
	return onCommonKey(state, screen, command) ?? step(state);
}

/** The selection moved by that many rows, as far as there are any; what was revealed is hidden. */
function moveBy(state: State, rows: number): State {
	const index = state.credentials.findIndex(credential => credential.id === state.selected);
	const target = Math.max(0, Math.min(state.credentials.length - 1, index + rows));
	const selected = state.credentials[target]?.id;
	return selected === state.selected ? state : keepInSight({...state, selected, reveal: undefined});
}

/** The list scrolled so that the selection is in sight. */
export function keepInSight(state: State): State {
	const index = Math.max(
		0,
		state.credentials.findIndex(credential => credential.id === state.selected),
	);
	const {paneHeight} = layout(state.size);
	return {...state, top: scrollTo(index, state.top, paneHeight, state.credentials.length)};
}

/** The state with the vault's newest credentials; the selection stays on the same credential, or on its neighbour when that is gone. */
export function withCredentials(state: State, credentials: readonly Credential[], selected = state.selected): State {
	const still = credentials.some(credential => credential.id === selected);
	const before = state.credentials.findIndex(credential => credential.id === selected);
	const neighbour = credentials[Math.max(0, Math.min(before, credentials.length - 1))]?.id;
	return keepInSight({...state, credentials, selected: still ? selected : neighbour});
}

/** What is said after a delete, with the key that takes it back. */
export function sayDeleted(state: State, name: string): State {
	return say(state, 'done', `Deleted ${name}. It stays in the trash for ${trashDays} days; z brings it back now.`);
}
