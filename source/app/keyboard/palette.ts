import type {Binding} from '../core/binding.js';
import {rowKeys} from '../core/moves.js';
import type {Palette, State} from '../core/state.js';
import {type Step, say, step} from '../core/step.js';
import {lineTyping, refused, type Typing} from '../core/typing.js';
import {lineText} from '../input/line-editor.js';
import {paletteEntries} from './palette-entries.js';
import {run} from './screen-keys.js';

function move(state: State, _: unknown, rows: number): State {
	if (state.palette === undefined) return state;
	const choice = Math.max(0, Math.min(paletteEntries(state).length - 1, state.palette.choice + rows));
	return {...state, palette: {...state.palette, choice}};
}

/** Closes the palette and runs the command under the cursor on the screen below. */
function submit(state: State): Step {
	const entry = paletteEntries(state)[state.palette?.choice ?? 0];
	if (entry === undefined) return step(state);
	if (entry.off !== undefined) return step(say(state, 'note', `${entry.binding.title}: ${entry.off}.`));
	return run({...state, palette: undefined}, entry.binding);
}

export const paletteKeys: readonly Binding[] = [
	{
		id: 'submit',
		keys: ['enter'],
		title: 'run it',
		says: 'runs the chosen command',
		group: 'Edit',
		footer: 9,
		run: submit,
	},
	{
		id: 'back',
		keys: ['esc'],
		title: 'close',
		says: 'closes this list',
		group: 'Leave',
		footer: 8,
		run: state => step({...state, palette: undefined}),
	},
	...rowKeys(move, ['down', 'ctrl+n', 'tab'], ['up', 'ctrl+p', 'shift+tab']),
];

/** Typing for the query: a changed query selects the first match. */
export function paletteTyping(state: State, palette: Palette): Typing {
	return lineTyping(
		palette.filter,
		filter => {
			const choice = lineText(filter) === lineText(palette.filter) ? palette.choice : 0;
			return {...state, palette: {...palette, filter, choice}};
		},
		() => refused(state, 'the search'),
	);
}
