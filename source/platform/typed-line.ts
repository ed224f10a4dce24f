/** Made when it is first needed, since it takes the engine 9 ms. */
let graphemes: Intl.Segmenter | undefined;

/** How many code units to look back: more than the last grapheme has, and enough before it to tell where it begins. */
const tail = 200;

function withoutLast(line: string): string {
	const start = Math.max(0, line.length - tail);
	graphemes ??= new Intl.Segmenter();
	const last = [...graphemes.segment(line.slice(start))].at(-1);
	return last === undefined ? line : line.slice(0, start + last.index);
}

/** The line without its last word and the white space after that. */
function withoutWord(line: string): string {
	const text = line.trimEnd();
	let end = text.length;
	while (end > 0 && text.charAt(end - 1).trim() !== '') end--;
	return text.slice(0, end);
}

/** A line after some keys. */
export type Typed = {
	readonly line: string;
	/** How the line ended, if it did: enter, Ctrl-C, or Ctrl-D on an empty line. */
	readonly end?: 'enter' | 'interrupt' | 'end';
	/** Unused keys: those after the end, or the beginning of an escape sequence whose rest has not arrived. */
	readonly rest: string;
};

/** An escape sequence, a key pressed with alt, or escape itself; old terminals put a second escape before it. */
const sequence = /^\u001b{1,2}(?:\[(?:\[.|[235678]\$|[0-?]*[ -/]*[@-~])|O[0-9;]*[@-~]|[^[O\u001b]|$)/s;

/**
 * `line` after the keys that a terminal in raw mode sent. Text is added as is; backspace, Ctrl-W and Ctrl-U edit.
 * Escape sequences, including the marks around a paste, and other controls do nothing.
 */
export function typeKeys(line: string, keys: string): Typed {
	let typed = line;
	let index = 0;
	while (index < keys.length) {
		const key = keys[index] ?? '';
		if (key === '\u001b') {
			const match = sequence.exec(keys.slice(index));
			if (match === null) return {line: typed, rest: keys.slice(index)};
			index += match[0].length;
			continue;
		}
		index++;
		if (key === '\r' || key === '\n') {
			const rest = keys.slice(key === '\r' && keys[index] === '\n' ? index + 1 : index);
			return {line: typed, end: 'enter', rest};
		}
		if (key === '\u0003') return {line: typed, end: 'interrupt', rest: ''};
		if (key === '\u0004' && typed === '') return {line: typed, end: 'end', rest: ''};
		if (key === '\u007f' || key === '\b') typed = withoutLast(typed);
		else if (key === '\u0015') typed = '';
		else if (key === '\u0017') typed = withoutWord(typed);
		else if (key >= ' ' || key === '\t') typed += key;
	}
	return {line: typed, rest: ''};
}
