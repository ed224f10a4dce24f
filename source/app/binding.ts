import type {Mode} from './mode.js';
import type {State} from './state.js';

/** Everything that can be asked of the app by a key. */
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
	| 'palette'
	| 'filter'
	| 'apply'
	| 'clear'
	| 'sort'
	| 'mark'
	| 'mark-all'
	| 'copy-secret'
	| 'copy-id'
	| 'copy-field'
	| 'copy-command'
	| 'copy-commands'
	| 'next-command'
	| 'previous-command'
	| 'label'
	| 'export'
	| 'trash'
	| 'health'
	| 'settings'
	| 'restore'
	| 'purge'
	| 'purge-all'
	| 'more'
	| 'less'
	| 'lock'
	| 'manifest'
	| 'create'
	| 'edit'
	| 'rename'
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
	| 'protect'
	| 'keep-mine'
	| 'take-theirs'
	| 'import'
	| 'look'
	| 'use';

/** Why a key does nothing now, as a sentence without its end, or undefined when it does something. */
export type Reason = (state: State) => string | undefined;

export type Binding = {
	readonly id: CommandId;
	/** As `keyName()` spells them; the first is the one that is shown. */
	readonly keys: readonly string[];
	/** What it does, in a word or three. */
	readonly title: string;
	readonly group: 'Move' | 'Find' | 'Act' | 'Edit' | 'Views' | 'Leave';
	readonly modes: readonly Mode[];
	/** Shown in the footer; higher comes first and stays longest when room is short. */
	readonly footer?: number;
	/** Takes something away. */
	readonly danger?: boolean;
	/** Why it does nothing now. */
	readonly off?: Reason;
};
