import {capitalized} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {sharingTroubles} from '../core/sharing-words.js';
import {spokenKey} from '../core/spoken-words.js';
import {isOpen, type Palette, type State} from '../core/state.js';
import {saidTrouble} from '../core/trouble.js';
import {keysOf} from '../keyboard/focus.js';
import {footerBindings} from '../keyboard/footer.js';
import {jumpItem} from '../keyboard/jump.js';
import {hiddenCommands, paletteItem} from '../keyboard/palette-entries.js';
import {roomOf} from '../screens/rooms.js';

/** The problem that blocks the next step; undefined when there is none. */
export function spokenProblem({screen}: State): string | undefined {
	return roomOf(screen).spoken.problem?.(screen);
}

const itemOf = (state: State, palette: Palette): string =>
	palette.kind === 'jump' ? jumpItem(state, palette) : paletteItem(state, palette);

/** The item under the cursor, in one line; empty where there is nothing to choose. Never a secret. */
export function spokenItem(state: State): string {
	const {screen, palette} = state;
	return palette === undefined ? (roomOf(screen).spoken.item?.(state, screen) ?? '') : itemOf(state, palette);
}

/** Enough to go on with; the palette has the rest. */
const keysSaid = 5;

/** The most useful keys here, and the one that lists all of them. */
function spokenKeys(state: State): string {
	const said = footerBindings(state).filter(({id}) => id !== 'palette');
	const all = keysOf(state).filter(({id}) => id === 'palette');
	const keys = [...said.slice(0, keysSaid), ...all.slice(0, 1)];
	return keys.length === 0
		? ''
		: `keys: ${keys.map(({keys: [key = ''], title}) => `${spokenKey(key)} ${title.replace(', ', ' or ')}`).join(', ')}`;
}

function body(state: State): readonly string[] {
	const {screen, palette} = state;
	if (palette?.kind === 'jump') return ['Jump: type a name, up and down choose, enter goes there.', spokenItem(state)];
	if (palette !== undefined)
		return [
			'Keys and commands: type to search, up and down choose, enter runs it.',
			spokenItem(state),
			hiddenCommands(state) ?? '',
		];
	return roomOf(screen).spoken.body(state, screen);
}

/** The whole screen as lines to read in order: what it is, its content, any problem, how to go on. Never a secret. */
export function spokenScreen(state: State): readonly string[] {
	if (state.left === true) return [];
	const problem = spokenProblem(state);
	const lines = [
		...body(state),
		visible(saidTrouble(state.trouble) ?? ''),
		...(isOpen(state) ? sharingTroubles(state).map(text => `${capitalized(text)}.`) : []),
		problem === undefined ? '' : `Problem: ${visible(problem)}`,
		spokenKeys(state),
	];
	return lines.filter(line => line !== '');
}
