import type {Side} from '../../app/core/sides.js';
import {beginning, fit} from '../../app/layout/text.js';
import {maskWidth} from '../../domain/mask.js';
import {visible} from '../../text/visible.js';

/** One side of a part in so many cells; `mask` is the character that stands for a hidden value. */
export function sideCells(side: Side, mask: string, cells: number): string {
	if (side.is === 'none') return fit('none', cells);
	if (side.is === 'hidden') return fit(mask.repeat(Math.min(maskWidth, cells)), cells);
	return fit(visible(beginning(side.text, cells)), cells);
}
