import {headRows, keepInSight, showsFilter} from '../../core/credential-list.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {browsePanes} from './browse-panes.js';
import type {DetailScreen, ListScreen} from './browse-screen.js';
import {listScreen} from './browse-screen.js';

/** The first row of the body's content, below header and border. */
const firstRow = 2;

/** Selects the credential that was clicked, opens the selected one, or goes to the detail. */
export function onBrowseClick(
	state: State,
	screen: ListScreen | DetailScreen,
	{column, row}: {readonly column: number; readonly row: number},
): Step {
	const {split, listWidth} = browsePanes(state);
	const detail = show(state, {kind: 'detail', top: 0});
	if (split && column >= listWidth) return step(state.selected === undefined ? state : detail);
	if (!split && screen.kind === 'detail') return step(state);
	const index = row - firstRow - headRows(state) - (showsFilter(state) ? 1 : 0);
	const clicked = index < 0 ? undefined : state.found[state.top + index];
	if (clicked === undefined) return step(state);
	if (clicked.id === state.selected) return step(detail);
	const list = show(state, listScreen);
	return step(keepInSight({...list, selected: clicked.id, reveal: undefined}));
}
