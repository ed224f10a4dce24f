import {type Mode, modes} from './mode.js';
import {
	noGuide,
	noMoreFields,
	notChanged,
	notFiltered,
	notHidden,
	nothingDeleted,
	nothingSelected,
	nothingToAccept,
	nothingToFind,
	notTyped,
	type Reason,
} from './reasons.js';
export type CommandId =
	| 'cancel'
	| 'redraw'
	| 'suspend'
	| 'quit'
	| 'down'
	| 'up'
	| 'page-down'
	| 'page-up'
	| 'first'
	| 'last'
	| 'open'
	| 'back'
	| 'filter'
	| 'apply'
	| 'clear'
	| 'sort'
	| 'create'
	| 'edit'
	| 'reveal'
	| 'delete'
	| 'undo'
	| 'submit'
	| 'next-field'
	| 'previous-field'
	| 'show'
	| 'guide'
	| 'save'
	| 'add-field'
	| 'put-back'
	| 'confirm'
	| 'accept-older'
	| 'retry'
	| 'keep-mine'
	| 'take-theirs';

export type Binding = {
	readonly id: CommandId;
	/** As `keyName()` spells them; the first is the one that is shown. */
	readonly keys: readonly string[];
	/** What it does, in a word or three. */
	readonly title: string;
	readonly group: 'Move' | 'Find' | 'Act' | 'Edit' | 'Leave';
	readonly modes: readonly Mode[];
	/** Shown in the footer; higher comes first and stays longest when room is short. */
	readonly footer?: number;
	/** Takes something away. */
	readonly danger?: boolean;
	/** Why it does nothing now. */
	readonly off?: Reason;
};

/** Every key of the app. Footer and README are made from it. */
export const keymap: readonly Binding[] = [
	{
		id: 'open',
		keys: ['enter', 'l', 'right'],
		title: 'open',
		group: 'Move',
		modes: ['list'],
		footer: 8,
		off: nothingSelected,
	},
	{id: 'back', keys: ['esc', 'h', 'left', 'backspace'], title: 'back', group: 'Move', modes: ['detail'], footer: 9},
	{
		id: 'down',
		keys: ['down', 'j', 'ctrl+n'],
		title: 'down',
		group: 'Move',
		modes: ['list', 'detail', 'wizard-choice', 'wizard-review'],
	},
	{
		id: 'up',
		keys: ['up', 'k', 'ctrl+p'],
		title: 'up',
		group: 'Move',
		modes: ['list', 'detail', 'wizard-choice', 'wizard-review', 'guide'],
	},
	{id: 'down', keys: ['down', 'ctrl+n'], title: 'down', group: 'Move', modes: ['wizard-provider']},
	{id: 'up', keys: ['up', 'ctrl+p'], title: 'up', group: 'Move', modes: ['wizard-provider']},
	{
		id: 'page-down',
		keys: ['pagedown', 'ctrl+d', 'ctrl+f'],
		title: 'page down',
		group: 'Move',
		modes: ['list', 'detail', 'guide'],
	},
	{
		id: 'page-up',
		keys: ['pageup', 'ctrl+u', 'ctrl+b'],
		title: 'page up',
		group: 'Move',
		modes: ['list', 'detail', 'guide'],
	},
	{id: 'first', keys: ['home', 'g'], title: 'first', group: 'Move', modes: ['list', 'detail', 'guide']},
	{id: 'last', keys: ['end', 'G'], title: 'last', group: 'Move', modes: ['list', 'detail', 'guide']},

	{id: 'filter', keys: ['/'], title: 'find', group: 'Find', modes: ['list'], footer: 6, off: nothingToFind},
	{id: 'sort', keys: ['s'], title: 'sort', group: 'Find', modes: ['list'], footer: 3, off: nothingToFind},
	{id: 'clear', keys: ['esc'], title: 'show all', group: 'Find', modes: ['list'], footer: 9, off: notFiltered},
	{id: 'apply', keys: ['enter', 'tab'], title: 'to the list', group: 'Find', modes: ['filter'], footer: 9},
	{id: 'clear', keys: ['esc'], title: 'show all', group: 'Find', modes: ['filter'], footer: 8},
	{id: 'down', keys: ['down', 'ctrl+n'], title: 'down', group: 'Move', modes: ['filter']},
	{id: 'up', keys: ['up', 'ctrl+p'], title: 'up', group: 'Move', modes: ['filter']},

	{id: 'create', keys: ['n'], title: 'new', group: 'Act', modes: ['list', 'detail', 'wizard-done'], footer: 7},
	{id: 'edit', keys: ['e'], title: 'edit', group: 'Act', modes: ['list', 'detail'], footer: 6, off: nothingSelected},
	{
		id: 'reveal',
		keys: ['r'],
		title: 'reveal',
		group: 'Act',
		modes: ['list', 'detail'],
		footer: 5,
		off: nothingSelected,
	},
	{
		id: 'delete',
		keys: ['d'],
		title: 'delete',
		group: 'Act',
		modes: ['list', 'detail'],
		footer: 4,
		danger: true,
		off: nothingSelected,
	},
	{
		id: 'undo',
		keys: ['z'],
		title: 'undo delete',
		group: 'Act',
		modes: ['list', 'detail'],
		footer: 3,
		off: nothingDeleted,
	},

	{id: 'submit', keys: ['enter'], title: 'go on', group: 'Edit', modes: ['first-run'], footer: 9},
	{id: 'submit', keys: ['enter'], title: 'unlock', group: 'Edit', modes: ['unlock'], footer: 9},
	{
		id: 'submit',
		keys: ['enter'],
		title: 'choose',
		group: 'Edit',
		modes: ['wizard-provider', 'wizard-choice'],
		footer: 9,
	},
	{id: 'submit', keys: ['enter'], title: 'next', group: 'Edit', modes: ['wizard-text', 'wizard-field'], footer: 9},
	{id: 'submit', keys: ['enter'], title: 'save', group: 'Edit', modes: ['wizard-review'], footer: 9},
	{id: 'submit', keys: ['enter'], title: 'done', group: 'Edit', modes: ['wizard-done'], footer: 9},
	{id: 'submit', keys: ['enter'], title: 'add the field', group: 'Edit', modes: ['edit-adding'], footer: 9},
	{
		id: 'confirm',
		keys: ['enter'],
		title: 'delete',
		group: 'Edit',
		modes: ['delete'],
		footer: 8,
		danger: true,
		off: notTyped,
	},
	{id: 'next-field', keys: ['tab', 'down'], title: 'next field', group: 'Edit', modes: ['first-run'], footer: 7},
	{id: 'next-field', keys: ['tab', 'down', 'enter'], title: 'next field', group: 'Edit', modes: ['edit'], footer: 6},
	{
		id: 'previous-field',
		keys: ['shift+tab', 'up'],
		title: 'previous field',
		group: 'Edit',
		modes: ['first-run', 'edit'],
	},
	{id: 'save', keys: ['ctrl+s'], title: 'save', group: 'Edit', modes: ['edit'], footer: 9},
	{
		id: 'show',
		keys: ['ctrl+r'],
		title: 'show, hide',
		group: 'Edit',
		modes: ['first-run', 'unlock', 'wizard-review', 'conflict'],
		footer: 5,
	},
	{
		id: 'show',
		keys: ['ctrl+r'],
		title: 'show, hide',
		group: 'Edit',
		modes: ['wizard-field', 'edit'],
		footer: 5,
		off: notHidden,
	},
	{id: 'put-back', keys: ['ctrl+o'], title: 'put back', group: 'Edit', modes: ['edit'], footer: 7, off: notChanged},
	{
		id: 'add-field',
		keys: ['ctrl+n'],
		title: 'add a field',
		group: 'Edit',
		modes: ['edit'],
		footer: 4,
		off: noMoreFields,
	},
	{
		id: 'guide',
		keys: ['?', 'ctrl+g'],
		title: 'how to get one',
		group: 'Act',
		modes: ['wizard-choice', 'wizard-review'],
		footer: 6,
		off: noGuide,
	},
	{
		id: 'guide',
		keys: ['ctrl+g', '?'],
		title: 'how to get one',
		group: 'Act',
		modes: ['wizard-provider'],
		footer: 6,
		off: noGuide,
	},
	{
		id: 'guide',
		keys: ['ctrl+g'],
		title: 'how to get one',
		group: 'Act',
		modes: ['wizard-text', 'wizard-field'],
		footer: 6,
		off: noGuide,
	},

	{id: 'keep-mine', keys: ['m'], title: 'put mine on top', group: 'Act', modes: ['conflict'], footer: 9},
	{id: 'keep-mine', keys: ['m'], title: 'save mine as new', group: 'Act', modes: ['gone'], footer: 9},
	{id: 'take-theirs', keys: ['t'], title: 'let it go', group: 'Act', modes: ['gone'], footer: 8, danger: true},
	{id: 'take-theirs', keys: ['t'], title: 'take theirs', group: 'Act', modes: ['conflict'], footer: 8, danger: true},
	{id: 'confirm', keys: ['y'], title: 'discard', group: 'Act', modes: ['discard'], footer: 9, danger: true},
	{
		id: 'accept-older',
		keys: ['a'],
		title: 'use the older copy',
		group: 'Act',
		modes: ['blocked'],
		footer: 8,
		danger: true,
		off: nothingToAccept,
	},
	{id: 'retry', keys: ['r'], title: 'try again', group: 'Act', modes: ['blocked'], footer: 9},

	{
		id: 'back',
		keys: ['esc', 'shift+tab'],
		title: 'back',
		group: 'Leave',
		modes: ['wizard-provider', 'wizard-text', 'wizard-field', 'wizard-review'],
		footer: 8,
	},
	{
		id: 'back',
		keys: ['esc', 'h', 'left', 'shift+tab'],
		title: 'back',
		group: 'Leave',
		modes: ['wizard-choice'],
		footer: 8,
	},
	{id: 'down', keys: ['down', 'j', 'ctrl+n'], title: 'scroll', group: 'Move', modes: ['guide'], footer: 5},
	{id: 'back', keys: ['esc', 'q', '?', 'ctrl+g', 'enter'], title: 'close', group: 'Leave', modes: ['guide'], footer: 9},
	{id: 'back', keys: ['esc'], title: 'keep it', group: 'Leave', modes: ['delete'], footer: 9},
	{id: 'back', keys: ['esc', 'n', 'enter'], title: 'keep the draft', group: 'Leave', modes: ['discard'], footer: 8},
	{id: 'back', keys: ['esc'], title: 'leave', group: 'Leave', modes: ['edit'], footer: 8},
	{id: 'back', keys: ['esc'], title: 'back', group: 'Leave', modes: ['edit-adding', 'conflict', 'gone'], footer: 7},
	{
		id: 'quit',
		keys: ['q'],
		title: 'quit',
		group: 'Leave',
		modes: ['list', 'detail', 'blocked', 'wizard-done'],
		footer: 2,
	},
	{id: 'cancel', keys: ['ctrl+c'], title: 'quit', group: 'Leave', modes},
	{id: 'cancel', keys: ['esc'], title: 'quit', group: 'Leave', modes: ['first-run', 'unlock'], footer: 8},
	{id: 'suspend', keys: ['ctrl+z'], title: 'to the shell; fg comes back', group: 'Leave', modes},
	{id: 'redraw', keys: ['ctrl+l'], title: 'draw again', group: 'Leave', modes},
];
