import {visible} from '../../text/visible.js';
import type {Line} from '../line-editor.js';
import {caretOf, rowAt, rowCount} from '../text-area.js';

/** The one line that changes: what has the keyboard, and what is typed there. */
export type Prompt = {
	readonly label: string;
	/** What is typed as it may be shown, a grapheme each. */
	readonly cells: readonly string[];
	/** Before which of the cells the caret stands. */
	readonly caret: number;
	/** Secrets that are shown now: they stand here, where they are taken away again, in place of all else. */
	readonly shown: readonly string[];
};

/** A prompt where nothing is typed. */
export function still(label: string, text = ''): Prompt {
	const cells = [...text];
	return {label, cells, caret: cells.length, shown: []};
}

/** As many graphemes around the caret are told as the widest window shows: a field may hold thousands. */
const around = 400;

/** A prompt with a text that is typed. */
export function typed(label: string, {text, at}: Line, masked = false): Prompt {
	const from = Math.max(0, at - around);
	const cells = text.slice(from, at + around).map(grapheme => (masked ? '*' : visible(grapheme)));
	return {label, cells, caret: at - from, shown: []};
}

/** The same with a text over several lines: the line that has the caret. */
export function typedRow(label: string, line: Line): Prompt {
	const {row, column} = caretOf(line);
	const from = Math.max(0, column - around);
	const cells = rowAt(line, row, from, column + around).map(visible);
	return {label: `${label}line ${row + 1} of ${rowCount(line)}`, cells, caret: column - from, shown: []};
}
