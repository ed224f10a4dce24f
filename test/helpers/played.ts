import type {Event} from '../../source/app/core/event.js';
import {newState, type State} from '../../source/app/core/state.js';
import {pressOf} from '../../source/app/input/keys.js';
import {update} from '../../source/app/loop/update.js';
import {firstRunScreen} from '../../source/app/screens/first-run.js';
import {unlockScreen} from '../../source/app/screens/unlock.js';
import {lastUses} from '../../source/credentials/last-use.js';
import type {Credential, TrashedCredential} from '../../source/domain/credential.js';
import type {ErrorCode} from '../../source/domain/errors.js';
import type {UnderWayWork} from '../../source/domain/under-way-work.js';
import {demoContent, demoUses} from '../../source/vault/demo-content.js';

/** When everything happens that does not say otherwise. */
const noon = Date.parse('2026-11-24T12:00:00Z');

/** The smallest window that the app is drawn in. */
export const smallest = {columns: 40, rows: 10} as const;

/** Something that happens: an event, a key by its name in the keymap, or a text that is typed. */
export type Happening = Event | string;

/** The app in a window, and the vault that it is opened on. */
export type World = {
	readonly columns?: number;
	readonly rows?: number;
	/** Without, the invented ones. */
	readonly credentials?: readonly Credential[];
	readonly trash?: readonly TrashedCredential[];
	/** The ids of the credentials that each closed file held. */
	readonly closed?: readonly (readonly string[])[];
	/** What is under way at providers. */
	readonly works?: readonly UnderWayWork[];
} & Partial<Pick<State, 'environment' | 'start' | 'settings' | 'vault' | 'demo' | 'exposures'>>;

function begun({columns = 80, rows = 24, environment, start, ...rest}: World, screen: State['screen']): State {
	const {credentials: _, trash: __, closed: ___, works: ____, ...world} = rest;
	return newState({
		size: {columns, rows},
		now: noon,
		path: '/home/me/.config/pharmer/vault.json',
		environment: environment ?? {},
		start: start ?? {kind: 'browse'},
		screen,
		...world,
	});
}

/** The app at its first start, where there is no vault yet. */
export function firstStart(world: World = {}): State {
	return begun(world, firstRunScreen);
}

/** The app before a locked vault. */
export function lockedApp(world: World = {}): State {
	return begun(world, unlockScreen);
}

/** The app while it tries a passphrase that a flag or the environment gave. */
export function triedApp(world: World = {}): State {
	return begun(world, {...unlockScreen, given: true, busy: true});
}

/** The vault has been opened, or read again. */
function stored(type: 'opened' | 'reloaded', {credentials, trash, closed = [], works = []}: World = {}): Event {
	const invented = demoContent(new Date(noon));
	return {
		type,
		stored: {
			credentials: credentials ?? invented.credentials,
			trash: trash ?? (credentials === undefined ? invented.trash : []),
			closed,
			works,
		},
	};
}

/** The app with its vault open: on the list, or on what it was started for. The uses of invented ones are read. */
export function openedApp(world: World = {}): State {
	const invented = demoUses(new Date(noon));
	const uses = lastUses({since: invented.at(-1)?.at, list: invented});
	const read: readonly Event[] = world.credentials === undefined ? [{type: 'uses', uses}] : [];
	return played(lockedApp(world), stored('opened', world), ...read);
}

/** An effect has failed. */
export function failed(
	during: Extract<Event, {type: 'failed'}>['during'],
	code: ErrorCode,
	message: string,
	hint?: string,
	now?: World,
): Event {
	const newest = now === undefined ? undefined : stored('reloaded', now);
	return {
		type: 'failed',
		during,
		failure: {code, message, hint},
		...(newest?.type === 'reloaded' ? {stored: newest.stored} : {}),
	};
}

/** The presses that a string stands for: one key, or a text letter by letter. */
function presses(keys: string): readonly Event[] {
	const one = pressOf(keys);
	const isKey = one.name !== undefined || /^(ctrl|alt|shift)\+./.test(keys) || [...keys].length === 1;
	return (isKey ? [one] : [...keys].map(pressOf)).map(press => ({type: 'key', press}));
}

/** The app after all of that; what it asks of the world is not done. */
export function played(state: State, ...happenings: readonly Happening[]): State {
	const events = happenings.flatMap(each => (typeof each === 'string' ? presses(each) : [each]));
	return events.reduce((before, event) => update(before, event, before.now).state, state);
}

/** The app after that many milliseconds in which nothing happens. */
export function later(state: State, milliseconds: number): State {
	return update(state, {type: 'tick'}, state.now + milliseconds).state;
}

/** The app on the list with that credential selected, found by its name. */
export function on(name: string, world: World = {}): State {
	return played(openedApp(world), '/', name, 'enter', 'esc');
}
