import type {Binding} from '../core/binding.js';
import {rooms} from '../screens/rooms.js';
import {busyKeys, lockedKeys, openKeys} from './everywhere.js';
import {jumpKeys} from './jump.js';
import {paletteKeys} from './palette.js';
import {textKeys} from './text-keys.js';

const locked: readonly string[] = ['first-run', 'unlock'];

/** The modes in which a plain letter is text. A test holds it against every scene. */
export const textModes: readonly string[] = [
	'first-run',
	'passphrase-current',
	'passphrase-new',
	'unlock',
	'filter',
	'palette',
	'jump',
	'delete',
	'ask',
	'vaults',
	'export',
	'import-asking',
	'wizard-provider',
	'wizard-text',
	'wizard-file',
	'wizard-field',
	'issue-name',
	'invite-card',
	'invite-name',
	'invite-again',
	'member-remove',
	'member-passphrase',
	'edit',
	'edit-lines',
	'review',
	'review-lines',
	'edit-adding',
	'manifest',
];

/** Every mode and its keys as they come, in the order of the palette. Their `run` takes the mode's own screen. */
export const keymap: ReadonlyMap<string, readonly Binding<never>[]> = new Map<string, readonly Binding<never>[]>([
	...Object.entries(rooms).flatMap(([kind, room]) =>
		Object.entries<readonly Binding<never>[]>(room.keys).map(([mode, keys]) => {
			const typed = textModes.includes(mode) ? textKeys : [];
			return [mode, [...keys, ...typed, ...(locked.includes(kind) ? lockedKeys : openKeys)]] as const;
		}),
	),
	['palette', [...paletteKeys, ...openKeys]],
	['jump', [...jumpKeys, ...openKeys]],
	['busy', busyKeys],
]);

/** The modes in which a text of several lines is typed. */
export const linesModes: readonly string[] = ['edit-lines', 'review-lines', 'manifest'];
