import type {KeyPress} from '../input/keys.js';
import {keyName} from '../input/keys.js';
import type {Line} from '../input/line-editor.js';
import {boundsOf, caretOf, editLines, rowCount} from '../input/text-area.js';
import {scrollTo} from './layout.js';
import {cellOf} from './text.js';

/** A row as it is shown: a line of the text, or the part of one that is too long, by the indices of its graphemes. */
export type ShownRow = {
	/** The line that it belongs to, and where that begins. */
	readonly line: number;
	readonly lineStart: number;
	readonly start: number;
	readonly end: number;
	/** Cells before it: the rest of a line begins as far in as the line does. */
	readonly indent: number;
	/** The line goes on in the next row. */
	readonly broken: boolean;
};

/** Rows around the caret, and where it stands among them, in cells. */
type Around = {readonly rows: readonly ShownRow[]; readonly caret: {readonly row: number; readonly column: number}};

const cells = (text: readonly string[], at: number): number => cellOf(text[at] ?? '').width;

/**
 * The rows of a line in `width` cells, of which the last is for the caret, or for the blank that ends a word there. A
 * row ends behind a blank in its second half, and otherwise where it is full, so that a long word does not leave one
 * half empty. Costs time for the line alone.
 */
function rowsOfLine({text}: Line, line: number, width: number): readonly ShownRow[] {
	const {start: lineStart, end} = boundsOf(text, line);
	const rows: ShownRow[] = [];
	const put = (start: number, end: number, broken: boolean): unknown =>
		rows.push({line, lineStart, start, end, indent: rows.length === 0 ? 0 : indent, broken});
	let indent = 0;
	// An escaped character takes up to six cells.
	while (text[lineStart + indent] === ' ' && indent * 2 < width && indent + 7 < width) indent++;
	let [start, used] = [lineStart, 0];
	/** Behind the last blank of the row, and the cells before it. */
	let [blank, before] = [lineStart, 0];
	for (let at = lineStart; at < end; at++) {
		const cost = cells(text, at);
		const isBlank = text[at] === ' ';
		// What is left of a row that ends behind a blank may be too much with an escaped character.
		while (used + cost > (isBlank ? width : width - 1) && at > start) {
			const isWord = before * 2 >= width;
			const next = isWord ? blank : at;
			put(start, next, true);
			[start, used] = [next, indent + (isWord ? used - before : 0)];
			[blank, before] = [start, 0];
		}
		used += cost;
		if (isBlank) [blank, before] = [at + 1, used];
	}
	put(start, end, false);
	return rows;
}

/** The rows of the caret's line, and as many above and below as are asked for, if there are so many. */
function around(line: Line, width: number, above: number, below: number): Around {
	const {text, at} = line;
	const own = caretOf(line).row;
	let rows = rowsOfLine(line, own, width);
	// Where a line is broken, the caret stands at the beginning of the next row.
	let row = rows.findLastIndex(({start}) => start <= at);
	let column = rows[row]?.indent ?? 0;
	for (let index = rows[row]?.start ?? 0; index < at; index++) column += cells(text, index);
	for (let next = own - 1; next >= 0 && row < above; next--) {
		const more = rowsOfLine(line, next, width);
		rows = [...more, ...rows];
		row += more.length;
	}
	const last = rowCount(line);
	for (let next = own + 1; next < last && rows.length - row <= below; next++)
		rows = [...rows, ...rowsOfLine(line, next, width)];
	// Behind a blank in the last cell, the caret stands on it.
	return {rows, caret: {row, column: Math.min(column, width - 1)}};
}

/** The rows that a window of that size shows, and the caret in it. */
export function shownRows(line: Line, width: number, height: number): Around {
	const {rows, caret} = around(line, width, height, height);
	const top = scrollTo(caret.row, 0, height, rows.length);
	return {rows: rows.slice(top, top + height), caret: {row: caret.row - top, column: caret.column}};
}

/** The number of rows of a text, counted up to `most`. */
export function shownCount(line: Line, width: number, most: number): number {
	let count = 0;
	for (let row = 0; row < rowCount(line) && count < most; row++) count += rowsOfLine(line, row, width).length;
	return Math.min(count, most);
}

/** Moves the caret by rows, and as near as it can to the column from which it first left. */
function moved(line: Line, by: number, width: number): Line {
	const {rows, caret} = around(line, width, Math.max(0, -by), Math.max(0, by));
	const column = line.column ?? caret.column;
	const row = rows[Math.max(0, Math.min(rows.length - 1, caret.row + by))];
	if (row === undefined) return line;
	// Behind a broken row's last grapheme, the caret would stand in the next row.
	const end = row.broken ? row.end - 1 : row.end;
	let at = row.start;
	for (let used = row.indent + cells(line.text, at); at < end && used <= column; used += cells(line.text, at)) at++;
	return {text: line.text, at, column};
}

const steps: Readonly<Record<string, number>> = {up: -1, down: 1, pageup: -10, pagedown: 10};

/**
 * The text after a key press, as it is shown in `width` cells: up and down move by rows. `above` and `below` mean that
 * the caret would leave the text.
 */
export function editShown(line: Line, press: KeyPress, width: number): ReturnType<typeof editLines> {
	const key = keyName(press);
	const by = steps[key];
	if (by === undefined) return editLines(line, press);
	const {rows, caret} = around(line, width, 1, 1);
	if (key === 'up' && caret.row === 0) return 'above';
	if (key === 'down' && caret.row === rows.length - 1) return 'below';
	return moved(line, by, width);
}
