import {grouped} from '../../domain/words.js';

export type Size = {readonly columns: number; readonly rows: number};

export type Layout = Size & {
	/** Below 40 columns or 10 rows only one sentence fits. */
	readonly tooSmall: boolean;
	/** Rows between the header and the message line. */
	readonly bodyHeight: number;
	/** Rows inside a pane's border. */
	readonly paneHeight: number;
};

export const smallest: Size = {columns: 40, rows: 10};

/** Header, message line and footer. */
const chromeRows = 3;
const borderRows = 2;

/** Where everything goes in a window of that size, in cells. `panes()` divides the body. */
export function layout({columns, rows}: Size): Layout {
	const bodyHeight = Math.max(0, rows - chromeRows);
	return {
		columns,
		rows,
		tooSmall: columns < smallest.columns || rows < smallest.rows,
		bodyHeight,
		paneHeight: Math.max(0, bodyHeight - borderRows),
	};
}

/** The first visible of `count` rows: as near to `top` as possible with `selected` visible and a row of context. */
export function scrollTo(selected: number, top: number, height: number, count: number): number {
	const context = height > 4 ? 1 : 0;
	const highest = Math.max(0, count - height);
	const fitted = Math.max(selected + context - height + 1, Math.min(top, selected - context));
	return Math.max(0, Math.min(fitted, highest));
}

/** The suffix of a title: the number of lines below the visible ones, which begin at `top`; empty for none. */
export function moreBelow(top: number, height: number, count: number): string {
	const more = count - top - height;
	return more > 0 ? ` · ↓ ${grouped(more)} more` : '';
}
