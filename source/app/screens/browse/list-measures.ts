import {beforeSorting} from '../../../credentials/order.js';
import {publicId} from '../../../credentials/public-id.js';
import type {Credential} from '../../../domain/credential.js';
import type {ListColumn, Sort} from '../../../domain/settings.js';
import {isPlain, visible} from '../../../text/visible.js';
import type {State} from '../../core/state.js';
import {width} from '../../layout/text.js';
import {careCell} from './care-cell.js';

/** A column of the list; `sign` takes the place of `care` where its words have no room. */
export type Column = 'name' | ListColumn | 'sign';

/** What a column takes to show everything, and the fewest cells that it can be cut to. */
type Need = {readonly whole: number; readonly least: number};

/** What each column needs; 0 for one that has nothing to show. */
export type Measures = Readonly<Record<Column, Need>>;

/** What is measured, and what decides about that. */
type Measured = Pick<State, 'credentials' | 'uses' | 'verdicts' | 'works' | 'exposed' | 'settings' | 'now'>;

/** The cells of a short age. */
const ageCells = 4;
/** The most cells that one credential is given in a column. */
const most = {id: 40, care: 14, labels: 40} as const;
/** Cells of an id that is cut, and of labels that are. */
const least = {id: 9, labels: 16} as const;
/** So many credentials are asked for care; in a larger vault it is taken that one of the others needs it. */
const asked = 250;
const usualCare = {whole: 'duplicate +1'.length, least: 'duplicate'.length};

/** The heading of a column. */
export function columnTitle(column: Column, sort: Sort): string {
	if (column === 'sign') return '';
	if (column !== 'care') return column;
	return sort === 'expires' ? 'expires' : 'health';
}

export function labelsText({labels}: Pick<Credential, 'labels'>): string {
	return [...labels].map(([key, value]) => `${key}=${value}`).join(', ');
}

/** The width of the widest text, or `most` when one is wider. */
function widest(texts: Iterable<string>, most = Number.POSITIVE_INFINITY): number {
	let cells = 0;
	for (const text of texts) {
		if (cells >= most) return most;
		cells = Math.max(cells, isPlain(text) ? text.length : width(visible(text)));
	}
	return Math.min(cells, most);
}

/** What is different of it among the credentials: most have a provider and labels that others have too. */
function differentOf<Part>(
	credentials: readonly Credential[],
	part: (credential: Credential) => Part,
): readonly Part[] {
	return [...new Set(credentials.map(part))];
}

/** What care takes with the number of further reasons, and at least without. */
function careNeed(state: Measured): Need {
	const {credentials} = state;
	const now = new Date(state.now);
	let {whole, least} = credentials.length > asked ? usualCare : {whole: 0, least: 0};
	for (const credential of credentials.slice(0, asked)) {
		const care = careCell(credential, state, now);
		if (care === undefined) continue;
		whole = Math.max(whole, Math.min(most.care, care.text.length));
		least = Math.max(least, Math.min(most.care, care.brief.length));
	}
	return {whole, least};
}

/** What the texts of a credential take, whatever is known of its uses. */
type Texts = Pick<Measures, 'name' | 'provider' | 'id' | 'labels'>;

/** A column is as wide as its heading, and has none when it is empty. */
function need(title: string, cells: number, fewest = cells): Need {
	const least = cells === 0 ? 0 : title.length;
	return {whole: Math.max(least, cells), least: Math.max(least, Math.min(fewest, cells))};
}

function measureTexts(sorted: readonly Credential[]): Texts {
	const credentials = beforeSorting(sorted);
	const labels = differentOf(credentials, each => each.labels).map(labels => labelsText({labels}));
	return {
		name: need('name', widest(credentials.map(({name}) => name))),
		provider: need('provider', widest(differentOf(credentials, ({provider}) => provider))),
		id: need('id', widest(credentials.map(publicId), most.id), least.id),
		labels: need('labels', widest(labels, most.labels), least.labels),
	};
}

const knownTexts = new WeakMap<readonly Credential[], Texts>();

/** The same, once for each content: the log of uses is read when the list is there. */
function textsOf({credentials}: Measured): Texts {
	const texts = knownTexts.get(credentials) ?? measureTexts(credentials);
	knownTexts.set(credentials, texts);
	return texts;
}

function measure(state: Measured): Measures {
	const {credentials, uses, settings} = state;
	const care = careNeed(state);
	return {
		...textsOf(state),
		age: need('age', credentials.length === 0 ? 0 : ageCells),
		used: need('used', uses.byId.size === 0 ? 0 : ageCells),
		care: need(columnTitle('care', settings.sort), care.whole, care.least),
		sign: need('', care.whole === 0 ? 0 : 1),
	};
}

type Known = Pick<State, 'uses' | 'verdicts' | 'works' | 'exposed'> & {
	readonly day: number;
	readonly sort: Sort;
	readonly measures: Measures;
};

const known = new WeakMap<readonly Credential[], Known>();

/** What the columns of a list need. Measured once for each content, what is known of it, order, and day. */
export function measuresOf(state: Measured): Measures {
	const {credentials, uses, verdicts, works, exposed, settings, now} = state;
	const day = Math.floor(now / 86_400_000);
	const last = known.get(credentials);
	const isKnown = last?.day === day && last.uses === uses && last.verdicts === verdicts && last.works === works;
	if (isKnown && last.exposed === exposed && last.sort === settings.sort) return last.measures;
	const measures = measure(state);
	known.set(credentials, {day, uses, verdicts, works, exposed, sort: settings.sort, measures});
	return measures;
}
