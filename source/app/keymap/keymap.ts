import type {Binding} from '../binding.js';
import {type Mode, modes} from '../mode.js';
import {nothingToAccept} from '../reasons.js';
import {browseKeys} from './browse.js';
import {draftKeys} from './draft.js';

const locked: readonly Mode[] = ['first-run', 'unlock', 'blocked'];

/** Keys that work on every screen, in the palette, and for a vault that can't be opened. */
const everywhereKeys: readonly Binding[] = [
	{
		id: 'palette',
		keys: ['ctrl+p'],
		title: 'help',
		group: 'Find',
		modes: [
			'wizard-text',
			'wizard-field',
			'wizard-review',
			'wizard-done',
			'edit',
			'edit-lines',
			'manifest',
			'conflict',
			'gone',
			'delete',
			'ask',
			'copy',
			'use',
			'import-asking',
			'blocked',
		],
		footer: 2,
	},
	{id: 'submit', keys: ['enter'], title: 'run it', group: 'Edit', modes: ['palette'], footer: 9},
	{id: 'back', keys: ['esc'], title: 'close', group: 'Leave', modes: ['palette'], footer: 8},
	{id: 'down', keys: ['down', 'ctrl+n', 'tab'], title: 'down', group: 'Move', modes: ['palette']},
	{id: 'up', keys: ['up', 'ctrl+p', 'shift+tab'], title: 'up', group: 'Move', modes: ['palette']},
	{
		id: 'accept-older',
		keys: ['ctrl+o'],
		title: 'use older copy',
		group: 'Act',
		modes: ['blocked'],
		footer: 8,
		danger: true,
		off: nothingToAccept,
	},
	{id: 'retry', keys: ['ctrl+r'], title: 'try again', group: 'Act', modes: ['blocked'], footer: 9},
	{id: 'lock', keys: ['ctrl+x'], title: 'lock', group: 'Leave', modes: modes.filter(mode => !locked.includes(mode))},
	{
		id: 'cancel',
		keys: ['ctrl+c'],
		title: 'quit from anywhere',
		group: 'Leave',
		modes: modes.filter(mode => mode !== 'busy'),
	},
	{id: 'cancel', keys: ['ctrl+c'], title: 'quit', group: 'Leave', modes: ['busy'], footer: 1},
	{id: 'cancel', keys: ['esc'], title: 'quit', group: 'Leave', modes: locked, footer: 8},
	{id: 'suspend', keys: ['ctrl+z'], title: 'to the shell (fg)', group: 'Leave', modes},
	{id: 'redraw', keys: ['ctrl+l'], title: 'draw again', group: 'Leave', modes},
];

/** Every key of the app. The footer, the palette and the README are generated from it. */
export const keymap: readonly Binding[] = [...browseKeys, ...draftKeys, ...everywhereKeys];
