import type {Side} from '../../app/core/sides.js';
import {type SideColumns, sideColumns} from '../../app/layout/side-columns.js';
import {beginning, fit} from '../../app/layout/text.js';
import {maskWidth} from '../../domain/mask.js';
import {visible} from '../../text/visible.js';

/** One side of a part, as far as `cells` cells show it; `mask` is the character that stands for a hidden value. */
export function sideText(side: Side, mask: string, cells: number): string {
	if (side.is === 'none') return 'none';
	if (side.is === 'hidden') return mask.repeat(Math.min(maskWidth, cells));
	return visible(beginning(side.text, cells));
}

/** One side of a part in exactly so many cells. */
export function sideCells(side: Side, mask: string, cells: number): string {
	return fit(sideText(side, mask, cells), cells);
}

/** The columns of parts in `cells` cells, with what stands above both sides. */
export function columnsOfSides(
	labels: readonly string[],
	sides: readonly {readonly was: Side; readonly is: Side}[],
	[left, right]: readonly [string, string],
	mask: string,
	cells: number,
): SideColumns {
	const texts = (side: 'was' | 'is'): readonly string[] => sides.map(each => sideText(each[side], mask, cells));
	return sideColumns(labels, [left, ...texts('was')], [right, ...texts('is')], cells);
}
