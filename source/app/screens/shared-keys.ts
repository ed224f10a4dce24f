import type {Binding} from '../core/binding.js';
import {quit} from '../core/quit.js';
import type {Screen} from '../core/screen.js';
import {show, step} from '../core/step.js';
import {emptyLine} from '../input/line-editor.js';
import {listScreen} from './browse/browse-screen.js';

type Key = Binding<unknown>;

export const trashKey: Key = {
	id: 'trash',
	keys: ['T'],
	title: 'trash',
	says: 'shows what was deleted',
	group: 'Views',
	run: state => step(show({...state, reveal: undefined}, {kind: 'trash', choice: 0, busy: false})),
};

export const healthKey: Key = {
	id: 'health',
	keys: ['H'],
	title: 'health',
	says: 'shows what needs care, and why',
	group: 'Views',
	footer: 2,
	run: state => step(show({...state, reveal: undefined}, {kind: 'health', choice: 0}), {type: 'count-plaintext'}),
};

/** Opens the palette, with every command that has keys on the screen. */
export const helpKey: Key = {
	id: 'palette',
	keys: ['?', 'ctrl+p'],
	title: 'help',
	says: 'lists the commands of this view, and runs one',
	group: 'Find',
	footer: 11,
	run: state => step({...state, palette: {kind: 'keys', filter: emptyLine, choice: 0}}),
};

/** The same for screens that a jump elsewhere would take out of a task. */
export const taskHelpKey: Key = {...helpKey, keys: ['?', ':', 'ctrl+p']};

/** Opens the jump bar. */
export const jumpKey: Key = {
	id: 'jump',
	keys: [':'],
	title: 'jump',
	says: 'goes to a credential, field, label or command by name',
	group: 'Find',
	footer: 1,
	run: state => step({...state, palette: {kind: 'jump', filter: emptyLine, choice: 0}}),
};

/** The same for screens where letters are typed or answer a question. */
export const quietHelpKey: Key = {...helpKey, keys: ['ctrl+p'], footer: 2};

/** Goes back to the list. */
export const backToListKey: Key = {
	id: 'back',
	keys: ['esc', 'h', 'left'],
	title: 'back',
	says: 'goes back to the list',
	group: 'Move',
	footer: 11,
	run: state => step(show(state, listScreen)),
};

/** Goes back to the screen that this one was opened from. */
export function backKey(keys: readonly string[], title: string, footer: number): Binding<{readonly from: Screen}> {
	return {
		id: 'back',
		keys,
		title,
		says: 'goes back to the view before',
		group: 'Leave',
		footer,
		run: (state, {from}) => step(show(state, from)),
	};
}

/** Leaves the app from a screen before the vault is open. */
export function escapeKey<S>(run: Binding<S>['run']): Binding<S> {
	return {id: 'cancel', keys: ['esc'], title: 'quit', says: 'leaves the app', group: 'Leave', footer: 8, run};
}

export const quitKey: Key = {
	id: 'quit',
	keys: ['q'],
	title: 'quit',
	says: 'leaves the app',
	group: 'Leave',
	footer: 1,
	run: quit,
};
