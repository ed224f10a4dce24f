import type {Screen} from './screen.js';
import type {State} from './state.js';
import type {Step} from './step.js';

/** Why a key is disabled now, as a sentence without its full stop; undefined when it is enabled. */
export type Reason<S = Screen> = (state: State, screen: S) => string | undefined;

/** A key of a screen: how it is shown, when it is disabled, and what it does. */
export type Binding<S = Screen> = {
	/** Names the command; the palette finds it by this too. */
	readonly id: string;
	/** In the spelling of `keyName()`; the first is the one shown. */
	readonly keys: readonly string[];
	/** What it does, in one to three words. */
	readonly title: string;
	/** The same in a sentence for the help, without its full stop, in at most 60 cells. */
	readonly says: string;
	readonly group: 'Move' | 'Find' | 'Act' | 'Edit' | 'Views' | 'Leave';
	/** Shown in the footer; higher numbers come first and are dropped last when room is short. */
	readonly footer?: number;
	/** Destroys something. */
	readonly danger?: boolean;
	readonly off?: Reason<S>;
	/** Whether it changes nothing now, which needs no reason: the footer leaves it out. */
	readonly idle?: (state: State, screen: S) => boolean;
	readonly run: (state: State, screen: S) => Step;
};
