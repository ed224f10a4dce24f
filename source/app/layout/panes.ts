/** How list and detail share a window, in cells of outer width; each has all of it while only one is shown. */
export type Panes = {readonly split: boolean; readonly listWidth: number; readonly detailWidth: number};

/** The outer widths a list would have: with its most important columns, with what is of use, and with all in full. */
export type Wanted = {readonly least: number; readonly useful: number; readonly most: number};

/** Cells a pane's borders and padding take, both sides together. */
export const paneFrame = 4;

/** Fewest columns of a window that can be divided. */
export const splitColumns = 100;
const leastList = 44;
/** A detail's outer width: the least, what a useful list leaves it, what a list in full leaves it, and the most. */
const [leastDetail, usefulDetail, fullDetail, mostDetail] = [40, 52, 66, 80];

/**
 * Divides a window of that many columns. The list gets what it wants as long as the detail has room for its rows, and
 * the detail no more than it can use. `split` is false when somebody has asked for one of them in the whole window.
 */
export function panes(columns: number, {least, useful, most}: Wanted, split?: boolean): Panes {
	if (columns < splitColumns || split === false) return {split: false, listWidth: columns, detailWidth: columns};
	const listWidth = Math.max(
		Math.min(Math.max(leastList, least), columns - leastDetail),
		Math.min(useful, columns - usefulDetail),
		Math.min(most, columns - fullDetail),
		columns - mostDetail,
	);
	return {split: true, listWidth, detailWidth: columns - listWidth};
}
