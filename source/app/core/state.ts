import {type LastUses, noLastUses} from '../../credentials/last-use.js';
import {noVerdicts, type Verdicts, withKept} from '../../credentials/standing.js';
import type {Credential, TrashedCredential} from '../../domain/credential.js';
import type {Environment} from '../../domain/environment.js';
import type {Exposure} from '../../domain/exposure.js';
import {defaultSettings, type Settings} from '../../domain/settings.js';
import {type Exposures, nobodyRemoved} from '../../domain/team.js';
import {noWorks, type UnderWayWorks} from '../../domain/under-way-work.js';
import type {ListedVault} from '../../domain/vault-list.js';
import {emptyLine, type Line} from '../input/line-editor.js';
import type {Size} from '../layout/layout.js';
import type {Asking} from './asking.js';
import type {UnderWay} from './effect.js';
import type {Stored, TypedAhead, UndoEntry} from './event.js';
import {firstPreview, type Preview} from './preview.js';
import {noRotating, type Rotating} from './rotating.js';
import type {Screen} from './screen.js';
import {noSharing, type Sharing, withTeam} from './sharing.js';
import type {AppStart} from './start.js';
import type {Trouble} from './trouble.js';
import {noVisits, type Visits} from './visits.js';

/**
 * What lies over the screen: the keys of the screen, or the jump bar, which leads to everything. `filter` is the part
 * of a name typed so far.
 */
export type Palette = {readonly kind: 'keys' | 'jump'; readonly filter: Line; readonly choice: number};

export type Message = {readonly kind: 'done' | 'note' | 'error'; readonly text: string; readonly until: number};

/** A copied secret, and when it is cleared. */
type CopiedSecret = {readonly what: string; readonly until: number};

export type State = {
	readonly size: Size;
	/** Time of the last event, in milliseconds since the epoch. */
	readonly now: number;
	readonly path: string;
	readonly environment: Environment;
	readonly settings: Settings;
	/** Whether the terminal's background is light, as far as it has said so. */
	readonly isLight: boolean;
	/** Why the settings are the defaults although there is a file of them. */
	readonly settingsTrouble?: string | undefined;
	/** The vault as a flag named it, or its name: copied command lines name it too. */
	readonly vault?: string | undefined;
	/** What the vault is called, where there is more than one. */
	readonly vaultName?: string | undefined;
	/** The vault that was open when this one was gone to, until this one is open. */
	readonly cameFrom?: ListedVault | undefined;
	/** The vault is sample data in memory. */
	readonly demo: boolean;
	/** Lines are read by a screen reader; no rows are shown. */
	readonly linear: boolean;
	/** How others can reach the vault. */
	readonly exposures: readonly Exposure[];
	readonly start: AppStart;
	readonly screen: Screen;
	/** All credentials in the order of the settings; empty until the vault is open. */
	readonly credentials: readonly Credential[];
	readonly trash: readonly TrashedCredential[];
	/** Of each closed file that can be put back, the ids of the credentials that it held. */
	readonly closed: readonly (readonly string[])[];
	/** The last uses on this machine, as far as they have been read. */
	readonly uses: LastUses;
	/** What is under way at providers, by the id of the credential. */
	readonly works: UnderWayWorks;
	/** What was said of the credentials when they were asked about. */
	readonly verdicts: Verdicts;
	/** The credentials that providers are being asked about; undefined for none. */
	readonly asking: Asking | undefined;
	/** The keys that this app replaces now. */
	readonly rotating: Rotating;
	/** With whom the vault is shared, and how far that is. */
	readonly sharing: Sharing;
	/** What removed members could read. */
	readonly exposed: Exposures;
	readonly filter: Line;
	/** The filter's matches, best first; all credentials while it is empty. */
	readonly found: readonly Credential[];
	readonly selected?: string | undefined;
	/** False when somebody wants list and detail one at a time, though the window has room for both. */
	readonly split?: boolean;
	/** The first visible row of the list. */
	readonly top: number;
	/** Ids of the credentials the next command is for, instead of the selected one. */
	readonly marks: ReadonlySet<string>;
	/** The credential whose secrets are shown, and until when. */
	readonly reveal?: {readonly id: string; readonly until: number} | undefined;
	/** What the pane beside the list shows of the selected credential. */
	readonly preview: Preview;
	/** Where the jump bar has led since the vault was opened. */
	readonly visits: Visits;
	readonly copied?: CopiedSecret | undefined;
	readonly message?: Message | undefined;
	readonly palette?: Palette | undefined;
	/** Keys and pastes held back while the screen waits for an effect; they are handled after it. */
	readonly ahead: readonly TypedAhead[];
	/** What `z` undoes, latest first. */
	readonly undoable: readonly UndoEntry[];
	/** What `Z` does again, latest first. */
	readonly redoable: readonly UndoEntry[];
	/** The latest of `undoable` is being undone, or of `redoable` is being done again. */
	readonly undoing: 'undo' | 'redo' | undefined;
	/** Why the vault's file can't be read now; undefined when it can. */
	readonly trouble: Trouble | undefined;
	/** Names of files beside the vault that hold another state of it, as far as they were named. */
	readonly copies: readonly string[];
	/** Running effects, oldest first. */
	readonly underWay: readonly UnderWay[];
	/** Locks as soon as neither the screen nor an undo waits for an effect. */
	readonly lockDue: boolean;
	/** Until when esc leaves instead of going one step back; undefined where it goes back. */
	readonly leaveHint?: number | undefined;
	/** The app is being left: nothing is shown any more. */
	readonly left?: boolean;
	/** Time of the last key press, paste or mouse action. */
	readonly lastInput: number;
};

type World = Pick<State, 'size' | 'now' | 'path' | 'environment' | 'start' | 'screen'> &
	Partial<Pick<State, 'settings' | 'settingsTrouble' | 'demo' | 'linear' | 'vault' | 'vaultName' | 'exposures'>>;

/** The app before its first event: no credentials, no input. */
export function newState(world: World): State {
	return {
		settings: defaultSettings,
		demo: false,
		isLight: false,
		linear: false,
		exposures: [],
		...world,
		credentials: [],
		trash: [],
		closed: [],
		uses: noLastUses,
		works: noWorks,
		verdicts: noVerdicts,
		asking: undefined,
		rotating: noRotating,
		sharing: noSharing,
		exposed: nobodyRemoved,
		filter: emptyLine,
		found: [],
		top: 0,
		marks: new Set(),
		preview: firstPreview,
		visits: noVisits,
		ahead: [],
		undoable: [],
		redoable: [],
		undoing: undefined,
		trouble: undefined,
		copies: [],
		underWay: [],
		lockDue: false,
		lastInput: world.now,
	};
}

/** What the vault holds beside the credentials of the list, with what was said since. */
export function besideList(
	state: State,
	{trash, closed = [], verdicts: kept = [], works = [], team}: Stored,
): Pick<State, 'trash' | 'closed' | 'verdicts' | 'works' | 'sharing' | 'exposed'> {
	const {sharing, exposed} = withTeam(state, team);
	return {
		sharing,
		exposed,
		trash,
		closed,
		verdicts: withKept(state.verdicts, kept),
		works: works.length === 0 ? noWorks : new Map(works.map(each => [each.id, each])),
	};
}

type Place = {readonly selected: string | undefined; readonly at: number};

const places = new WeakMap<readonly Credential[], Place>();

/** Where the selected credential is in the list; -1 when it is not in it. A key asks many times, and looks once. */
export function selectedPlace({found, selected}: Pick<State, 'found' | 'selected'>): number {
	const known = places.get(found);
	if (known !== undefined && known.selected === selected) return known.at;
	const at = found.findIndex(({id}) => id === selected);
	places.set(found, {selected, at});
	return at;
}

/** The selected credential; undefined in an empty vault. */
export function selectedCredential(state: State): Credential | undefined {
	return state.found[selectedPlace(state)];
}

/**
 * The credentials a command for several acts on: the marked ones in the list, or the selected one when none is marked.
 */
export function targetCredentials(state: State): readonly Credential[] {
	if (state.marks.size > 0) return state.found.filter(({id}) => state.marks.has(id));
	const selected = selectedCredential(state);
	return selected === undefined ? [] : [selected];
}

/** What an effect that opens the vault is told, so that it opens for commands too. */
export function forCommands({settings}: State): {readonly agentMinutes?: number} {
	return settings.agentFromApp ? {agentMinutes: settings.agentMinutes} : {};
}

/** Whether a credential's secrets are shown now. */
export function isRevealed(state: State, credential: Credential): boolean {
	return state.reveal?.id === credential.id && state.reveal.until > state.now;
}

/** How long a secret is shown, in milliseconds: in the detail since it was revealed, in a field since the last key. */
export function revealTime({settings}: State): number {
	return settings.revealSeconds * 1000;
}

/** Whether a field shows its secret while typing. */
export function showsField({screen}: State): boolean {
	return 'shown' in screen && screen.shown;
}

/** The state with every field masked. */
export function withoutShown(state: State): State {
	const {screen} = state;
	return showsField(state) ? {...state, screen: {...screen, shown: false} as Screen} : state;
}

/** Whether the screen waits for an effect. */
export function isBusy({screen}: State): boolean {
	return 'busy' in screen && screen.busy;
}

/** Whether the vault is open and can be locked. */
export function isOpen({screen}: Pick<State, 'screen'>): boolean {
	// The list of vaults lies over any screen.
	if (screen.kind === 'vaults') return isOpen({screen: screen.from});
	return screen.kind !== 'first-run' && screen.kind !== 'unlock';
}

/** When the vault locks if no key is pressed before, in milliseconds since the epoch. */
export function lockMoment({lastInput, settings}: State): number {
	return lastInput + settings.lockMinutes * 60_000;
}
