import type {Binding} from './binding.js';
import {keymap} from './keymap/keymap.js';
import type {Mode} from './mode.js';
import {modeOf} from './mode-of.js';
import type {State} from './state.js';

/** The binding of a key (as `keyName()` spells it) in a mode; undefined when there is none. */
export function bindingFor(mode: Mode, key: string): Binding | undefined {
	return keymap.find(binding => binding.modes.includes(mode) && binding.keys.includes(key));
}

/** While credentials are marked, commands for the marked ones and the way to clear marks come first. */
const forMarked: readonly Binding['id'][] = ['mark', 'export', 'label', 'delete', 'clear'];

function footerWeight({id, footer = 0}: Binding, {marks}: State): number {
	return marks.size > 0 && forMarked.includes(id) ? 20 + forMarked.indexOf(id) : footer;
}

/** The bindings the footer shows in this state, most useful first. */
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

/** How the footer and the documentation write a key. */
export function keyLabel(key: string): string {
	const labels: Readonly<Record<string, string>> = {up: '↑', down: '↓', left: '←', right: '→', ' ': 'space'};
	return labels[key] ?? key;
}
