import type {Binding} from './binding.js';
import {footerBindings, keyLabel} from './key-lookup.js';
import type {State} from './state.js';
import {width} from './text.js';

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
