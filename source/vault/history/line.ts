import {isTimestamp} from '../../domain/time.js';
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

/** Versions that are kept of one credential. */
export const perCredential = 10;

const form = /^(\S+) ([1-9]\d{0,15}) (\S{20}) (edit|rename|rotate|import|undo|merge) (one|many) (\S{12}) (\{.*\})$/s;

/** The text of a line, without its end. */
export function lineText({id, revision, time, cause, isBulk, digest, difference}: Line): string {
	return `${id} ${revision} ${time} ${cause} ${isBulk ? 'many' : 'one'} ${digest} ${difference}`;
}

/**
 * Lines by their texts, oldest first. What this program can't have written is passed over, also what is more than a
 * credential has, or not in the order of its revisions.
 */
export function parseLines(text: string): readonly Line[] {
	const chains = new Map<string, {count: number; oldest: number}>();
	const lines: Line[] = [];
	for (const each of text.split('\n').reverse()) {
		const line = parseLine(each);
		if (line === undefined) continue;
		const {id, revision} = line;
		const {count, oldest} = chains.get(id) ?? {count: 0, oldest: Number.POSITIVE_INFINITY};
		if (count === perCredential || revision >= oldest) continue;
		chains.set(id, {count: count + 1, oldest: revision});
		lines.push(line);
	}
	return lines.reverse();
}

function parseLine(text: string): Line | undefined {
	const [, id = '', number, time = '', cause, count, digest = '', difference = ''] = form.exec(text) ?? [];
	const revision = Number(number);
	if (!Number.isSafeInteger(revision) || !isTimestamp(time)) return undefined;
	return {id, revision, time, cause: cause as Cause, isBulk: count === 'many', digest, difference};
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
