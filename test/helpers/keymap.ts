import type {Binding} from '../../source/app/core/binding.js';
import {busyKeys, lockedKeys, openKeys} from '../../source/app/keyboard/everywhere.js';
import {jumpKeys} from '../../source/app/keyboard/jump.js';
import {paletteKeys} from '../../source/app/keyboard/palette.js';
import {textKeys} from '../../source/app/keyboard/text-keys.js';
import {rooms} from '../../source/app/screens/rooms.js';

const locked: readonly string[] = ['first-run', 'unlock'];

/** The modes in which a plain letter is text. `screens.test.ts` holds it against every scene. */
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
	'export',
	'import-asking',
	'wizard-provider',
	'wizard-text',
	'wizard-file',
	'wizard-field',
	'edit',
	'edit-lines',
	'review',
	'review-lines',
	'edit-adding',
	'manifest',
];

/** Every mode and its keys, in the order of the palette. Their `run` takes the mode's own screen. */
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

export const modes: readonly string[] = [...keymap.keys()];

/** The keys of that mode. */
export function keysIn(mode: string): readonly Binding<never>[] {
	const keys = keymap.get(mode);
	if (keys === undefined) throw new Error(`there is no mode ${mode}`);
	return keys;
}

/** Every key that does something somewhere, once. */
export const allKeys: readonly string[] = [
	...new Set([...keymap.values()].flatMap(bindings => bindings.flatMap(({keys}) => keys))),
];
