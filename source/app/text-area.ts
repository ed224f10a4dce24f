import {type KeyPress, keyName} from './keys.js';
import {edit, insert, type Line} from './line-editor.js';

/** The rows of a text of several lines: the graphemes of each, without the breaks. */
export function rowsOf({text}: Line): readonly (readonly string[])[] {
	const rows: string[][] = [[]];
	for (const grapheme of text) {
		if (grapheme === '\n') rows.push([]);
		else rows.at(-1)?.push(grapheme);
	}
	return rows;
}

/** Where the caret stands: the row, and before which grapheme of it. Both count from 0. */
export function caretOf({text, at}: Line): {readonly row: number; readonly column: number} {
	const before = text.slice(0, at);
	const start = before.lastIndexOf('\n') + 1;
	return {row: before.filter(grapheme => grapheme === '\n').length, column: at - start};
}

/** The text with the caret in that row, as near to that column as the row is long. */
export function withCaret(line: Line, row: number, column: number): Line {
	const rows = rowsOf(line);
	const target = Math.max(0, Math.min(rows.length - 1, row));
	const before = rows.slice(0, target).reduce((sum, each) => sum + each.length + 1, 0);
	return {text: line.text, at: before + Math.max(0, Math.min(column, rows[target]?.length ?? 0))};
}

/** The row of the caret as a line of its own is edited, and put back. */
function editRow(line: Line, press: KeyPress): Line | undefined {
	const {row, column} = caretOf(line);
	const rows = rowsOf(line);
	const current = rows[row] ?? [];
	const edited = edit({text: current, at: column}, press);
	if (edited === undefined) return undefined;
	const before = line.at - column;
	return {
		text: [...line.text.slice(0, before), ...edited.text, ...line.text.slice(before + current.length)],
		at: before + edited.at,
	};
}

/** Keys that go over the end of a row rather than stop there. */
const acrossRows: readonly string[] = ['backspace', 'ctrl+h', 'delete', 'ctrl+d', 'left', 'ctrl+b', 'right', 'ctrl+f'];

/**
 * The text after that press; undefined when it is no edit. `above` and `below` say that the caret would leave the text by its first
 * or last row.
 */
export function editLines(line: Line, press: KeyPress): Line | 'above' | 'below' | undefined {
	const key = keyName(press);
	const {row, column} = caretOf(line);
	const last = rowsOf(line).length - 1;
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
			return acrossRows.includes(key) ? edit(line, press) : editRow(line, press);
	}
}
