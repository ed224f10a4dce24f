import {visible} from '../../text/visible.js';
import type {Line} from '../input/line-editor.js';
import {caretOf, rowAt, rowCount} from '../input/text-area.js';

/** The one line that changes: what has the keyboard, and its text. */
export type Prompt = {
	readonly label: string;
	/** The typed text as it may be shown, one grapheme an item. */
	readonly cells: readonly string[];
	/** The index of the cell the caret is before. */
	readonly caret: number;
	/** Revealed secrets. If there are any, the line shows only them, so that the next frame removes them. */
	readonly shown: readonly string[];
};

/** A prompt without input. */
export function fixedPrompt(label: string, text = ''): Prompt {
	const cells = [...text];
	return {label, cells, caret: cells.length, shown: []};
}

/** Graphemes kept around the caret, as many as the widest window shows: a field may hold thousands. */
const around = 400;

/** A prompt with a typed text. */
export function inputPrompt(label: string, {text, at}: Line, masked = false): Prompt {
	const from = Math.max(0, at - around);
	const cells = text.slice(from, at + around).map(grapheme => (masked ? '*' : visible(grapheme)));
	return {label, cells, caret: at - from, shown: []};
}

/** The same for a multi-line text: shows the line with the caret. */
export function typedRow(label: string, line: Line): Prompt {
	const {row, column} = caretOf(line);
	const from = Math.max(0, column - around);
	const cells = rowAt(line, row, from, column + around).map(visible);
	return {label: `${label}line ${row + 1} of ${rowCount(line)}`, cells, caret: column - from, shown: []};
}
