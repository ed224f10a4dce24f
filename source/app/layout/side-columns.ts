import {width} from './text.js';

/** The cells of a row that has a label and a text on either side of the same thing. */
export type SideColumns = {readonly label: number; readonly left: number; readonly right: number};

/** Cells between two columns. */
const gap = 2;

/** A label gives way to this before a side is cut. */
const leastLabel = 9;

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(width));

/**
 * The columns in `cells` cells: as wide as their texts where that fits. Where it does not, a label keeps a quarter of
 * the row, and a side that needs less than half of the rest leaves it to the other. What is left is shared, so that
 * both sides stand where one looks for them.
 */
export function sideColumns(
	labels: readonly string[],
	left: readonly string[],
	right: readonly string[],
	cells: number,
): SideColumns {
	const [wantedLabel, wantedLeft, wantedRight] = [labels, left, right].map(widest) as [number, number, number];
	const room = cells - gap * 2;
	const over = wantedLabel + wantedLeft + wantedRight - room;
	const label = Math.min(wantedLabel, Math.max(leastLabel, Math.floor(cells / 4), wantedLabel - Math.max(0, over)));
	const sides = Math.max(2, room - label);
	const half = Math.floor(sides / 2);
	if (wantedLeft + wantedRight > sides) {
		const first = wantedLeft <= half ? wantedLeft : Math.max(half, sides - wantedRight);
		return {label, left: first, right: sides - first};
	}
	const first = Math.min(Math.max(half, wantedLeft), sides - wantedRight);
	return {label, left: first, right: sides - first};
}
