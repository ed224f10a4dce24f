import type {CommandId} from '../binding.js';
import type {Effect} from '../effect.js';
import type {Change, Event} from '../event.js';
import type {Mode} from '../mode.js';
import type {Failure, Screen} from '../screen.js';
import type {Prompt} from '../spoken/prompt.js';
import type {State} from '../state.js';
import type {Step} from '../step.js';
import type {Typing} from '../typing.js';

/** Everything the app knows about one kind of screen. The map of rooms is total: a kind without one does not compile. */
export type Room<S extends Screen> = {
	/** What keys mean there now. */
	readonly mode: (screen: S) => Mode;
	/** What a key of the keymap does, or a command chosen by name; undefined for a press that is none. */
	readonly onCommand: (state: State, screen: S, command: CommandId | undefined) => Step;
	/** The text that has the keyboard: what is typed and pasted goes there. Without it nothing is ever typed. */
	readonly typing?: (state: State, screen: S) => Typing | undefined;
	/** What a paste is answered with where nothing is typed: a note, or nothing. */
	readonly noTyping?: (screen: S) => string | undefined;
	/** What comes of an effect that failed; its message is shown where this is left out. */
	readonly onFailure?: (state: State, screen: S, failure: Failure, during: Effect['type']) => Step;
	/** What a screen does with what it has asked for, when that is there. */
	readonly onResult?: (state: State, screen: S, result: Result) => Step | undefined;
	/** What comes of a vault that somebody else wrote, or that was opened again after a lock, in a state that has it. */
	readonly onReloaded?: (state: State, screen: S, before: State) => Step;
	/** What comes of a change that this screen has made, in a state that has it. */
	readonly onSaved?: (state: State, screen: S, change: Saved) => Step;
	/** Whether it says itself that it waits; a screen that waits does when this is left out. */
	readonly saysWork?: (screen: S) => boolean;
	/** The screen as it comes back after a lock: nothing is shown, asked or under way. It stays as it is without this. */
	readonly settled?: (screen: S) => Screen;
	/** Where one is, behind the program's name. */
	readonly crumbs: (state: State, screen: S) => readonly string[];
	readonly spoken: Spoken<S>;
};

/** What came of an effect that one screen has asked for. */
export type Result = Extract<
	Event,
	{readonly type: 'looked' | 'named-read' | 'file-read' | 'manifest-written' | 'manifest-read' | 'exported'}
>;

/** A change that adds credentials or puts others in their place. */
export type Saved = Extract<Change, {readonly kind: 'added' | 'replaced'}>;

/** What a screen reader is told of a screen. Never a secret. */
type Spoken<S extends Screen> = {
	/** What makes it another screen, which is read as a whole; its kind when left out. */
	readonly place?: (screen: S) => string;
	/** The whole screen, a line each: what it is, and what is on it. */
	readonly body: (state: State, screen: S) => readonly string[];
	/** What is under the cursor, in one line; empty where there is nothing to choose. */
	readonly item?: (state: State, screen: S) => string;
	/** Tells items from each other: another one is read, the same one a minute later is not. */
	readonly itemKey?: (state: State, screen: S) => string;
	/** What stands in the way of going on. */
	readonly problem?: (screen: S) => string | undefined;
	/** What has the keyboard, and what is typed there. */
	readonly prompt: (state: State, screen: S) => Prompt;
};
