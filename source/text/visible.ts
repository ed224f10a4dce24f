/**
 * Finds what a terminal obeys, hides or reorders instead of showing (group 1): controls, line separators,
 * bidirectional overrides, zero-width and other invisible formatting, tags, lone surrogates. Whole emoji are
 * matched first, outside the group, since joiners and variation selectors belong there.
 */
const pattern = /\p{RGI_Emoji}|([\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}])/gv;

const short: Readonly<Record<string, string>> = {'\n': '\\n', '\r': '\\r', '\t': '\\t'};

function spellOut(character: string): string {
	return [...Array(character.length).keys()]
		.map(index => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
		.join('');
}

/** `text` on one line with everything that could drive or deceive a terminal spelled out, such as `\u001b`. */
export function visible(text: string): string {
	// Most texts are nothing but this, and each key shows some.
	if (/^[ -~]*$/.test(text)) return text;
	return text.replace(pattern, (match: string, unsafe?: string) =>
		unsafe === undefined ? match : (short[unsafe] ?? spellOut(unsafe)),
	);
}

/** `visible()` for each line of a text that may have several. */
export function visibleLines(text: string): readonly string[] {
	return text.split(/\r\n|\r|\n/).map(visible);
}

/**
 * JSON or double-quoted YAML text with its unsafe characters, all but line feeds, as `\uXXXX` escapes: it reads
 * back the same.
 */
export function escapeInQuotes(text: string): string {
	return text.replace(pattern, (match: string, unsafe?: string) =>
		unsafe === undefined || unsafe === '\n' ? match : spellOut(unsafe),
	);
}

/** True when `visible()` would change something in `text`. */
export function isUnsafe(text: string): boolean {
	return visible(text) !== text;
}
