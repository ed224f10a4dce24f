import type {Binding} from '../core/binding.js';
import {rowKeys} from '../core/moves.js';
import type {Palette, State} from '../core/state.js';
import {step} from '../core/step.js';
import {lineTyping, refused, type Typing} from '../core/typing.js';
import {lineText} from '../input/line-editor.js';

/** What the key that takes an entry of an overlay is called, and what it and esc do. */
type Words = {readonly title: string; readonly says: string; readonly closes: string};

/** The keys of a list of so many entries that lies over the screen: `submit` takes the chosen one. */
export function overlayKeys(
	{title, says, closes}: Words,
	count: (state: State, palette: Palette) => number,
	submit: Binding['run'],
): readonly Binding[] {
	const move = (state: State, _: unknown, rows: number): State => {
		const {palette} = state;
		if (palette === undefined) return state;
		const choice = Math.max(0, Math.min(count(state, palette) - 1, palette.choice + rows));
		return {...state, palette: {...palette, choice}};
	};
	return [
		{id: 'submit', keys: ['enter'], title, says, group: 'Edit', footer: 9, run: submit},
		{
			id: 'back',
			keys: ['esc'],
			title: 'close',
			says: closes,
			group: 'Leave',
			footer: 8,
			run: state => step({...state, palette: undefined}),
		},
		...rowKeys(move, ['down', 'ctrl+n', 'tab'], ['up', 'ctrl+p', 'shift+tab']),
	];
}

/** Typing for the query: a changed query selects the first match. */
export function overlayTyping(state: State, palette: Palette): Typing {
	return lineTyping(
		palette.filter,
		filter => {
			const choice = lineText(filter) === lineText(palette.filter) ? palette.choice : 0;
			return {...state, palette: {...palette, filter, choice}};
		},
		() => refused(state, 'the search'),
	);
}
