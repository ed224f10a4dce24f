import type {Effect, UnderWay} from '../core/effect.js';
import {type Event, isLeave} from '../core/event.js';
import type {State} from '../core/state.js';
import {roomOf} from '../screens/rooms.js';

/** The text shown while an effect runs; undefined when it has no answer, or nobody waits for it. */
const words: Readonly<Record<Effect['type'], string | undefined>> = {
	inspect: 'Looking at the vault',
	protect: 'Keeping others out',
	'create-vault': 'Making the vault',
	unlock: 'Unlocking',
	'check-passphrase': 'Checking the passphrase',
	'change-passphrase': 'Changing the passphrase',
	lock: undefined,
	'list-vaults': 'Looking at the vaults',
	'switch-vault': 'Looking for the vault',
	'end-agent': undefined,
	reload: undefined,
	renew: 'Unlocking',
	'read-uses': undefined,
	'note-use': undefined,
	'plan-verify': undefined,
	verify: undefined,
	'stop-verify': undefined,
	'plan-rotation': undefined,
	rotate: undefined,
	'plan-issue': undefined,
	issue: undefined,
	'answer-rotation': undefined,
	sync: undefined,
	'read-card': 'Reading the card',
	'change-team': 'Writing it to the storage',
	compare: 'Comparing',
	add: 'Saving',
	look: 'Looking around',
	'plan-close': 'Looking at the file',
	'close-file': 'Closing it',
	'count-plaintext': undefined,
	'stop-look': undefined,
	replace: 'Saving',
	delete: 'Saving',
	restore: 'Saving',
	purge: 'Saving',
	'purge-versions': 'Saving',
	'read-versions': 'Reading',
	preview: undefined,
	merge: 'Saving',
	settle: 'Saving',
	unsettle: 'Saving',
	together: 'Saving',
	'read-named': 'Reading',
	'read-file': 'Reading',
	'read-paste': 'Reading the paste',
	'complete-path': undefined,
	'offer-paths': undefined,
	copy: 'Copying',
	'clear-clipboard': 'Clearing the clipboard',
	export: 'Exporting',
	'write-manifest': 'Writing it as YAML',
	'read-manifest': 'Reading',
	'save-settings': undefined,
	draw: undefined,
	suspend: undefined,
	redraw: undefined,
	quit: undefined,
};

/** The effects each event answers. */
const answered: Readonly<Partial<Record<Event['type'], readonly Effect['type'][]>>> = {
	inspected: ['inspect'],
	protected: ['protect'],
	opened: ['create-vault', 'unlock'],
	'vaults-listed': ['list-vaults'],
	switched: ['switch-vault'],
	reloaded: ['renew'],
	'passphrase-checked': ['check-passphrase'],
	'passphrase-changed': ['change-passphrase'],
	changed: [
		'add',
		'replace',
		'delete',
		'restore',
		'purge',
		'purge-versions',
		'merge',
		'settle',
		'unsettle',
		'together',
	],
	'versions-read': ['read-versions'],
	previewed: ['preview'],
	compared: ['compare'],
	looked: ['look'],
	'close-planned': ['plan-close'],
	'file-closed': ['close-file'],
	'named-read': ['read-named'],
	'file-read': ['read-file'],
	'paste-read': ['read-paste'],
	copied: ['copy'],
	'clipboard-cleared': ['clear-clipboard'],
	exported: ['export'],
	'manifest-written': ['write-manifest'],
	'manifest-read': ['read-manifest'],
	'card-read': ['read-card'],
	'team-changed': ['change-team'],
};

/** Effects that write what the user asked to keep: leaving waits for them. */
export const writes: readonly Effect['type'][] = [
	'add',
	'replace',
	'delete',
	'restore',
	'purge',
	'purge-versions',
	'merge',
	'settle',
	'unsettle',
	'together',
	'change-passphrase',
	'close-file',
	'export',
	'save-settings',
];

/** Delay in milliseconds before a usually instant effect is shown as running. */
const quick: Readonly<Partial<Record<Effect['type'], number>>> = {
	copy: 500,
	'clear-clipboard': 500,
	'list-vaults': 500,
};

/** The effects still running after that event. */
export function stillUnderWay(underWay: readonly UnderWay[], event: Event): readonly UnderWay[] {
	const done = event.type === 'failed' ? [event.during] : (answered[event.type] ?? []);
	const first = underWay.findIndex(({effect}) => done.includes(effect));
	return first === -1 ? underWay : underWay.toSpliced(first, 1);
}

/** Adds effects that begin now to those that run. */
export function withBegun(underWay: readonly UnderWay[], effects: readonly Effect[], now: number): readonly UnderWay[] {
	const begun = effects.filter(({type}) => words[type] !== undefined).map(({type}) => ({effect: type, since: now}));
	return begun.length === 0 ? underWay : [...underWay, ...begun];
}

/** When to show that an effect is running. */
export function toldFrom({effect, since}: UnderWay): number {
	return since + (quick[effect] ?? 0);
}

/** The effect that has run long enough to show, such as `Saving`; undefined when there is none. */
export function workText({underWay, undoing, now}: State): string | undefined {
	const told = underWay.find(each => toldFrom(each) <= now);
	if (undoing !== undefined) return undoing === 'undo' ? 'Undoing it' : 'Redoing it';
	return told && words[told.effect];
}

/** Whether a write is running that leaving waits for. */
export function isWriting({underWay}: State): boolean {
	return underWay.some(({effect}) => writes.includes(effect));
}

/** The text shown while a request to leave waits for an effect; undefined when there is none. */
export function leavesText(state: State): string | undefined {
	if (!state.ahead.some(isLeave)) return undefined;
	return isWriting(state) ? 'leaves when it is saved' : 'leaves when it is done; ctrl+c again leaves now';
}

/** Whether the screen itself shows what is running, so that nothing else has to. */
export function saysWork({screen, palette}: State): boolean {
	if (palette !== undefined || !('busy' in screen) || !screen.busy) return false;
	return roomOf(screen).saysWork?.(screen) ?? true;
}
