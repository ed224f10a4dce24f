import type {Binding} from './binding.js';
import {keymap} from './keymap/keymap.js';
import type {Mode} from './mode.js';
import {modeOf} from './mode-of.js';
import type {State} from './state.js';

/** The binding of that key (as `keyName()` spells it) in that mode, or undefined. */
export function bindingFor(mode: Mode, key: string): Binding | undefined {
	return keymap.find(binding => binding.modes.includes(mode) && binding.keys.includes(key));
}

/** What is for everything that is marked, and the way out of it, come first while something is. */
const forMarked: readonly Binding['id'][] = ['mark', 'export', 'label', 'delete', 'clear'];

function footerWeight({id, footer = 0}: Binding, {marks}: State): number {
	return marks.size > 0 && forMarked.includes(id) ? 20 + forMarked.indexOf(id) : footer;
}

/** The bindings that the footer names in this state, the most wanted first. */
export function footerBindings(state: State): readonly Binding[] {
	const mode = modeOf(state);
	return keymap
		.filter(
			binding => footerWeight(binding, state) > 0 && binding.modes.includes(mode) && binding.off?.(state) === undefined,
		)
		.map(binding => ({binding, weight: footerWeight(binding, state)}))
		.sort((a, b) => b.weight - a.weight)
		.map(({binding}) => binding);
}

/** How a key is written in the footer and in documentation. */
export function keyLabel(key: string): string {
	const labels: Readonly<Record<string, string>> = {up: '↑', down: '↓', left: '←', right: '→', ' ': 'space'};
	return labels[key] ?? key;
}
