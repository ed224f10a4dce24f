import type {Binding} from './binding.js';
import {openKeys} from './everywhere.js';
import {screenKeys} from './screen-keys.js';
import {paletteKeys} from './screens/palette.js';
import type {State} from './state.js';

/** The keys that work now. */
export function keysOf(state: State): readonly Binding[] {
	return state.palette === undefined ? screenKeys(state) : [...paletteKeys, ...openKeys];
}

/** The binding of a key (as `keyName()` spells it); undefined when there is none. */
export function bindingFor(state: State, key: string): Binding | undefined {
	return keysOf(state).find(({keys}) => keys.includes(key));
}

/** While credentials are marked, commands for the marked ones and the way to clear marks come first. */
const forMarked: readonly Binding['id'][] = ['mark', 'export', 'label', 'delete', 'clear'];

function footerWeight({id, footer = 0}: Binding, {marks}: State): number {
	return marks.size > 0 && forMarked.includes(id) ? 20 + forMarked.indexOf(id) : footer;
}

/** The bindings the footer shows in this state, most useful first. */
export function footerBindings(state: State): readonly Binding[] {
	return keysOf(state)
		.filter(binding => footerWeight(binding, state) > 0 && binding.off?.(state, state.screen) === undefined)
		.map(binding => ({binding, weight: footerWeight(binding, state)}))
		.sort((a, b) => b.weight - a.weight)
		.map(({binding}) => binding);
}

/** How the footer and the documentation write a key. */
export function keyLabel(key: string): string {
	const labels: Readonly<Record<string, string>> = {up: '↑', down: '↓', left: '←', right: '→', ' ': 'space'};
	return labels[key] ?? key;
}
