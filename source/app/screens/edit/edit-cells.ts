import {visible} from '../../../text/visible.js';
import type {State} from '../../core/state.js';
import {paneFrame} from '../../layout/panes.js';
import {labelCells, labelledFrame} from '../../layout/text.js';
import {browsePanes} from '../browse/browse-panes.js';
import {type EditScreen, editRows, isNew} from './edit-screen.js';

/** Cells of the form's labels, and of the values beside them, in a pane of that outer width. */
export function formCells(screen: EditScreen, outerWidth: number): {readonly labels: number; readonly values: number} {
	const width = outerWidth - paneFrame;
	const added = screen.adding === undefined ? [] : ['new field'];
	const labels = labelCells([...editRows(screen).map(({field}) => visible(field.label)), ...added], width);
	return {labels, values: Math.max(8, width - labels - labelledFrame)};
}

/** The outer width of the pane that the form is in: a new credential has the whole window. */
function outerWidthOf(state: State, screen: EditScreen): number {
	return isNew(screen) ? state.size.columns : browsePanes(state).detailWidth;
}

/** Cells of the note while it is edited; without end for a screen reader, which reads lines, not rows. */
export function noteCells(state: State, screen: EditScreen): number {
	return state.linear ? Number.POSITIVE_INFINITY : formCells(screen, outerWidthOf(state, screen)).values;
}

/** Cells of the manifest while it is edited, likewise. */
export function manifestCells(state: State, screen: EditScreen): number {
	return state.linear ? Number.POSITIVE_INFINITY : outerWidthOf(state, screen) - paneFrame;
}
