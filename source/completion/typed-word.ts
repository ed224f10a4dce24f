/** A quote that is open at the end of a word. */
type Quote = '"' | "'";

/** A word as it is typed in bash, taken apart. */
export type TypedWord = {
	/** Its text, without quotes. Nothing in it is expanded. */
	readonly text: string;
	/** What is typed up to the quote that is still open, with it, and the text of that. */
	readonly open: {readonly quote: Quote; readonly typed: string; readonly text: string} | undefined;
};

/** Reads a word of bash: backslashes and both kinds of quotes. */
export function readTyped(typed: string): TypedWord {
	let text = '';
	let open: TypedWord['open'];
	for (let at = 0; at < typed.length; at++) {
		const each = typed.charAt(at);
		if (open === undefined && (each === '"' || each === "'")) {
			open = {quote: each, typed: typed.slice(0, at + 1), text};
		} else if (each === open?.quote) {
			open = undefined;
		} else if (each === '\\' && (open === undefined || (open.quote === '"' && /["\\$`]/.test(typed.charAt(at + 1))))) {
			text += typed.charAt(++at);
		} else {
			text += each;
		}
	}
	return {text, open};
}

/**
 * The text to type in bash in the place of `word` to have `text`: quoted as the word is, so that nothing in it means
 * anything to the shell. Undefined when the text does not begin with the word, or can't be typed between its quotes.
 */
export function typedAs({text: begin, open}: TypedWord, text: string): string | undefined {
	if (!text.startsWith(begin)) return undefined;
	if (open === undefined)
		return text.replace(/[^\w@%+=:,./-]/gu, character => (isLetter(character) ? character : `\\${character}`));
	const rest = text.slice(open.text.length);
	if (open.quote === "'") return `${open.typed}${rest.replaceAll("'", "'\\''")}`;
	// Between double quotes an interactive bash still looks for earlier lines, and a backslash would stay.
	return rest.includes('!') ? undefined : `${open.typed}${rest.replace(/["\\$`]/g, '\\$&')}`;
}

const isLetter = (character: string): boolean => /^[\p{L}\p{M}\p{N}]$/u.test(character);
