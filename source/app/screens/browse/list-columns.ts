import type {Sort} from '../../core/state.js';

/** Column widths for a row of `cells` cells: 0 for a column without room. */
export function listColumns(
	cells: number,
	sort: Sort,
): {
	readonly name: number;
	readonly provider: number;
	readonly id: number;
	readonly age: number;
	readonly used: number;
	readonly care: number;
} {
	const care = cells >= 34 ? 12 : 0;
	const provider = cells >= 56 ? 12 : cells >= 42 ? 8 : 0;
	const isWide = cells >= 74;
	// A list by last use shows that in the place of the age.
	const dated = cells >= 58 && (isWide || sort !== 'use') ? 4 : 0;
	const used = isWide || (cells >= 48 && sort === 'use') ? 4 : 0;
	const id = cells >= 68 ? 9 : 0;
	const widths = [care, provider, dated, used, id].filter(width => width > 0);
	const name = Math.max(4, cells - 2 - widths.reduce((sum, width) => sum + width + 1, 0));
	return {name, provider, id, age: dated, used, care};
}
