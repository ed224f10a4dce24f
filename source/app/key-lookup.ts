import type {Binding} from './binding.js';
import {keymap} from './keymap/keymap.js';
import {type Mode, modeOf} from './mode.js';
import type {State} from './state.js';

/** The binding of that key (as `keyName()` spells it) in that mode, or undefined. */
export function bindingFor(mode: Mode, key: string): Binding | undefined {
	return keymap.find(binding => binding.modes.includes(mode) && binding.keys.includes(key));
}

/** The bindings that the footer names in this state, the most wanted first. */
export function footerBindings(state: State): readonly Binding[] {
	const mode = modeOf(state);
	return keymap
		.filter(
			binding => binding.footer !== undefined && binding.modes.includes(mode) && binding.off?.(state) === undefined,
		)
		.sort((a, b) => (b.footer ?? 0) - (a.footer ?? 0));
}

/** How a key is written in the footer and in documentation. */
export function keyLabel(key: string): string {
	const labels: Readonly<Record<string, string>> = {up: '↑', down: '↓', left: '←', right: '→', ' ': 'space'};
	return labels[key] ?? key;
}
