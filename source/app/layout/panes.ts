/** How list and detail share a window, in cells of outer width; each has all of it while only one is shown. */
export type Panes = {readonly split: boolean; readonly listWidth: number; readonly detailWidth: number};

/** The outer widths a list would have: with its most important columns, and with all of them in full. */
export type Wanted = {readonly least: number; readonly most: number};

/** Cells a pane's borders and padding take, both sides together. */
export const paneFrame = 4;

/** Fewest columns of a window that can be divided. */
export const splitColumns = 100;
/** A window that can't be divided is usually so wide: beside the detail, a list that needs no more shows no less. */
const usualColumns = 80;
const leastList = 44;
/** A detail's outer width: the fewest cells, those that most rows need, and the most that it can use. */
const [leastDetail, usefulDetail, mostDetail] = [40, 52, 80];

/**
 * Divides a window of that many columns. The list gets what it wants as long as the detail stays useful, and the detail
 * no more than it can use. `split` is what somebody has asked for; without, a list that would have to leave out columns
 * that 80 cells have room for gets the whole window.
 */
export function panes(columns: number, {least, most}: Wanted, split?: boolean): Panes {
	const needed = Math.max(leastList, Math.min(least, usualColumns));
	const fits = columns >= splitColumns && (split ?? columns - leastDetail >= needed);
	if (!fits) return {split: false, listWidth: columns, detailWidth: columns};
	const listWidth = Math.max(
		Math.min(Math.max(leastList, least), columns - leastDetail),
		Math.min(most, columns - usefulDetail),
		columns - mostDetail,
	);
	return {split: true, listWidth, detailWidth: columns - listWidth};
}
