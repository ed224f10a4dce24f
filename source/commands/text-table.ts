import stringWidth from 'string-width';
import {fitColumns} from '../text/fit-columns.js';
import {isPlain, visible} from '../text/visible.js';
import type {Page} from './page.js';
import {type Tone, toned} from './tone.js';

const gap = '  ';

/** A column of a table, and how it gives way on a terminal that is too narrow. */
export type Column<Row> = {
	readonly title: string;
	readonly cell: (row: Row, page: Page) => string;
	/** What a cell says where it would be cut. */
	readonly brief?: (row: Row, page: Page) => string;
	readonly tone?: (row: Row, page: Page) => Tone | undefined;
	/** Columns with a higher rank are cut first, and then left out first. */
	readonly rank: number;
	/** The fewest cells that it is cut to while others can be left out; as many as its title has, unless it says so. */
	readonly least?: number;
};

/** The cells of a text. What is spelled out is plain and can be long: string-width would take the square of it. */
function widthOf(text: string): number {
	if (isPlain(text)) return text.length;
	const rest = text.replace(/[ -~]+(?=[ -~])/g, '');
	return text.length - rest.length + stringWidth(rest);
}

/** What stands in a table: a text that is safe for a terminal, and its width in cells. */
type Cell = {readonly text: string; readonly width: number};

/** The tone of a cell, by the indices of its row and column. */
type ToneOf = (row: number, column: number) => Tone | undefined;

const shown = (text: string): string => visible(text) || '-';

function cellOf(text: string): Cell {
	return {text, width: widthOf(text)};
}

/**
 * Rows of text in aligned columns, one per line, each line ended. Cells are made safe for a terminal, and empty ones
 * are `-`; the last column is not padded. With `color`, the header is bold, and cells have the tones of `toneOf`.
 */
export function renderTable(
	header: readonly string[],
	rows: readonly (readonly string[])[],
	color: boolean,
	toneOf?: ToneOf,
): string {
	const [titles = [], ...cells] = [header, ...rows].map(row => row.map(text => cellOf(shown(text))));
	return linesOf(titles, cells, color, toneOf);
}

function linesOf(
	titles: readonly Cell[],
	rows: readonly (readonly Cell[])[],
	color: boolean,
	toneOf: ToneOf = () => undefined,
): string {
	const widths = titles.map(({width}, column) => Math.max(width, widest(rows, column)));
	const line = (cells: readonly Cell[], toneAt: (column: number) => Tone | undefined): string =>
		cells
			.map(({text, width}, column) => {
				const room = column === cells.length - 1 ? 0 : (widths[column] ?? 0) - width;
				return toned(toneAt(column), text) + ' '.repeat(Math.max(0, room));
			})
			.join(gap);
	const noTone = (): undefined => undefined;
	const header = toned(color ? 'bold' : undefined, line(titles, noTone));
	const lines = rows.map((cells, row) => line(cells, color ? column => toneOf(row, column) : noTone));
	return [header, ...lines, ''].join('\n');
}

function widest(rows: readonly (readonly Cell[])[], column: number): number {
	return rows.reduce((most, row) => Math.max(most, row[column]?.width ?? 0), 0);
}

/** Rows as a table that fits the page: its columns are cut, and left out, by their ranks. Empty without rows. */
export function tableText<Row>(all: readonly Column<Row>[], rows: readonly Row[], page: Page): string {
	if (rows.length === 0) return '';
	const cells = rows.map(row => all.map(column => cellOf(shown(column.cell(row, page)))));
	const wide = all.map(({title}, at) => Math.max(widthOf(title), widest(cells, at)));
	const yielding = all.map(({title, rank, least = widthOf(title)}) => ({rank, least}));
	const widths = fitColumns(yielding, wide, page.width, gap.length);
	const kept = all.flatMap((column, at) => {
		const width = widths[at] ?? 0;
		return width > 0 ? [{column, at, width}] : [];
	});
	const leftOut = all.filter((_, at) => widths[at] === 0);
	if (leftOut.length > 0) page.onLeftOut(leftOut.map(({title}) => title));
	const text = linesOf(
		kept.map(({column, width}) => cellOf(cut(column.title, width))),
		rows.map((row, index) =>
			kept.map(({column, at, width}) => {
				const cell = cells[index]?.[at] ?? cellOf('');
				if (cell.width <= width) return cell;
				return cellOf(cut(column.brief === undefined ? cell.text : shown(column.brief(row, page)), width));
			}),
		),
		page.color,
		(row, at) => {
			const [of, column] = [rows[row], kept[at]?.column];
			return of === undefined ? undefined : column?.tone?.(of, page);
		},
	);
	return page.unicode ? text : text.replaceAll('…', '~');
}

let segmenter: Intl.Segmenter | undefined;

/** A text in at most `width` cells. */
function cut(text: string, width: number): string {
	if (widthOf(text) <= width) return text;
	segmenter ??= new Intl.Segmenter();
	let kept = '';
	let used = 1;
	for (const {segment} of segmenter.segment(text)) {
		used += widthOf(segment);
		if (used > width) break;
		kept += segment;
	}
	return `${kept.trimEnd()}…`;
}
