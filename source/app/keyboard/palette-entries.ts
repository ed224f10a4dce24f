import {fuzzyScore} from '../../text/fuzzy.js';
import {visible} from '../../text/visible.js';
import type {Binding} from '../core/binding.js';
import {placed, sentence, spokenKey} from '../core/spoken-words.js';
import type {Palette, State} from '../core/state.js';
import {lineText} from '../input/line-editor.js';
import {screenKeys} from './screen-keys.js';

/** One command of the palette. `off` says why it is disabled now. */
export type PaletteEntry = {readonly binding: Binding; readonly off: string | undefined};

const groups: readonly Binding['group'][] = ['Act', 'Edit', 'Find', 'Views', 'Move', 'Leave'];

/** The commands of the screen below the palette: by group, or by how well they match the query. */
export function paletteEntries(state: State): readonly PaletteEntry[] {
	const below = {...state, palette: undefined};
	const entries = screenKeys(below)
		.filter(({id}) => id !== 'palette')
		.map(binding => ({binding, off: binding.off?.(below, below.screen)}));
	const query = lineText(state.palette?.filter ?? {text: [], at: 0})
		.trim()
		.toLowerCase();
	if (query === '') return groups.flatMap(group => entries.filter(({binding}) => binding.group === group));
	const score = ({binding}: PaletteEntry): number | undefined =>
		fuzzyScore(`${binding.title.toLowerCase()} ${binding.id}`, query);
	return entries
		.flatMap(entry => {
			const points = score(entry);
			return points === undefined ? [] : [{entry, points}];
		})
		.sort((a, b) => b.points - a.points)
		.map(({entry}) => entry);
}

/** The command under the cursor, for a screen reader. */
export function paletteItem(state: State, {choice}: Palette): string {
	const said = placed(paletteEntries(state), choice, ({binding, off}) =>
		sentence(
			`${binding.title}: ${binding.keys.map(spokenKey).join(' or ')}`,
			off === undefined ? '' : `off, ${visible(off)}`,
		),
	);
	return said === '' ? 'No command is called that here.' : said;
}
