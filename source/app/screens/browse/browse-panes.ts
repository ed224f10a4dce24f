import type {State} from '../../core/state.js';
import {type Panes, paneFrame, panes} from '../../layout/panes.js';
import {wantedCells} from './list-columns.js';
import {measuresOf} from './list-measures.js';

/** How the list and what is beside it share the window, by what the list holds. Nothing is beside an empty one. */
export function browsePanes(state: State): Panes {
	const {least, useful, most} = wantedCells(measuresOf(state), state.settings);
	const wanted = {least: least + paneFrame, useful: useful + paneFrame, most: most + paneFrame};
	return panes(state.size.columns, wanted, state.credentials.length === 0 ? false : state.split);
}
