import type {Credential, TrashedCredential} from '../domain/credential.js';
import type {Environment} from '../domain/environment.js';
import type {Exposure} from '../domain/exposure.js';
import type {UnderWay} from './effect.js';
import type {Done, TypedAhead} from './event.js';
import type {Size} from './layout.js';
import {emptyLine, type Line} from './line-editor.js';
import type {Screen} from './screen.js';
import {defaultSettings, type Settings} from './settings.js';
import type {AppStart} from './start.js';

export type Sort = 'name' | 'provider' | 'age' | 'expiry';

/** The commands that have keys here, over the screen; `filter` is what was typed of a name. */
export type Palette = {readonly filter: Line; readonly choice: number};

export type Message = {readonly kind: 'done' | 'note' | 'error'; readonly text: string; readonly until: number};

/** A secret that was copied and is taken back at a moment. */
type CopiedSecret = {readonly what: string; readonly until: number};

export type State = {
	readonly size: Size;
	/** Milliseconds since the epoch, as of the last event. */
	readonly now: number;
	readonly path: string;
	readonly environment: Environment;
	readonly settings: Settings;
	/** The path of the vault when a flag named it: command lines to copy name it, too. */
	readonly vault?: string | undefined;
	/** The vault is invented and in memory. */
	readonly demo: boolean;
	/** What lets others at the vault. */
	readonly exposures: readonly Exposure[];
	readonly start: AppStart;
	readonly screen: Screen;
	/** All of them in the order of `sort`; empty until the vault is open. */
	readonly credentials: readonly Credential[];
	readonly trash: readonly TrashedCredential[];
	readonly sort: Sort;
	readonly filter: Line;
	/** What the filter finds of them, the best first; all while it is empty. */
	readonly found: readonly Credential[];
	readonly selected?: string | undefined;
	/** The first visible row of the list. */
	readonly top: number;
	/** The ids of those that the next command is for, instead of the selected one. */
	readonly marks: ReadonlySet<string>;
	/** The credential whose secrets are shown, and until when. */
	readonly reveal?: {readonly id: string; readonly until: number} | undefined;
	readonly copied?: CopiedSecret | undefined;
	readonly message?: Message | undefined;
	readonly palette?: Palette | undefined;
	/** Keys and pastes that came while something was under way; they are handled when it is done. */
	readonly ahead: readonly TypedAhead[];
	/** What `z` takes back, the last first. */
	readonly done: readonly Done[];
	/** The last of it is being taken back. */
	readonly undoing: boolean;
	/** Effects that are carried out and not answered yet, the first first. */
	readonly underWay: readonly UnderWay[];
	/** Locks as soon as nothing is under way. */
	readonly lockDue: boolean;
	/** The app is being left: nothing is shown any more. */
	readonly left?: boolean;
	/** When a key was pressed or something pasted last. */
	readonly touched: number;
};

type World = Pick<State, 'size' | 'now' | 'path' | 'environment' | 'start' | 'screen'> &
	Partial<Pick<State, 'settings' | 'demo' | 'vault' | 'exposures'>>;

/** The app before anything has happened: no credential, nothing typed. */
export function newState(world: World): State {
	return {
		settings: defaultSettings,
		demo: false,
		exposures: [],
		...world,
		credentials: [],
		trash: [],
		sort: 'name',
		filter: emptyLine,
		found: [],
		top: 0,
		marks: new Set(),
		ahead: [],
		done: [],
		undoing: false,
		underWay: [],
		lockDue: false,
		touched: world.now,
	};
}

/** The selected credential, or undefined in an empty vault. */
export function selectedCredential(state: State): Credential | undefined {
	return state.found.find(credential => credential.id === state.selected);
}

/**
 * What a command for several is for: the marked ones that are in the list now, or where none is marked the selected
 * one.
 */
export function targetCredentials(state: State): readonly Credential[] {
	if (state.marks.size > 0) return state.found.filter(({id}) => state.marks.has(id));
	const selected = selectedCredential(state);
	return selected === undefined ? [] : [selected];
}

/** Whether that credential's secrets are shown now. */
export function isRevealed(state: State, credential: Credential): boolean {
	return state.reveal?.id === credential.id && state.reveal.until > state.now;
}

/** How long a secret is shown, in milliseconds: in the detail since it was revealed, in a field since the last key. */
export function revealTime({settings}: State): number {
	return settings.revealSeconds * 1000;
}

/** Whether a field shows its secret as it is typed. */
export function showsField({screen}: State): boolean {
	return 'shown' in screen && screen.shown;
}

/** Whether something is under way that the screen waits for. */
export function isBusy({screen}: State): boolean {
	return 'busy' in screen && screen.busy;
}

/** Whether the vault is open: there is something to lock. */
export function isOpen({screen}: State): boolean {
	return screen.kind !== 'first-run' && screen.kind !== 'unlock';
}

/** When the vault locks if nobody touches a key until then, in milliseconds since the epoch. */
export function lockMoment({touched, settings}: State): number {
	return touched + settings.lockMinutes * 60_000;
}
