import {type KeyPress, keyName} from './keys.js';
import {edit, insert, type Line} from './line-editor.js';

const breaks = new WeakMap<readonly string[], readonly number[]>();

/** Positions of a text's line breaks, found once for each text. */
function breaksOf(text: readonly string[]): readonly number[] {
	const known = breaks.get(text);
	if (known !== undefined) return known;
	const found: number[] = [];
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) found.push(at);
	breaks.set(text, found);
	return found;
}

/** The number of rows in a multi-line text. */
export function rowCount({text}: Line): number {
	return breaksOf(text).length + 1;
}

/** A row's start, and its end before the line break. */
export function boundsOf(text: readonly string[], row: number): {readonly start: number; readonly end: number} {
	const found = breaksOf(text);
	return {start: (found[row - 1] ?? -1) + 1, end: found[row] ?? text.length};
}

/** The graphemes of one row without its line break, from index `from` up to but not including `to`. */
export function rowAt(line: Line, row: number, from = 0, to = Number.POSITIVE_INFINITY): readonly string[] {
	const {start, end} = boundsOf(line.text, row);
	return line.text.slice(Math.min(end, start + from), Math.min(end, start + to));
}

/** The caret's row, and the index of the grapheme it is before. Both count from 0. */
export function caretOf(line: Line): {readonly row: number; readonly column: number} {
	const found = breaksOf(line.text);
	let [row, last] = [0, found.length];
	while (row < last) {
		const middle = (row + last) >> 1;
		if ((found[middle] ?? 0) < line.at) row = middle + 1;
		else last = middle;
	}
	return {row, column: line.at - boundsOf(line.text, row).start};
}

/** Moves the caret to that row, and as near to that column as the row's length allows. */
export function withCaret(line: Line, row: number, column: number): Line {
	const {start, end} = boundsOf(line.text, Math.max(0, Math.min(rowCount(line) - 1, row)));
	return {text: line.text, at: start + Math.max(0, Math.min(column, end - start))};
}

/** Keys that cross the ends of a row instead of stopping there. */
const acrossRows: readonly string[] = ['backspace', 'ctrl+h', 'delete', 'ctrl+d', 'left', 'ctrl+b', 'right', 'ctrl+f'];

/**
 * The text after a key press; undefined when it is no edit. `above` and `below` mean that the caret would leave the
 * text past its first or last row.
 */
export function editLines(line: Line, press: KeyPress): Line | 'above' | 'below' | undefined {
	const key = keyName(press);
	const {row, column} = caretOf(line);
	const last = rowCount(line) - 1;
	switch (key) {
		case 'enter':
			return insert(line, '\n');
		case 'up':
			return row === 0 ? 'above' : withCaret(line, row - 1, column);
		case 'down':
			return row === last ? 'below' : withCaret(line, row + 1, column);
		case 'pageup':
			return withCaret(line, row - 10, column);
		case 'pagedown':
			return withCaret(line, row + 10, column);
		case 'ctrl+home':
			return {text: line.text, at: 0};
		case 'ctrl+end':
			return {text: line.text, at: line.text.length};
		default:
			return acrossRows.includes(key) ? edit(line, press) : edit(line, press, boundsOf(line.text, row));
	}
}
