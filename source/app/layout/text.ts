import stringWidth from 'string-width';
import {visible} from '../../text/visible.js';
import {graphemes} from '../input/keys.js';

/** Most graphemes whose width is cached, and the most UTF-16 units of one. */
const [mostKnown, longestKnown] = [4096, 16];

const widths = new Map<string, number>();

/** The width of a grapheme in cells, cached for common ones: every key measures whole rows. */
function graphemeWidth(grapheme: string): number {
	const known = widths.get(grapheme);
	if (known !== undefined) return known;
	const cells = stringWidth(grapheme);
	if (grapheme.length > longestKnown) return cells;
	if (widths.size >= mostKnown) widths.clear();
	widths.set(grapheme, cells);
	return cells;
}

/** Longer texts are measured by grapheme: measured whole, the cost of each grows with the text. */
const longText = 64;

/** The width of `text` in cells. */
export function width(text: string): number {
	if (/^[ -~]*$/.test(text)) return text.length;
	if (text.length <= longText) return text.length <= 2 ? graphemeWidth(text) : stringWidth(text);
	return graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/** A grapheme safe to show, and its width in cells. */
export type Cell = {readonly text: string; readonly width: number};

const cellsOf = new Map<string, Cell>();

/** How a grapheme is shown; cached like its width. */
export function cellOf(grapheme: string): Cell {
	const known = cellsOf.get(grapheme);
	if (known !== undefined) return known;
	const text = visible(grapheme);
	const cell = {text, width: width(text)};
	if (grapheme.length > longestKnown) return cell;
	if (cellsOf.size >= mostKnown) cellsOf.clear();
	cellsOf.set(grapheme, cell);
	return cell;
}

/** A prefix sure to be wider than `cells` cells, or the whole text: the rest of a long text need not be examined. */
export function beginning(text: string, cells: number): string {
	const part = text.slice(0, 512 + cells * 8);
	return part.length < text.length && width(part) > cells + 1 ? part : text;
}

/** `text` in exactly `cells` cells: cut with an ellipsis, or padded with spaces. */
export function fit(text: string, cells: number): string {
	const part = beginning(text, cells);
	const taken = width(part);
	if (taken <= cells) return part + ' '.repeat(cells - taken);
	if (cells <= 0) return '';
	let kept = '';
	let used = 0;
	for (const grapheme of graphemes(part.slice(0, cells * 4))) {
		const cost = graphemeWidth(grapheme);
		if (used + cost > cells - 1) break;
		kept += grapheme;
		used += cost;
	}
	return `${kept}…${' '.repeat(Math.max(0, cells - used - 1))}`;
}

/** `text` in at most `cells` cells, cut with an ellipsis. */
export function cut(text: string, cells: number): string {
	const part = beginning(text, Math.max(0, cells));
	return fit(part, Math.min(cells, width(part)));
}

/** How many characters of a text stay before and after what `fitEnds()` leaves out for so many cells. */
function endsOf(length: number, cells: number): {readonly head: number; readonly tail: number} {
	const tail = length <= cells ? 0 : Math.max(0, Math.floor((cells - 1) / 2));
	return {head: length <= cells ? length : cells - 1 - tail, tail};
}

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

/**
 * `text` in exactly `cells` cells, as `fit()` does it, but cut in its middle where that can be counted: names and ids
 * differ at their ends.
 */
export function fitEnds(text: string, cells: number): string {
	const {head, tail} = endsOf(text.length, cells);
	if (tail === 0 || !isAscii(text)) return fit(text, cells);
	return `${text.slice(0, head)}…${text.slice(-tail)}`;
}

/** Where positions in `text` are in `fitEnds(text, cells)`; those that were left out are missing. */
export function marksInEnds(text: string, cells: number, marks: ReadonlySet<number>): ReadonlySet<number> {
	const {head, tail} = endsOf(text.length, cells);
	if (tail === 0 || !isAscii(text)) return marks;
	const moved = [...marks].flatMap(at => {
		if (at < head) return at;
		return at >= text.length - tail ? at - text.length + cells : [];
	});
	return new Set(moved);
}

/** `text` without its middle when it is longer than `units` UTF-16 units; its beginning and end stay. */
export function shortened(text: string, units: number): string {
	if (text.length <= units) return text;
	const half = Math.floor(units / 2);
	return `${text.slice(0, half)}…${text.slice(-half)}`;
}

/**
 * The width of a label column within `cells` cells: as wide as the longest label, but most of the room stays for
 * values.
 */
export function labelCells(labels: readonly string[], cells: number): number {
	const most = Math.max(20, Math.min(30, Math.floor(cells * 0.4)));
	return Math.min(most, Math.max(8, ...labels.map(width)));
}

/** Cells of a row with a label that the signs before it and the gap behind it take. */
export const labelledFrame = 5;

/** Wraps `text` into rows of at most `cells` cells, at spaces where possible. */
export function wrap(text: string, cells: number): readonly string[] {
	const rows: string[] = [];
	let row = '';
	let used = 0;
	for (const word of text.split(/(?<= )/)) {
		const whole = width(word);
		const trimmed = word.trimEnd();
		const cost = trimmed.length === word.length ? whole : width(trimmed);
		if (used > 0 && used + cost > cells) {
			rows.push(row.trimEnd());
			row = '';
			used = 0;
		}
		if (cost <= cells) {
			row += word;
			used += whole;
			continue;
		}
		for (const grapheme of graphemes(word)) {
			const wide = graphemeWidth(grapheme);
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
