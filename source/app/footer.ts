import type {Binding} from './binding.js';
import {footerBindings, keyLabel} from './key-lookup.js';
import type {State} from './state.js';
import {width} from './text.js';

/** One key of the footer, and the columns it takes, counted from 0, the gap behind it included. */
export type FooterItem = {
	readonly binding: Binding;
	readonly key: string;
	readonly start: number;
	readonly end: number;
};

/** The keys that do something now, as many as fit into `columns`; the first stands after one empty cell. */
export function footerItems(state: State, columns: number): readonly FooterItem[] {
	const items: FooterItem[] = [];
	let start = 1;
	for (const binding of footerBindings(state)) {
		const key = keyLabel(binding.keys[0] ?? '');
		const end = start + width(key) + 1 + width(binding.title) + 2;
		// A shorter one that comes later may still fit, such as the way out.
		if (end > columns + 2) continue;
		items.push({binding, key, start, end});
		start = end;
	}
	return items;
}
