import {type Credential, trashDays} from '../../domain/credential.js';
import {visible} from '../../text/visible.js';
import {keepInSight, listHeight, refilter, resort, sorts, unfiltered} from '../arrangement.js';
import type {CommandId} from '../binding.js';
import {detailRowsOf, revealedLines} from '../detail.js';
import {layout} from '../layout.js';
import {lineText} from '../line-editor.js';
import {markAll, toggleMark} from '../marks.js';
import type {DetailScreen, ListScreen} from '../screen.js';
import {still, typed} from '../spoken/prompt.js';
import {isRevealed, revealTime, type State, selectedCredential, targetCredentials} from '../state.js';
import {type Step, say, show, step} from '../step.js';
import {lineTyping, refused, type Typing} from '../typing.js';
import {named, undo} from '../undo.js';
import {askScreen} from './ask.js';
import {listItem, spokenDetail, spokenList} from './browse-speech.js';
import {copyId, copyScreen, copySecret} from './copy.js';
import {deleteScreen} from './delete.js';
import {editScreen, renameScreen} from './edit/edit-screen.js';
import {openImport} from './import/import.js';
import type {Room} from './room.js';
import {wizardScreen} from './wizard/wizard-screen.js';

/** Handles the keys that list and detail share; undefined when `command` is not one of them. */
function onCommonKey(
	state: State,
	screen: ListScreen | DetailScreen,
	command: CommandId | undefined,
): Step | undefined {
	const credential = selectedCredential(state);
	// The detail acts on its own credential, even when several are marked.
	const targets = screen.kind === 'list' ? targetCredentials(state) : credential === undefined ? [] : [credential];
	const hidden = {...state, reveal: undefined};
	switch (command) {
		case 'cancel':
		case 'quit':
			return step(hidden, {type: 'quit', outcome: {kind: 'quit'}});
		case 'create':
			return step(show(hidden, wizardScreen(state, {kind: 'create'})));
		case 'edit':
			return credential && step(show(hidden, editScreen(credential, screen)));
		case 'rename':
			return credential && step(show(hidden, renameScreen(credential, screen)));
		case 'reveal':
			return credential && toggleReveal(state, screen, credential);
		case 'copy-secret':
			return credential && copySecret(state, credential);
		case 'copy-id':
			return credential && copyId(state, credential);
		case 'copy-field':
			return credential && step(show(hidden, copyScreen(credential, screen)));
		case 'delete':
			return step(show(hidden, deleteScreen(targets, screen, false)));
		case 'label':
			return step(show(hidden, askScreen('label', targets, screen)));
		case 'export':
			return step(show(hidden, askScreen('export', targets, screen)));
		case 'trash':
			return step(show(hidden, {kind: 'trash', choice: 0, busy: false}));
		case 'health':
			return step(show(hidden, {kind: 'health', choice: 0}));
		case 'import':
			return openImport(hidden);
		case 'use':
			return credential && step(show(hidden, {kind: 'use', credential, choice: 0, from: screen}));
		case 'settings':
			return step(show(hidden, {kind: 'settings', choice: 0, from: screen}));
		case 'undo':
			return undo(state);
		default:
			return undefined;
	}
}

function toggleReveal(state: State, screen: ListScreen | DetailScreen, credential: Credential): Step {
	if (isRevealed(state, credential)) return step({...state, reveal: undefined});
	const revealed = {...state, reveal: {id: credential.id, until: state.now + revealTime(state)}};
	// Below the split width the list has no room for secrets: the detail's own page shows them.
	return step(
		screen.kind === 'list' && !layout(state.size).split ? show(revealed, {kind: 'detail', top: 0}) : revealed,
	);
}

function onListCommand(state: State, screen: ListScreen, command: CommandId | undefined): Step {
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
			// Clears the marks first, since a delete would act on them.
			return step(state.marks.size > 0 && !screen.filtering ? {...state, marks: new Set()} : clearFilter(state));
		case 'mark':
			return step(moveBy(toggleMark(state), 1));
		case 'mark-all':
			return step(markAll(state));
		case 'sort':
			return step(resort(state, sorts[(sorts.indexOf(state.sort) + 1) % sorts.length] ?? 'name'));
		case 'first':
			return step(moveBy(state, -state.found.length));
		case 'last':
			return step(moveBy(state, state.found.length));
		case 'open':
			return step(selectedCredential(state) === undefined ? state : show(state, {kind: 'detail', top: 0}));
		default:
			return onCommonKey(state, screen, command) ?? step(state);
	}
}

/** Typing for the filter: the list follows. */
function filterTyping(state: State): Typing {
	return lineTyping(
		state.filter,
		filter => {
			const isSame = lineText(filter) === lineText(state.filter);
			return isSame ? {...state, filter} : refilter({...state, filter});
		},
		() => refused(state, 'the filter'),
	);
}

/** Shows all credentials again; the selection stays. */
function clearFilter(state: State): State {
	return unfiltered(show(state, {kind: 'list', filtering: false}));
}

function onDetailCommand(state: State, screen: DetailScreen, command: CommandId | undefined): Step {
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

/** Moves the selection by up to that many rows and hides what was revealed. */
function moveBy(state: State, rows: number): State {
	const index = state.found.findIndex(credential => credential.id === state.selected);
	const target = Math.max(0, Math.min(state.found.length - 1, index + rows));
	const selected = state.found[target]?.id;
	return selected === state.selected ? state : keepInSight({...state, selected, reveal: undefined});
}

/** Reports a delete, with the keys that undo it. */
export function sayDeleted(state: State, credentials: readonly {readonly name: string}[]): State {
	const what = credentials.length === 1 ? 'it' : 'them';
	return say(state, 'done', `Deleted ${named(credentials)}; z brings ${what} back, T within ${trashDays} days.`);
}

const makesNew = 'Paste left out: nothing is typed here. n makes a new one.';

export const listRoom: Room<ListScreen> = {
	mode: ({filtering}) => (filtering ? 'filter' : 'list'),
	onCommand: onListCommand,
	typing: (state, {filtering}) => (filtering ? filterTyping(state) : undefined),
	noTyping: () => makesNew,
	crumbs: () => [],
	spoken: {
		place: ({filtering}) => (filtering ? 'filter' : 'list'),
		body: (state, {filtering}) => spokenList(state, filtering),
		item: listItem,
		itemKey: ({selected = '', marks}) => `${selected} ${marks.has(selected)}`,
		prompt: ({filter}, {filtering}) => (filtering ? typed('filter', filter) : still('list')),
	},
};

export const detailRoom: Room<DetailScreen> = {
	mode: () => 'detail',
	onCommand: onDetailCommand,
	noTyping: () => makesNew,
	onReloaded: (state, _, before) =>
		state.selected === before.selected
			? step(state)
			: step(say(show(state, {kind: 'list', filtering: false}), 'note', 'Somebody else deleted this credential.')),
	crumbs(state) {
		const selected = selectedCredential(state)?.name;
		return selected === undefined ? [] : [selected];
	},
	spoken: {
		body(state) {
			const credential = selectedCredential(state);
			return credential === undefined ? [] : spokenDetail(credential, state.credentials, new Date(state.now));
		},
		item(state) {
			const credential = selectedCredential(state);
			return credential === undefined ? '' : visible(credential.name);
		},
		itemKey: ({selected = ''}) => selected,
		prompt(state) {
			const credential = selectedCredential(state);
			if (credential === undefined) return still('detail');
			const shown = isRevealed(state, credential) ? revealedLines(credential) : [];
			return {...still(visible(credential.name)), shown};
		},
	},
};
