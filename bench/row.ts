import type {Machine} from './machine.js';

/** Takes one value, in its row's unit. */
type Figure = {
	readonly take: () => number | Promise<number>;
	/** What is part of that and not meant, in the same unit: it is taken apart and subtracted. */
	readonly less?: () => number | Promise<number>;
};

/** What is measured, and what it is measured by. */
export type Measure = {
	readonly ours: Figure;
	readonly base: Figure;
	readonly unit: 'ms' | 'B' | 'MiB';
	/** How often each is taken, in turn. */
	readonly rounds: number;
	/** Ends what was started for it. */
	readonly close?: () => void;
};

/** A budget: `measure` may be at most `goal` times its baseline, in the same run. */
export type Row = {
	readonly title: string;
	readonly baseline: string;
	readonly goal: number;
	/** Why it is that, in a line. */
	readonly reason: string;
	/** Throws `Unavailable` where it can't be measured. */
	readonly measure: (machine: Machine) => Measure | Promise<Measure>;
};

/** Why a row can't be measured here. */
export class Unavailable extends Error {}

/** Both values of a row, of the least and of the median of all rounds. */
export type Result = {readonly least: Both; readonly median: Both};

type Both = {readonly ours: number; readonly base: number; readonly ratio: number};

/** Takes all figures of a measure in turn, so that what else the machine does falls on all of them. */
export async function resultOf({ours, base, rounds}: Measure): Promise<Result> {
	const taken = [ours.take, ours.less, base.take, base.less].map(take => ({
		take: take ?? (() => 0),
		values: [] as number[],
	}));
	// The first round warms the caches.
	for (let round = rounds === 1 ? 0 : -1; round < rounds; round++) {
		for (const {take, values} of taken) {
			const value = await take();
			if (round >= 0) values.push(value);
		}
	}
	const at = (share: number): Both => {
		const [one = 0, oneLess = 0, other = 0, otherLess = 0] = taken.map(({values}) => quantile(values, share));
		const both = {ours: one - oneLess, base: other - otherLess};
		return {...both, ratio: both.ours / both.base};
	};
	return {least: at(0), median: at(0.5)};
}

function quantile(numbers: readonly number[], share: number): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
