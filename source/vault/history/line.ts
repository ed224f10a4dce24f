import type {Cause} from '../../domain/version.js';
import {Damage} from '../json-values.js';
import {type Difference, differenceText, joined, parseDifference} from './difference.js';

/** One version, as a line of the history. What is asked of many lines is known without parsing their differences. */
export type Line = {
	/** The credential's id, and its revision before the change. */
	readonly id: string;
	readonly revision: number;
	/** When it was changed, by what, and whether with others in one change. */
	readonly time: string;
	readonly cause: Cause;
	readonly isBulk: boolean;
	/** The digest of the content after the change. */
	readonly digest: string;
	/** The text of the difference. */
	readonly difference: string;
};

const form = /^(\S+) (\d{1,16}) (\S{20}) (edit|rename|rotate|import|undo|merge) (one|many) (\S{12}) (\{.*\})$/s;

/** The text of a line, without its end. */
export function lineText({id, revision, time, cause, isBulk, digest, difference}: Line): string {
	return `${id} ${revision} ${time} ${cause} ${isBulk ? 'many' : 'one'} ${digest} ${difference}`;
}

/** Lines by their texts, oldest first. What this program can't have written is passed over. */
export function parseLines(text: string): readonly Line[] {
	return text.split('\n').flatMap((line): readonly Line[] => {
		const [, id = '', revision, time = '', cause, count, digest = '', difference = ''] = form.exec(line) ?? [];
		if (difference === '') return [];
		const isBulk = count === 'many';
		return [{id, revision: Number(revision), time, cause: cause as Cause, isBulk, digest, difference}];
	});
}

/** The difference that a line holds; undefined when this program can't have written it. */
export function differenceIn({difference}: Line): Difference | undefined {
	try {
		return parseDifference(difference);
	} catch (error) {
		if (!(error instanceof Damage)) throw error;
		return undefined;
	}
}

/** A line for two changes, one after the other: the newer one's version is gone. */
export function merged(older: Line, newer: Line): Line {
	const [first, second] = [differenceIn(older), differenceIn(newer)];
	// The older one's digest then tells that something is missing.
	if (first === undefined || second === undefined) return older;
	return {...older, digest: newer.digest, difference: differenceText(joined(first, second))};
}
