import type {Binding} from '../core/binding.js';
import type {Effect} from '../core/effect.js';
import type {Result, Saved} from '../core/event.js';
import type {Failure} from '../core/failure.js';
import type {Prompt} from '../core/prompt.js';
import type {Screen} from '../core/screen.js';
import type {State} from '../core/state.js';
import type {Step} from '../core/step.js';
import type {Typing} from '../core/typing.js';

/**
 * Everything the app knows about one kind of screen. The map of rooms is total: a kind without one does not compile.
 */
export type Room<S extends Screen, Mode extends string = string> = {
	/** What has the keyboard on the screen. */
	readonly mode: (screen: S) => Mode;
	/** The keys of each mode and what they do, in the order of the palette. Keys of every screen come after them. */
	readonly keys: Readonly<Record<Mode, readonly Binding<S>[]>>;
	/** Keys that hold while the screen waits for an effect, before those of every screen that waits. */
	readonly busyKeys?: (screen: S, state: State) => readonly Binding<S>[];
	/** What ctrl+c does: leaves the app, or asks first. Leaves when this is left out. */
	readonly quit?: (state: State, screen: S) => Step;
	/** The screen after any key but the one that leaves: a question whether to leave is withdrawn. */
	readonly withoutQuestion?: (screen: S) => S;
	/** The text that has the keyboard, for typing and pasting. Screens without it take no text. */
	readonly typing?: (state: State, screen: S) => Typing | undefined;
	/** Has a paste read that may be more than a text to type; undefined where it is pasted as it stands. */
	readonly readsPaste?: (state: State, screen: S, text: string) => Step | undefined;
	/** The note after a paste where nothing is typed; undefined for none. */
	readonly noTyping?: (screen: S) => string | undefined;
	/** Handles a failed effect; the failure's message is shown when this is left out. */
	readonly onFailure?: (state: State, screen: S, failure: Failure, during: Effect['type']) => Step;
	/** Handles the result of an effect this screen asked for. */
	readonly onResult?: (state: State, screen: S, result: Result) => Step | undefined;
	/** Refreshes the screen after someone else wrote the vault or after an unlock; `state` has the new content. */
	readonly onReloaded?: (state: State, screen: S, before: State) => Step;
	/** Handles a change this screen made; `state` has the new content. */
	readonly onSaved?: (state: State, screen: S, change: Saved) => Step;
	/** Whether leaving would lose what was typed. */
	readonly hasDraft?: (state: State, screen: S) => boolean;
	/** Whether the screen itself shows a running effect; true when this is left out. */
	readonly saysWork?: (screen: S) => boolean;
	/** Whether leaving does not wait for the running effect, because it only looks. */
	readonly leavesAtOnce?: boolean;
	/** Handles a click into the body, at that cell of the window. */
	readonly onClick?: (state: State, screen: S, at: {readonly column: number; readonly row: number}) => Step;
	/** The screen as it returns after a lock: nothing shown, asked or running. Unchanged when left out. */
	readonly afterLock?: (screen: S) => Screen;
	/** Where the user is, after the program's name. */
	readonly crumbs: (state: State, screen: S) => readonly string[];
	readonly spoken: Spoken<S>;
};

/** What a screen reader reads of a screen. Never a secret. */
type Spoken<S extends Screen> = {
	/** Identifies the screen: a new one is read in full. Its kind when left out. */
	readonly place?: (screen: S) => string;
	/** The whole screen, a line each: its title and content. */
	readonly body: (state: State, screen: S) => readonly string[];
	/** The item under the cursor, in one line; empty where there is nothing to choose. */
	readonly item?: (state: State, screen: S) => string;
	/** Identifies the item: a new one is read, the same one a minute later is not. */
	readonly itemKey?: (state: State, screen: S) => string;
	/** What to say when the screen stays; when left out, the item under the cursor if that has changed. */
	readonly changes?: (before: State, was: S, after: State, is: S) => readonly string[];
	/** Lies over another screen, which is not read in full again when this closes. */
	readonly isOverlay?: boolean;
	/** The problem that blocks the next step. */
	readonly problem?: (screen: S) => string | undefined;
	/** What has the keyboard, and its text. */
	readonly prompt: (state: State, screen: S) => Prompt;
};
