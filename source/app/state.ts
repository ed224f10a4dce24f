import type {Credential} from '../domain/credential.js';
import type {ErrorCode} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Environment} from '../providers/environment.js';
import type {Provider} from '../providers/provider.js';
import type {DraftField} from './draft.js';
import type {KeyPress} from './keys.js';
import type {Size} from './layout.js';
import {emptyLine, type Line} from './line-editor.js';
import type {AppStart} from './start.js';
import type {Done} from './undo.js';

/** Something that went wrong, as a person reads it. */
export type Failure = {readonly code: ErrorCode; readonly message: string; readonly hint?: string | undefined};

/** What stands in the way of going on. An `odd` problem is accepted by asking for the same again. */
export type Problem = {readonly severity: 'wrong' | 'odd'; readonly text: string};

/** A draft is about to be lost: by leaving it, by leaving the app, or by taking what somebody else saved. */
export type Discarding = 'leave' | 'quit' | 'theirs';

export type FirstRunScreen = {
	readonly kind: 'first-run';
	readonly passphrase: Line;
	readonly again: Line;
	readonly focus: 'passphrase' | 'again';
	readonly shown: boolean;
	readonly problem?: string | undefined;
	readonly busy: boolean;
};

export type UnlockScreen = {
	readonly kind: 'unlock';
	readonly passphrase: Line;
	readonly shown: boolean;
	/** The passphrase that is tried was not typed, but came from a flag or the environment. */
	readonly given: boolean;
	/** Wrong passphrases so far. */
	readonly tries: number;
	readonly acceptRollback: boolean;
	/** The vault can't be opened with any passphrase as it is. */
	readonly blocked?: Failure | undefined;
	readonly busy: boolean;
};

/** The list; while `filtering`, what is typed goes to the filter. */
export type ListScreen = {readonly kind: 'list'; readonly filtering: boolean};

export type Sort = 'name' | 'provider' | 'age' | 'expiry';

export type DetailScreen = {readonly kind: 'detail'; readonly top: number};

export type DeleteScreen = {
	readonly kind: 'delete';
	readonly credential: Credential;
	readonly typed: Line;
	readonly from: 'list' | 'detail';
	readonly busy: boolean;
};

/** One set of fields that a file holds; the label tells it from the others. */
export type FileSource = {readonly label: string; readonly data: ReadonlyMap<string, Secret>};

export type WizardStep = 'provider' | 'name' | 'source' | 'file' | 'profile' | 'key' | 'field' | 'review' | 'done';

export type WizardScreen = {
	readonly kind: 'wizard';
	readonly step: WizardStep;
	readonly filter: Line;
	readonly providerChoice: number;
	readonly provider?: Provider;
	readonly name: Line;
	readonly sourceChoice: number;
	readonly file: Line;
	readonly profiles: readonly FileSource[];
	readonly profileChoice: number;
	/** The name of the next field, for a provider that takes any. */
	readonly key: Line;
	readonly fields: readonly DraftField[];
	readonly focus: number;
	/** The first answer that the review shows. */
	readonly top: number;
	readonly shown: boolean;
	readonly problem?: Problem | undefined;
	readonly discarding?: Discarding | undefined;
	readonly busy: boolean;
	readonly guide?: GuideOverlay | undefined;
	readonly saved?: Credential;
};

export type GuideOverlay = {readonly top: number};

export type EditScreen = {
	readonly kind: 'edit';
	/** The credential as it was when editing began. */
	readonly basis: Credential;
	readonly fields: readonly DraftField[];
	readonly focus: number;
	readonly shown: boolean;
	/** The name of a field being added. */
	readonly adding?: Line | undefined;
	readonly problem?: (Problem & {readonly field: string}) | undefined;
	readonly discarding?: Discarding | undefined;
	/** Somebody else changed it (`theirs`), or deleted it (no `theirs`), while it was edited here. */
	readonly conflict?: {readonly theirs?: Credential | undefined} | undefined;
	readonly busy: boolean;
	readonly from: 'list' | 'detail';
};

export type Screen =
	| FirstRunScreen
	| UnlockScreen
	| ListScreen
	| DetailScreen
	| DeleteScreen
	| WizardScreen
	| EditScreen;

/** The commands that have keys here, over the screen; `filter` is what was typed of a name. */
export type Palette = {readonly filter: Line; readonly choice: number};

export type Message = {readonly kind: 'done' | 'note' | 'error'; readonly text: string; readonly until: number};

export type TypedAhead =
	| {readonly type: 'key'; readonly press: KeyPress}
	| {readonly type: 'paste'; readonly text: string};

export type State = {
	readonly size: Size;
	/** Milliseconds since the epoch, as of the last event. */
	readonly now: number;
	readonly path: string;
	readonly environment: Environment;
	readonly start: AppStart;
	readonly screen: Screen;
	/** All of them in the order of `sort`; empty until the vault is open. */
	readonly credentials: readonly Credential[];
	readonly sort: Sort;
	readonly filter: Line;
	/** What the filter finds of them, the best first; all while it is empty. */
	readonly found: readonly Credential[];
	readonly selected?: string | undefined;
	/** The first visible row of the list. */
	readonly top: number;
	/** The credential whose secrets are shown, and until when. */
	readonly reveal?: {readonly id: string; readonly until: number} | undefined;
	readonly message?: Message | undefined;
	readonly palette?: Palette | undefined;
	/** Keys and pastes that came while something was under way; they are handled when it is done. */
	readonly ahead: readonly TypedAhead[];
	/** What `z` takes back, the last first. */
	readonly done: readonly Done[];
	/** The last of it is being taken back. */
	readonly undoing: boolean;
	/** When a key was pressed or something pasted last. */
	readonly touched: number;
};

/** The app before anything has happened: no credential, nothing typed. */
export function newState(world: Pick<State, 'size' | 'now' | 'path' | 'environment' | 'start' | 'screen'>): State {
	return {
		...world,
		credentials: [],
		sort: 'name',
		filter: emptyLine,
		found: [],
		top: 0,
		ahead: [],
		done: [],
		undoing: false,
		touched: world.now,
	};
}

/** The selected credential, or undefined in an empty vault. */
export function selectedCredential(state: State): Credential | undefined {
	return state.found.find(credential => credential.id === state.selected);
}

/** Whether that credential's secrets are shown now. */
export function isRevealed(state: State, credential: Credential): boolean {
	return state.reveal?.id === credential.id && state.reveal.until > state.now;
}

const frame = 100;

/** How long a secret is shown, in milliseconds: in the detail since it was revealed, in a field since the last key. */
export const revealTime = 15_000;

/** Whether a field shows its secret as it is typed. */
export function showsField({screen}: State): boolean {
	return 'shown' in screen && screen.shown;
}

/** When the screen changes by itself next, in milliseconds since the epoch: a countdown, a message that ends, a spinner. */
export function nextWake(state: State): number | undefined {
	const moments: number[] = [];
	if ('busy' in state.screen && state.screen.busy) moments.push(state.now + frame);
	if (state.message !== undefined) moments.push(state.message.until);
	if (showsField(state)) moments.push(state.touched + revealTime);
	// Ages and expiry dates are told to the minute.
	if (state.screen.kind === 'list' || state.screen.kind === 'detail')
		moments.push(state.now + 60_000 - (state.now % 60_000));
	if (state.reveal !== undefined) {
		const left = state.reveal.until - state.now;
		moments.push(left > 1000 ? state.now + (left % 1000 || 1000) : state.reveal.until);
	}
	return moments.length === 0 ? undefined : Math.min(...moments);
}
