import type {Credential} from '../../domain/credential.js';
import {plural} from '../../domain/words.js';
import {providerOf} from '../../providers/catalog.js';
import {visible} from '../../text/visible.js';
import {refilter, withNew} from '../core/credential-list.js';
import type {Screen} from '../core/screen.js';
import {placed, sentence} from '../core/spoken-words.js';
import type {Palette, State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import {visited} from '../core/visits.js';
import {type Line, lineOf, lineText} from '../input/line-editor.js';
import {browsePanes} from '../screens/browse/browse-panes.js';
import {listScreen} from '../screens/browse/browse-screen.js';
import {copyRow} from '../screens/copy.js';
import {overlayKeys} from './overlay.js';
import {type Place, placeKey, placesFor, type Ranked, visitScore, wordsScore} from './places.js';
import {run, screenKeys} from './screen-keys.js';

/** Where the jump bar leads: what it is called, what it is, and what going there does. */
export type Jump = {
	/** Names it among the visits. */
	readonly key: string;
	readonly title: string;
	readonly what: string;
	/** The key that does the same, of a command. */
	readonly press?: string | undefined;
	readonly go: (state: State) => Step;
};

/** The screen that the bar acts on: commands are those of the list, or of the detail below the bar. */
const base = ({screen}: State): Screen => (screen.kind === 'list' || screen.kind === 'detail' ? screen : listScreen);

/** A credential is shown: in the list with the pane beside it, or on a page of its own where there is no room. */
function toCredential(state: State, id: string): Step {
	const selected = withNew({...state, reveal: undefined}, state.credentials, id);
	return step(show(selected, browsePanes(state).split ? listScreen : {kind: 'detail', top: 0}));
}

/** The words of a filter are separated by spaces, which a label's value may have. */
const filterOf = (label: string): string => `tag:${/\s/.test(label) ? label.replace(/=.*/s, '') : label}`;

function jumpTo(place: Place): Omit<Jump, 'key'> {
	if (place.kind === 'label') {
		const filter = lineOf(filterOf(place.label));
		return {
			title: filterOf(place.label),
			what: `label, ${plural(place.count, 'credential')}`,
			go: state => step(refilter({...show(state, listScreen), filter})),
		};
	}
	const {credential} = place;
	if (place.kind === 'credential') {
		return {
			title: credential.name,
			what: providerOf(credential.provider).title,
			go: state => toCredential(state, credential.id),
		};
	}
	const {row} = place;
	return {
		title: `${credential.name} › ${row.field.label}`,
		what: row.field.secret ? 'copy the secret' : 'copy',
		go: state => copyRow(show(state, base(state)), credential, row),
	};
}

/** How well the sentence about a command has these words; undefined when it lacks one. */
function saysScore(says: string, words: readonly string[]): number | undefined {
	const lower = says.toLowerCase();
	return words.every(word => word.length > 2 && lower.includes(word)) ? 40 * words.length : undefined;
}

/** Commands by name: those that work now; one that does not says why where its name is typed. */
function commands(state: State, words: readonly string[]): readonly Ranked<Jump>[] {
	const screen = base(state);
	const below: State = {...state, palette: undefined, screen};
	return screenKeys(below)
		.filter(({id, group}) => group !== 'Move' && id !== 'palette' && id !== 'jump')
		.flatMap((binding): readonly Ranked<Jump>[] => {
			const off = binding.off?.(below, screen);
			const match = wordsScore(`${binding.title} ${binding.id}`, words) ?? saysScore(binding.says, words);
			const isNamed = match !== undefined && match >= 100 * words.length && words.length > 0;
			if (match === undefined || (off !== undefined && !isNamed)) return [];
			const key = `command ${binding.id}`;
			const go = (now: State): Step => run({...now, screen: base(now)}, binding);
			const what = off === undefined ? binding.says : `can't run now: ${off}`;
			return [
				{item: {key, title: binding.title, what, press: binding.keys[0], go}, score: match + visitScore(state, key)},
			];
		});
}

/** What of a state decides where the bar leads, beside what is typed. */
const decisive = ['uses', 'visits', 'selected', 'screen', 'marks'] as const;

type Known = {readonly filter: Line; readonly state: State; readonly jumps: readonly Jump[]};

/** What was found last among a list of credentials. It goes with the list: a lock leaves nothing of it. */
const known = new WeakMap<readonly Credential[], Known>();

/** Where the bar leads for what is typed, best first; for nothing, where somebody was lately, then every command. */
export function jumps(state: State, {filter}: Palette): readonly Jump[] {
	const before = known.get(state.credentials);
	const isSame = before?.filter === filter && decisive.every(each => before.state[each] === state[each]);
	if (before !== undefined && isSame) return before.jumps;
	const query = lineText(filter);
	const words = query
		.toLowerCase()
		.split(/\s+/)
		.filter(word => word !== '');
	const places = placesFor(state, query).map(({item, score}) => ({
		item: {key: placeKey(item), ...jumpTo(item)},
		score,
	}));
	const named = commands(state, words);
	const ranked = words.length === 0 ? [...places, ...named] : [...places, ...named].sort((a, b) => b.score - a.score);
	const found = ranked.map(({item}) => item);
	known.set(state.credentials, {filter, state, jumps: found});
	return found;
}

function submit(state: State): Step {
	const {palette} = state;
	const jump = palette && jumps(state, palette)[palette.choice];
	if (jump === undefined) return step(state);
	return jump.go({...state, palette: undefined, visits: visited(state.visits, jump.key, state.now)});
}

export const jumpKeys = overlayKeys(
	{title: 'go', says: 'goes there, copies the field or runs it', closes: 'closes this and goes nowhere'},
	(state, palette) => jumps(state, palette).length,
	submit,
);

/** The place under the cursor, for a screen reader. */
export function jumpItem(state: State, palette: Palette): string {
	const said = placed(jumps(state, palette), palette.choice, ({title, what}) =>
		sentence(visible(title), visible(what)),
	);
	return said === '' ? 'Nothing is called that.' : said;
}
