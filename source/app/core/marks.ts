import type {State} from './state.js';

/** Marks or unmarks the selected credential. */
export function toggleMark(state: State): State {
	const {selected} = state;
	if (selected === undefined) return state;
	const marks = new Set(state.marks);
	if (!marks.delete(selected)) marks.add(selected);
	return {...state, marks};
}

/** Marks all matches beside those marked already; unmarks them when all are marked. */
export function markAll(state: State): State {
	const ids = new Set(state.found.map(({id}) => id));
	const all = state.found.every(({id}) => state.marks.has(id));
	const others = [...state.marks].filter(id => !ids.has(id));
	return {...state, marks: new Set(all ? others : [...state.marks, ...ids])};
}

/** The marks without those of credentials that are gone. */
export function keptMarks({marks, credentials}: State): ReadonlySet<string> {
	if (marks.size === 0) return marks;
	return new Set(credentials.filter(({id}) => marks.has(id)).map(({id}) => id));
}
