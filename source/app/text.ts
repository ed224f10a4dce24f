import stringWidth from 'string-width';
import {graphemes} from './keys.js';

/** How many cells `text` takes on a terminal. */
export function width(text: string): number {
	return stringWidth(text);
}

/** `text` in exactly `cells` cells: cut with an ellipsis, or filled with spaces. */
export function fit(text: string, cells: number): string {
	const taken = width(text);
	if (taken <= cells) return text + ' '.repeat(cells - taken);
	if (cells <= 0) return '';
	let kept = '';
	let used = 0;
	for (const grapheme of graphemes(text.slice(0, cells * 4))) {
		const cost = width(grapheme);
		if (used + cost > cells - 1) break;
		kept += grapheme;
		used += cost;
	}
	return `${kept}…${' '.repeat(Math.max(0, cells - used - 1))}`;
}

/** `text` in at most `cells` cells, cut with an ellipsis. */
export function cut(text: string, cells: number): string {
	return fit(text, Math.min(cells, width(text)));
}

/** Cells for a column of labels beside their values, in `cells` cells: as many as the longest needs, where the values keep the most. */
export function labelCells(labels: readonly string[], cells: number): number {
	const most = Math.max(20, Math.min(30, Math.floor(cells * 0.4)));
	return Math.min(most, Math.max(8, ...labels.map(width)));
}

/** `text` broken into rows of at most `cells` cells, at spaces where there are any. */
export function wrap(text: string, cells: number): readonly string[] {
	const rows: string[] = [];
	let row = '';
	let used = 0;
	for (const word of text.split(/(?<= )/)) {
		const cost = width(word.trimEnd());
		if (used > 0 && used + cost > cells) {
			rows.push(row.trimEnd());
			row = '';
			used = 0;
		}
		if (cost <= cells) {
			row += word;
			used += width(word);
			continue;
		}
		for (const grapheme of graphemes(word)) {
			const wide = width(grapheme);
			if (used + wide > cells) {
				rows.push(row);
				row = '';
				used = 0;
			}
			row += grapheme;
			used += wide;
		}
	}
	return [...rows, row.trimEnd()];
}
