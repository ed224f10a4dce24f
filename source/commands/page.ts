import {enumerated} from '../domain/words.js';
import {usesColor} from '../platform/terminal.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {tell} from './talk.js';

/** What standard output shows. */
export type Page = {
	/** Somebody reads it; what a program reads stays as documented. */
	readonly isTerminal: boolean;
	/** Its width in cells; infinite for what is no terminal. */
	readonly width: number;
	readonly color: boolean;
	readonly unicode: boolean;
	readonly now: Date;
	/** Is told the titles of columns that a table has no room for. */
	readonly onLeftOut: (titles: readonly string[]) => void;
};

/** The width of a terminal that does not tell it. */
const usualWidth = 80;

export function pageOf({color}: Pick<GlobalOptions, 'color'>, context: Context): Page {
	const {stdout, environment, unicode, now} = context;
	const isTerminal = stdout.isTTY === true;
	return {
		isTerminal,
		width: isTerminal ? stdout.columns || usualWidth : Number.POSITIVE_INFINITY,
		color: usesColor(environment, isTerminal, color),
		unicode,
		now: now(),
		onLeftOut(titles) {
			tell(context, `no room for ${enumerated(titles)}: a pipe or a wider terminal shows them`);
		},
	};
}
