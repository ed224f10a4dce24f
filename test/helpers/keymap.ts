import type {Binding} from '../../source/app/core/binding.js';
import {keymap} from '../../source/app/keyboard/modes.js';

export {keymap, textModes} from '../../source/app/keyboard/modes.js';

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
