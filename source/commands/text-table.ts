import stringWidth from 'string-width';
import {fitColumns} from '../text/fit-columns.js';
import {visible} from '../text/visible.js';
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
	const rest = text.replace(/[ -~]+(?=[ -~])/g, '');
	return text.length - rest.length + stringWidth(rest);
}

function padded(cell: string, width: number): string {
	return cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
}

/**
 * Rows of text in aligned columns, one per line, each line ended. Cells are made safe for a terminal, and empty ones
 * are `-`; the last column is not padded. With `color`, the header is bold, and cells have the tones of `toneOf`.
 */
export function renderTable(
	header: readonly string[],
	rows: readonly (readonly string[])[],
	color: boolean,
	toneOf: (row: number, column: number) => Tone | undefined = () => undefined,
): string {
	const lines = [header, ...rows].map(row => row.map(shown));
	const widths = header.map((_, column) => widest(lines, column));
	return lines
		.map((line, row) => {
			const cells = line.map((cell, column) => {
				const text = column === line.length - 1 ? cell : padded(cell, widths[column] ?? 0);
				if (row === 0 || !color) return text;
				const tone = toneOf(row - 1, column);
				return tone === undefined ? text : toned(tone, cell) + text.slice(cell.length);
			});
			const text = cells.join(gap);
			return `${row === 0 && color ? toned('bold', text) : text}\n`;
		})
		.join('');
}

const shown = (cell: string): string => visible(cell) || '-';

function widest(lines: readonly (readonly string[])[], column: number): number {
	return lines.reduce((most, line) => Math.max(most, widthOf(line[column] ?? '')), 0);
}

/** Rows as a table that fits the page: its columns are cut, and left out, by their ranks. Empty without rows. */
export function tableText<Row>(all: readonly Column<Row>[], rows: readonly Row[], page: Page): string {
	if (rows.length === 0) return '';
	const cells = rows.map(row => all.map(column => shown(column.cell(row, page))));
	const wide = all.map(({title}, at) => Math.max(widthOf(title), widest(cells, at)));
	const yielding = all.map(({title, rank, least = widthOf(title)}) => ({rank, least}));
	const widths = fitColumns(yielding, wide, page.width, gap.length);
	const kept = all.flatMap((column, at) => {
		const width = widths[at] ?? 0;
		return width > 0 ? [{column, at, width}] : [];
	});
	const leftOut = all.filter((_, at) => widths[at] === 0);
	if (leftOut.length > 0) page.onLeftOut(leftOut.map(({title}) => title));
	const text = renderTable(
		kept.map(({column, width}) => cut(column.title, width)),
		rows.map((row, index) =>
			kept.map(({column, at, width}) => {
				const cell = cells[index]?.[at] ?? '';
				if (widthOf(cell) <= width) return cell;
				return cut(column.brief === undefined ? cell : shown(column.brief(row, page)), width);
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
