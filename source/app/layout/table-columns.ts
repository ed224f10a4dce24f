import {fitColumns, type Yielding} from '../../text/fit-columns.js';
import {width} from './text.js';

/** A column as it would be: with room for its widest text, and how it gives way. */
export type WishedColumn = Yielding & {readonly title: string; readonly whole: number};

/** Cells before the first column, for the cursor. */
const cursorCells = 2;

/** A column that would be as wide as the widest of its texts, or its title; without `least` it is never cut. */
export function columnOf<Row>(
	title: string,
	rows: readonly Row[],
	text: (row: Row) => string,
	{rank, least}: {readonly rank: number; readonly least?: number},
): WishedColumn {
	const whole = rows.reduce((most, row) => Math.max(most, width(text(row))), width(title));
	return {title, whole, rank, least: Math.min(least ?? whole, whole)};
}

/** The columns of a table of `cells` cells, as many as have room; the last one takes what is left. */
export function tableColumns(
	wished: readonly WishedColumn[],
	cells: number,
): readonly {readonly title: string; readonly cells: number}[] {
	const room = cells - cursorCells;
	const widths = fitColumns(
		wished,
		wished.map(({whole}) => whole),
		room,
		1,
	);
	const shown = widths.filter(width => width > 0);
	const left = Math.max(0, room - shown.reduce((sum, width) => sum + width, shown.length - 1));
	const last = widths.findLastIndex(width => width > 0);
	return wished.map(({title}, at) => ({title, cells: (widths[at] ?? 0) + (at === last ? left : 0)}));
}
