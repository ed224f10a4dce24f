import {age} from '../../../domain/time.js';
import type {Use} from '../../../domain/use.js';
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
	const dated = cells >= 58 && (isWide || sort !== 'use') ? 9 : 0;
	const used = isWide || (cells >= 48 && sort === 'use') ? 6 : 0;
	const id = cells >= 68 ? 9 : 0;
	const widths = [care, provider, dated, used, id].filter(width => width > 0);
	const name = Math.max(4, cells - 2 - widths.reduce((sum, width) => sum + width + 1, 0));
	return {name, provider, id, age: dated, used, care};
}

/** An age that the column holds: "10 minutes" is the only one that is wider. */
export function shortAge(since: string, now: Date): string {
	return age(since, now).replace(/^(\d\d) minutes$/, '$1 min');
}

const units: readonly (readonly [RegExp, string])[] = [
	[/ years?$/, 'y'],
	[/ months?$/, 'mo'],
	[/ weeks?$/, 'w'],
	[/ days?$/, 'd'],
	[/ hours?$/, 'h'],
	[/ minutes?$/, 'min'],
	[/^just now$/, 'now'],
];

/** How long ago a credential was used, in at most six cells; empty when it is not known to be. */
export function shortUse(use: Use | undefined, now: Date): string {
	if (use === undefined) return '';
	return units
		.reduce((text, [unit, short]) => text.replace(unit, short), age(use.at, now))
		.replace(/(?<=\d)(?=[a-z])/, ' ');
}
