import type {LastUses} from '../../credentials/last-use.js';
import {inOrder} from '../../credentials/order.js';
import {asksStanding, findCredentials} from '../../credentials/query.js';
import type {Verdicts} from '../../credentials/standing.js';
import type {Credential} from '../../domain/credential.js';
import type {Sort} from '../../domain/settings.js';
import {emptyLine, lineText} from '../input/line-editor.js';
import {layout, scrollTo} from '../layout/layout.js';
import {keptMarks} from './marks.js';
import {type State, selectedPlace} from './state.js';

/**
 * Sorts in the order that the same ones had in the state, where they have it still: then each is compared about once.
 */
function sortCredentials(
	credentials: readonly Credential[],
	{settings, uses, credentials: before}: State,
): readonly Credential[] {
	if (before.length === 0) return inOrder(credentials, settings.sort, uses);
	const now = new Map(credentials.map(credential => [credential.id, credential]));
	const kept = before.flatMap(({id}) => now.get(id) ?? []);
	for (const {id} of kept) now.delete(id);
	return inOrder([...kept, ...now.values()], settings.sort, uses);
}

/** Whether the filter line is on the screen. */
export function showsFilter({screen, filter}: State): boolean {
	return filter.text.length > 0 || (screen.kind === 'list' && screen.filtering);
}

/** Rows the column headings take: none in a small window. */
export function headRows(state: State): number {
	return state.found.length > 0 && layout(state.size).paneHeight >= 8 ? 1 : 0;
}

/** Rows the list has for credentials. */
export function listHeight(state: State): number {
	return Math.max(1, layout(state.size).paneHeight - (showsFilter(state) ? 1 : 0) - headRows(state));
}

/** Scrolls the list until the selection is visible. */
export function keepInSight(state: State): State {
	const index = Math.max(0, selectedPlace(state));
	return {...state, top: scrollTo(index, state.top, listHeight(state), state.found.length)};
}

/** Selects that credential, or the one now in its place when it is not in the list. */
function select(state: State, selected: string | undefined, place: number): State {
	const isThere = selected !== undefined && state.found.some(credential => credential.id === selected);
	if (isThere) return {...state, selected};
	return {...state, selected: state.found[Math.max(0, Math.min(place, state.found.length - 1))]?.id};
}

/** Applies the filter and selects the best match. */
export function refilter(state: State): State {
	const found = findCredentials(state.credentials, lineText(state.filter), new Date(state.now), state.verdicts);
	return keepInSight({...state, found, selected: found[0]?.id, reveal: undefined});
}

/** Sorts the list differently; the same credential stays selected. */
export function resort(state: State, sort: Sort): State {
	return withCredentials({...state, settings: {...state.settings, sort}}, state.credentials);
}

/** Shows these sorted credentials, filtered. The same credential stays selected, or its neighbour when it is gone. */
function arrange(state: State, credentials: readonly Credential[], selected: string | undefined): State {
	const place = state.found.findIndex(credential => credential.id === selected);
	const found = findCredentials(credentials, lineText(state.filter), new Date(state.now), state.verdicts);
	const next = {...state, credentials, found};
	return keepInSight(select({...next, marks: keptMarks(next)}, selected, place));
}

/** Takes the vault's newest credentials, sorted and filtered; `arrange()` decides what is selected. */
export function withCredentials(state: State, credentials: readonly Credential[], selected = state.selected): State {
	return arrange(state, sortCredentials(credentials, state), selected);
}

/** Shows when the credentials were used; a list in that order is sorted again. */
export function withUses(state: State, uses: LastUses): State {
	const next = {...state, uses};
	return state.settings.sort === 'used' ? withCredentials(next, state.credentials) : next;
}

/** Shows what was said of the credentials; a filter that asks for it is applied again. */
export function withVerdicts(state: State, verdicts: Verdicts): State {
	const next = {...state, verdicts};
	return asksStanding(lineText(state.filter)) ? arrange(next, state.credentials, state.selected) : next;
}

/** Shows all credentials; the selection stays. */
export function unfiltered(state: State): State {
	return arrange({...state, filter: emptyLine}, state.credentials, state.selected);
}

/** Shows and selects a new credential; a filter that would hide it is cleared. */
export function withNew(state: State, credentials: readonly Credential[], id: string): State {
	const next = withCredentials(state, credentials, id);
	return next.selected === id ? next : withCredentials({...state, filter: emptyLine}, credentials, id);
}
