const graphemes = new Intl.Segmenter();

function withoutLast(line: string): string {
	const last = [...graphemes.segment(line)].at(-1);
	return last === undefined ? line : line.slice(0, last.index);
}

/** What keys made of a line. */
export type Typed = {
	readonly line: string;
	/** How it ended, when it did: enter, Ctrl-C, or Ctrl-D on an empty line. */
	readonly end?: 'enter' | 'interrupt' | 'end';
	/** Keys not used: what came after the end, or the beginning of an escape sequence whose rest has not arrived. */
	readonly rest: string;
};

/** A complete escape sequence, or a key pressed with alt, or escape itself. */
const sequence = /^\u001b(?:\[[0-9:;<=>?]*[ -/]*[@-~]|O[ -~]|\](?:[^\u0007\u001b])*(?:\u0007|\u001b\\)|[^[\]O]|$)/s;

/**
 * `line` after the keys a terminal in raw mode sent: text as it is, backspace, Ctrl-W and Ctrl-U. Escape sequences, the
 * marks around a paste among them, and other controls do nothing.
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
		else if (key === '\u0017') typed = typed.replace(/\S*\s*$/, '');
		else if (key >= ' ' || key === '\t') typed += key;
	}
	return {line: typed, rest: ''};
}
