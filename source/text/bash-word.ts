/** One word as bash reads it: its value and the index behind it, or why bash alone can tell the value. */
export type Word =
	| {readonly value: string; readonly end: number}
	| {readonly why: 'expands' | 'open' | 'odd'; readonly end: number};

/** Escapes of `$'…'` that stand for one character (bash manual, ANSI-C quoting). */
const ansi: Readonly<Record<string, string>> = {
	a: '\u0007',
	b: '\b',
	e: '\u001b',
	E: '\u001b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
	'\\': '\\',
	"'": "'",
	'"': '"',
	'?': '?',
};

/**
 * Reads the value of an assignment that starts at `start`, as bash does (manual, "Quoting"): quotes and backslashes are
 * removed, and a comment starts only behind a blank. Nothing is expanded: a variable, a command or a `~` where bash
 * would replace it makes the word `expands`. `open` is a quote that nothing closes; `odd` is anything else that bash
 * treats in a way of its own. Reads at most to the end of the text, each character once.
 */
export function readBashWord(text: string, start: number): Word {
	let value = '';
	let at = start;
	while (at < text.length) {
		const character = text[at] ?? '';
		if (/[\s;]/.test(character)) break;
		if (character === "'" || (character === '$' && text[at + 1] === "'")) {
			const part = character === "'" ? plainQuote(text, at) : ansiQuote(text, at + 1);
			if ('why' in part) return part;
			value += part.value;
			at = part.end;
		} else if (character === '"') {
			const part = doubleQuote(text, at);
			if ('why' in part) return part;
			value += part.value;
			at = part.end;
		} else if (character === '\\') {
			if (at + 1 >= text.length) return {why: 'odd', end: at};
			if (text[at + 1] !== '\n') value += text[at + 1] ?? '';
			at += 2;
		} else if (/[$`]/.test(character) || (character === '~' && /^$|:$/.test(value.slice(-1)))) {
			return {why: 'expands', end: at};
		} else if (/[&|<>(){}]/.test(character)) {
			return {why: 'odd', end: at};
		} else {
			value += character;
			at += 1;
		}
	}
	return {value, end: at};
}

function plainQuote(text: string, at: number): Word {
	const end = text.indexOf("'", at + 1);
	return end === -1 ? {why: 'open', end: at} : {value: text.slice(at + 1, end), end: end + 1};
}

function doubleQuote(text: string, start: number): Word {
	let value = '';
	for (let at = start + 1; at < text.length; at++) {
		const character = text[at] ?? '';
		if (character === '"') return {value, end: at + 1};
		if (character === '`') return {why: 'expands', end: at};
		// Before anything else, `$` is itself (bash manual, "Shell Expansions").
		if (character === '$' && /[\w{(@*#?$![-]/.test(text[at + 1] ?? '')) return {why: 'expands', end: at};
		const next = text[at + 1] ?? '';
		if (character === '\\' && /["$`\\\n]/.test(next)) {
			value += next === '\n' ? '' : next;
			at += 1;
		} else value += character;
	}
	return {why: 'open', end: start};
}

function ansiQuote(text: string, start: number): Word {
	let value = '';
	for (let at = start + 1; at < text.length; at++) {
		const character = text[at] ?? '';
		if (character === "'") return {value, end: at + 1};
		if (character !== '\\') {
			value += character;
			continue;
		}
		at += 1;
		const known = ansi[text[at] ?? ''];
		if (known === undefined) return {why: 'odd', end: at};
		value += known;
	}
	return {why: 'open', end: start};
}
