import assert from 'node:assert/strict';
import process from 'node:process';
import {size} from './rounds.js';

/** The processor time that `work` takes, in microseconds. */
function cpuOf(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const {user, system} = process.cpuUsage(before);
	return user + system;
}

/**
 * The least of five runs, or the first that takes no more than `enough`: what else the process does only adds to it.
 */
function leastCpuOf(work: () => unknown, enough: number): number {
	let least = Number.POSITIVE_INFINITY;
	for (let run = 0; run < 5 && least > enough; run++) least = Math.min(least, cpuOf(work));
	return least;
}

/** In a time that grows with the square, 16 times as much text takes 256 times as long. */
const most = 64;

/**
 * What is not looked at more closely, in microseconds: two for a character. The square of 1 MiB takes minutes, that
 * of 16 KiB 100,000.
 */
function negligible(length: number): number {
	return Math.max(20_000, 2 * length);
}

/**
 * The length of the longest text that is compared with one 16 times as long: that is 1 MiB, or 128 KiB, whose square
 * takes six seconds.
 */
export const longest = size(8, 64) * 1024;

/** Lengths of the shorter text. The first are for what takes far longer: it fails in a second. */
const lengths = [64, 1024, longest];

/** Fails when 16 times as much text takes `run` 64 times as long. */
export function assertLinear(
	name: string,
	run: (text: string) => unknown,
	text: (length: number) => string,
	from: readonly number[] = lengths,
): void {
	for (const length of from) {
		const small = text(length);
		const large = text(16 * length);
		const cost = cpuOf(() => run(large));
		if (cost <= negligible(large.length)) continue;
		const unit = Math.max(
			1,
			leastCpuOf(() => run(small), cost / most),
		);
		const ratio = cost / unit < most ? cost / unit : leastCpuOf(() => run(large), unit * most) / unit;
		assert.ok(ratio < most, `${name}: 16 times ${length} characters take ${ratio.toFixed(0)} times as long`);
	}
}

/** A text made of a beginning, something that is repeated up to a length, and an end. */
export type Family = readonly [start: string, unit: string, end: string];

function made([start, unit, end]: Family, length: number): string {
	return start + unit.repeat(Math.ceil(length / unit.length)) + end;
}

/** `assertLinear()` with the text of those families that is the hardest at that length. */
export function assertFamiliesLinear(
	name: string,
	run: (text: string) => unknown,
	families: readonly Family[],
	length: number,
): void {
	let hardest: Family = ['', 'a', ''];
	let worst = 0;
	const check = (family: Family, from?: readonly number[]): void => {
		assertLinear(`${name} on ${JSON.stringify(family)}`, run, size => made(family, size), from);
	};
	run(made(hardest, length));
	for (const family of families) {
		const text = made(family, length);
		if (cpuOf(() => run(text)) <= worst) continue;
		const cost = leastCpuOf(() => run(text), worst);
		if (cost <= worst) continue;
		[hardest, worst] = [family, cost];
		// At once, since all the others may be as hard.
		if (cost > length / 4) check(family, [64, length / 2, length]);
	}
	check(hardest);
}
