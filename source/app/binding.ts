import type {Mode} from './mode.js';
import type {State} from './state.js';

/** Every command a key can run. */
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

/** Why a key is disabled now, as a sentence without its full stop; undefined when it is enabled. */
export type Reason = (state: State) => string | undefined;

export type Binding = {
	readonly id: CommandId;
	/** In the spelling of `keyName()`; the first is the one shown. */
	readonly keys: readonly string[];
	/** What it does, in one to three words. */
	readonly title: string;
	readonly group: 'Move' | 'Find' | 'Act' | 'Edit' | 'Views' | 'Leave';
	readonly modes: readonly Mode[];
	/** Shown in the footer; higher numbers come first and are dropped last when room is short. */
	readonly footer?: number;
	/** Destroys something. */
	readonly danger?: boolean;
	/** Why it is disabled now. */
	readonly off?: Reason;
};
