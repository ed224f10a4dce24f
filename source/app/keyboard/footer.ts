import type {Binding} from '../core/binding.js';
import type {State} from '../core/state.js';
import {width} from '../layout/text.js';
import {keysOf} from './focus.js';

/** While credentials are marked, commands for the marked ones and the way to clear marks come first. */
const forMarked: readonly Binding['id'][] = ['mark', 'export', 'verify', 'label', 'delete', 'clear'];

function footerWeight({id, footer = 0}: Binding, {marks}: State): number {
	return marks.size > 0 && forMarked.includes(id) ? 20 + forMarked.indexOf(id) : footer;
}

/** The bindings the footer shows in this state, most useful first. */
export function footerBindings(state: State): readonly Binding[] {
	return keysOf(state)
		.filter(binding => binding.keys.length > 0 && footerWeight(binding, state) > 0)
		.filter(({off, idle}) => off?.(state, state.screen) === undefined && idle?.(state, state.screen) !== true)
		.map(binding => ({binding, weight: footerWeight(binding, state)}))
		.sort((a, b) => b.weight - a.weight)
		.map(({binding}) => binding);
}

/** How the footer and the documentation write a key. */
export function keyLabel(key: string): string {
	const labels: Readonly<Record<string, string>> = {up: '↑', down: '↓', left: '←', right: '→', ' ': 'space'};
	return labels[key] ?? key;
}

/** One key of the footer, and its columns, counted from 0, with the gap behind it. */
export type FooterItem = {
	readonly binding: Binding;
	readonly key: string;
	readonly start: number;
	readonly end: number;
};

/** The enabled keys that fit into `columns`; the first follows one empty cell. */
export function footerItems(state: State, columns: number): readonly FooterItem[] {
	const items: FooterItem[] = [];
	let start = 1;
	for (const binding of footerBindings(state)) {
		const key = keyLabel(binding.keys[0] ?? '');
		const end = start + width(key) + 1 + width(binding.title) + 2;
		// A shorter, later key may still fit, such as the one to leave.
		if (end > columns + 2) continue;
		items.push({binding, key, start, end});
		start = end;
	}
	return items;
}
