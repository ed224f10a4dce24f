import {lateExpression} from './late-expression.js';

/**
 * Matches what a terminal obeys, hides, reorders or piles up instead of showing (group 1): controls, line separators,
 * bidirectional overrides, zero-width and other invisible formatting characters, tags, lone surrogates, and marks after
 * the fourth in a row: no writing needs more, and any number would share one cell. Skin tones and the vowel AM of Thai
 * and Lao join what is before them, too. Whole emoji match outside the group, since joiners and variation selectors
 * belong in them; none begins with what is unsafe.
 */
const unsafe = lateExpression(
	String.raw`([\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|[\p{M}\p{EMod}\u0E33\u0EB3](?<=[\p{M}\p{EMod}\u0E33\u0EB3]{5}))|\p{RGI_Emoji}`,
	'gv',
);

/**
 * Whether each character of a text is safe and takes one cell, such as those of ASCII and Latin 1. Most texts are
 * plain, and every key press shows some.
 */
export const isPlain = (text: string): boolean => /^[ -~\u00a1-\u00ac\u00ae-\u00ff…]*$/.test(text);

const short: Readonly<Record<string, string>> = {'\n': '\\n', '\r': '\\r', '\t': '\\t'};

function spellOut(character: string): string {
	return [...Array(character.length).keys()]
		.map(index => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
		.join('');
}

/** `text` on one line, with everything that could control or deceive a terminal spelled out, such as `\u001b`. */
export function visible(text: string): string {
	if (isPlain(text)) return text;
	return text.replace(unsafe(), (match: string, danger?: string) =>
		danger === undefined ? match : (short[danger] ?? spellOut(danger)),
	);
}

/** `visible()` for each line of a text. */
export function visibleLines(text: string): readonly string[] {
	return text.split(/\r\n|\r|\n/).map(visible);
}

/**
 * JSON or double-quoted YAML text with its unsafe characters, except line feeds, as `\uXXXX` escapes. It reads back
 * the same.
 */
export function escapeInQuotes(text: string): string {
	if (isPlain(text.replaceAll('\n', ''))) return text;
	return text.replace(unsafe(), (match: string, danger?: string) =>
		danger === undefined || danger === '\n' ? match : spellOut(danger),
	);
}

/** Runs of blanks, and characters that look like one: with those a text fills lines that seem to be others. */
const blanks = lateExpression(String.raw` {2,}|(?! )[\p{Zs}\p{Co}\p{Cn}\u2800\u{1d159}]`, 'gu');

/** `visible()`, with the blanks spelled out too that could fill a line. */
export function gapless(text: string): string {
	return visible(text.replace(blanks(), spellOut));
}

/** True when `visible()` would change `text`. */
export function isUnsafe(text: string): boolean {
	return visible(text) !== text;
}
