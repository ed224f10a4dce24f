import {blankLook, type Look, lookAfter} from './sgr.js';

/**
 * One row of the screen, cell by cell, as far as it is certain in which cells a terminal shows it. Terminals disagree
 * about emoji, about marks that join the letter before them, and about letters of ambiguous width.
 */
export type CellRow = {
	/** What each cell shows; empty for the second half of a wide character. */
	readonly texts: readonly string[];
	readonly looks: readonly Look[];
	/** What follows the certain cells, as it is written, and the look it begins with. */
	readonly rest: string;
	readonly restLook: Look;
};

/** The app's own characters, beside letters and borders. */
const glyphs = new Set([...'·…•×↑↓←→“”›❯●○✓'].map(glyph => glyph.charCodeAt(0)));

/** Letters, borders and the spinner: one cell in every terminal that the borders fit in, and they join nothing. */
const isNarrow = (code: number): boolean =>
	(code >= 0x20 && code <= 0x7e) ||
	(code >= 0x25_00 && code <= 0x25_7f) ||
	(code >= 0x28_00 && code <= 0x28_ff) ||
	glyphs.has(code);

/** Han, kana, and syllables of Hangul: these take two cells everywhere. */
function isWide(code: number): boolean {
	return (
		(code >= 0x4e_00 && code <= 0x9f_ff) ||
		(code >= 0x34_00 && code <= 0x4d_bf) ||
		(code >= 0x30_41 && code <= 0x30_96) ||
		(code >= 0x30_a1 && code <= 0x30_fa) ||
		(code >= 0xac_00 && code <= 0xd7_a3)
	);
}

const sequence = /\u001b\[([\d;]*)m/y;

/**
 * The cells of a text of narrow characters whose styles end within it, so that nothing of it joins what is beside it;
 * undefined for any other text.
 */
export function certainCells(text: string): number | undefined {
	let look: Look | undefined = '';
	let cells = 0;
	for (let at = 0; at < text.length; ) {
		const code = text.charCodeAt(at);
		if (code === 0x1b) {
			sequence.lastIndex = at;
			const match = sequence.exec(text);
			look = match === null ? undefined : lookAfter(look, match[1] ?? '');
			if (match === null || look === undefined) return undefined;
			at += match[0].length;
		} else {
			if (!isNarrow(code)) return undefined;
			cells++;
			at++;
		}
	}
	return look === '' ? cells : undefined;
}

/** Takes a row apart. What does not fit in `columns` is not certain. */
export function cellRow(source: string, columns: number): CellRow {
	const texts: string[] = [];
	const looks: Look[] = [];
	let look: Look = '';
	let blank: Look = '';
	let at = 0;
	// Where the last character begins, and its look: a mark that follows would join it.
	let last = 0;
	let lastLook: Look = '';
	while (at < source.length) {
		const code = source.charCodeAt(at);
		if (code === 0x1b) {
			sequence.lastIndex = at;
			const match = sequence.exec(source);
			const after = match === null ? undefined : lookAfter(look, match[1] ?? '');
			if (match === null || after === undefined) break;
			[look, blank] = [after, blankLook(after)];
			at += match[0].length;
			continue;
		}
		const cells = isNarrow(code) ? 1 : isWide(code) ? 2 : 0;
		if (cells === 0 || texts.length + cells > columns) {
			// A control sequence joins nothing, but it is rare.
			if (texts.length > 0) {
				if (texts.pop() === '') texts.pop();
				looks.length = texts.length;
				[at, look] = [last, lastLook];
			}
			break;
		}
		[last, lastLook] = [at, look];
		texts.push(source.charAt(at));
		looks.push(code === 0x20 ? blank : look);
		if (cells === 2) {
			texts.push('');
			looks.push(look);
		}
		at++;
	}
	return {texts, looks, rest: source.slice(at), restLook: look};
}
