import {plural} from '../../domain/words.js';
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

/** All commands of the screen below the palette. */
function commandsBelow(state: State): readonly PaletteEntry[] {
	const below = {...state, palette: undefined};
	return screenKeys(below)
		.filter(({id}) => id !== 'palette')
		.map(binding => ({binding, off: binding.off?.(below, below.screen)}));
}

function queryOf({palette}: State): string {
	return lineText(palette?.filter ?? {text: [], at: 0})
		.trim()
		.toLowerCase();
}

/** The commands that work now, by group; with a query all that match it, best first, also those that are disabled. */
export function paletteEntries(state: State): readonly PaletteEntry[] {
	const entries = commandsBelow(state);
	const query = queryOf(state);
	if (query === '') {
		const enabled = entries.filter(({off}) => off === undefined);
		return groups.flatMap(group => enabled.filter(({binding}) => binding.group === group));
	}
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

/** How many disabled commands are left out, and why if most have one reason; undefined when none is. */
export function hiddenCommands(state: State): string | undefined {
	if (queryOf(state) !== '') return undefined;
	const reasons = commandsBelow(state).flatMap(({off}) => off ?? []);
	if (reasons.length === 0) return undefined;
	const count = (reason: string): number => reasons.filter(each => each === reason).length;
	const [common = ''] = reasons.toSorted((one, other) => count(other) - count(one));
	const most = count(common);
	if (most < 2 || most * 2 < reasons.length)
		return `${plural(reasons.length, 'command')} can't run now: type a name to see why`;
	return `${reasons.length} can't run now, ${most === reasons.length ? 'since' : 'most since'} ${visible(common)}`;
}

/** What a command does, or why it can't run now. */
export function explained({binding, off}: PaletteEntry): string {
	return off === undefined ? binding.says : `can't run now: ${visible(off)}`;
}

/** The command under the cursor, for a screen reader. */
export function paletteItem(state: State, {choice}: Palette): string {
	const said = placed(paletteEntries(state), choice, entry =>
		sentence(`${entry.binding.title}: ${entry.binding.keys.map(spokenKey).join(' or ')}`, explained(entry)),
	);
	return said === '' ? 'No command is called that here.' : said;
}
