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

/** The cells of a column, a row after another: texts that are safe for a terminal. */
type Cells = {
	readonly texts: readonly string[];
	/** Their widths, where a character does not take one cell. */
	readonly widths?: readonly number[];
	/** The width of the widest. */
	readonly widest: number;
};

/** A column as it is written. */
type Written = {
	readonly title: string;
	readonly cells: Cells;
	readonly toneAt?: (row: number) => Tone | undefined;
};

/** What stands in an empty cell. */
const empty = '-';

const shown = (text: string): string => visible(text) || empty;

/**
 * Makes texts cells. Most columns are plain, which one look at all of their texts tells. The rows of a long table cost
 * what is done for each of them before the engine compiles it: hence the loops here.
 */
function cellsOf<Row, Of>(rows: readonly Row[], textOf: (row: Row, of: Of) => string, of: Of): Cells {
	const texts: string[] = [];
	let longest = 0;
	for (const row of rows) {
		const text = textOf(row, of) || empty;
		if (text.length > longest) longest = text.length;
		texts.push(text);
	}
	return isPlain(texts.join('')) ? {texts, widest: longest} : measured(texts.map(shown));
}

function measured(texts: readonly string[]): Cells {
	const widths = texts.map(widthOf);
	return {texts, widths, widest: widths.reduce((most, width) => Math.max(most, width), 0)};
}

/**
 * Rows of text in aligned columns, one per line, each line ended. Cells are made safe for a terminal, and empty ones
 * are `-`; the last column is not padded. With `color`, the header is bold.
 */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[], color: boolean): string {
	const columns = header.map((title, column) => ({
		title: shown(title),
		cells: cellsOf(rows, (row, at) => row[at] ?? '', column),
	}));
	return linesOf(columns, rows.length, color);
}

/** With `color`, the header is bold, and cells have their tones. Lines grow by a column after the other. */
function linesOf(columns: readonly Written[], count: number, color: boolean): string {
	const lines = Array<string>(count).fill('');
	const header = columns.map(({title, cells, toneAt}, column) => {
		const {texts, widths} = cells;
		const room = column === columns.length - 1 ? 0 : widest({title, cells}) + gap.length;
		/** What stands behind cells, by their widths. */
		const blanks: string[] = [];
		for (let row = 0; row < count; row++) {
			const text = texts[row] ?? '';
			const width = widths === undefined ? text.length : (widths[row] ?? 0);
			blanks[width] ??= ' '.repeat(Math.max(0, room - width));
			lines[row] += (color ? toned(toneAt?.(row), text) : text) + blanks[width];
		}
		return title + ' '.repeat(Math.max(0, room - widthOf(title)));
	});
	return [toned(color ? 'bold' : undefined, header.join('')), ...lines, ''].join('\n');
}

const widest = ({title, cells}: Written): number => Math.max(widthOf(title), cells.widest);

/** Rows as a table that fits the page: its columns are cut, and left out, by their ranks. Empty without rows. */
export function tableText<Row>(all: readonly Column<Row>[], rows: readonly Row[], page: Page): string {
	if (rows.length === 0) return '';
	const whole = all.map(column => ({...column, cells: cellsOf(rows, column.cell, page)}));
	const yielding = all.map(({title, rank, least = widthOf(title)}) => ({rank, least}));
	const widths = fitColumns(yielding, whole.map(widest), page.width, gap.length);
	const leftOut = all.filter((_, at) => widths[at] === 0);
	if (leftOut.length > 0) page.onLeftOut(leftOut.map(({title}) => title));
	/** Calls a column's function with the row at that place. */
	const at = <Result>(place: number, of: ((row: Row, page: Page) => Result) | undefined): Result | undefined => {
		const row = rows[place];
		return row === undefined ? undefined : of?.(row, page);
	};
	const kept = whole.flatMap(({title, cells, brief, tone}, column) => {
		const width = widths[column] ?? 0;
		if (width === 0) return [];
		const briefAt = (row: number): string | undefined => at(row, brief);
		return [{title: cut(title, width), cells: within(cells, width, briefAt), toneAt: (row: number) => at(row, tone)}];
	});
	const text = linesOf(kept, rows.length, page.color);
	return page.unicode ? text : text.replaceAll('…', '~');
}

/** Cells that are cut to `width`; `briefAt` says what stands in a row's cell then, if it is not what stood there. */
function within(cells: Cells, width: number, briefAt: (row: number) => string | undefined): Cells {
	if (cells.widest <= width) return cells;
	const {texts, widths} = cells;
	const cutAt = (text: string, row: number): string => {
		const brief = briefAt(row);
		return cut(brief === undefined ? text : shown(brief), width);
	};
	return measured(texts.map((text, row) => ((widths?.[row] ?? text.length) <= width ? text : cutAt(text, row))));
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
