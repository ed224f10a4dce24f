import {findCredentials} from '../credentials/query.js';
import type {Credential} from '../domain/credential.js';
import {layout, scrollTo} from './layout.js';
import {emptyLine, lineText} from './line-editor.js';
import {keptMarks} from './marks.js';
import type {Sort, State} from './state.js';

/** The orders of the list, in which `s` goes through them. */
export const sorts: readonly Sort[] = ['name', 'provider', 'age', 'expiry'];

const collator = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});

const byName = (a: Credential, b: Credential): number => collator.compare(a.name, b.name);

/** Days as `2027-01-31` compare as text; a credential without one comes last. */
const never = '9999-99-99';

const orders: Readonly<Record<Sort, (a: Credential, b: Credential) => number>> = {
	name: byName,
	provider: (a, b) => collator.compare(a.provider, b.provider) || byName(a, b),
	age: (a, b) => (a.created === b.created ? byName(a, b) : a.created < b.created ? 1 : -1),
	expiry: (a, b) => {
		const [one, other] = [a.expires ?? never, b.expires ?? never];
		return one === other ? byName(a, b) : one < other ? -1 : 1;
	},
};

function sortCredentials(credentials: readonly Credential[], sort: Sort): readonly Credential[] {
	return credentials.toSorted(orders[sort]);
}

/** Whether the line with the filter is on the screen. */
export function showsFilter({screen, filter}: State): boolean {
	return filter.text.length > 0 || (screen.kind === 'list' && screen.filtering);
}

/** Rows that the heads of the columns take: none where rows are scarce. */
export function headRows(state: State): number {
	return state.found.length > 0 && layout(state.size).paneHeight >= 8 ? 1 : 0;
}

/** Rows of credentials that the list has room for. */
export function listHeight(state: State): number {
	return Math.max(1, layout(state.size).paneHeight - (showsFilter(state) ? 1 : 0) - headRows(state));
}

/** The list scrolled so that the selection is in sight. */
export function keepInSight(state: State): State {
	const index = Math.max(
		0,
		state.found.findIndex(credential => credential.id === state.selected),
	);
	return {...state, top: scrollTo(index, state.top, listHeight(state), state.found.length)};
}

/** The selection on that credential, or where it is not in the list on the one that stands in its place. */
function select(state: State, selected: string | undefined, place: number): State {
	if (state.found.some(credential => credential.id === selected)) return {...state, selected};
	return {...state, selected: state.found[Math.max(0, Math.min(place, state.found.length - 1))]?.id};
}

/** The state with what the filter finds, and the selection on the best of it. */
export function refilter(state: State): State {
	const found = findCredentials(state.credentials, lineText(state.filter), new Date(state.now));
	return keepInSight({...state, found, selected: found[0]?.id, reveal: undefined});
}

/** The state with another order; the selection stays on its credential. */
export function resort(state: State, sort: Sort): State {
	return withCredentials({...state, sort}, state.credentials);
}

/** The state with those credentials, which are in order, filtered; the selection stays on the same credential, or on its neighbour when that is gone. */
function arrange(state: State, credentials: readonly Credential[], selected: string | undefined): State {
	const place = state.found.findIndex(credential => credential.id === selected);
	const found = findCredentials(credentials, lineText(state.filter), new Date(state.now));
	const next = {...state, credentials, found};
	return keepInSight(select({...next, marks: keptMarks(next)}, selected, place));
}

/** The state with the vault's newest credentials, put in order and filtered; the selection stays as `arrange()` keeps it. */
export function withCredentials(state: State, credentials: readonly Credential[], selected = state.selected): State {
	return arrange(state, sortCredentials(credentials, state.sort), selected);
}

/** The state with all credentials in the list; the selection stays. */
export function unfiltered(state: State): State {
	return arrange({...state, filter: emptyLine}, state.credentials, state.selected);
}

/** The state with that credential, which is new, in the list and selected: a filter that hides it gives way. */
export function withNew(state: State, credentials: readonly Credential[], id: string): State {
	const next = withCredentials(state, credentials, id);
	return next.selected === id ? next : withCredentials({...state, filter: emptyLine}, credentials, id);
}
