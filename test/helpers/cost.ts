import process from 'node:process';

function cpuOf(task: () => void): number {
	const before = process.cpuUsage();
	task();
	const {user, system} = process.cpuUsage(before);
	return user + system;
}

/** The least CPU time of five runs, in microseconds, or the first that is less than `enough`. */
function least(task: () => void, enough = 0): number {
	let cost = Number.POSITIVE_INFINITY;
	for (let run = 0; run < 5 && cost >= enough; run++) cost = Math.min(cost, cpuOf(task));
	return Math.max(1, cost);
}

/** Above what is linear on a machine with other work, below what is quadratic. */
export const mostGrowth = 64;

/**
 * How many times the CPU time of `task` over `few` it takes over 16 times as many: about 16 when it is linear, 256 when
 * quadratic. It is tried again only while that is more than is linear.
 */
export function growth(task: (count: number) => void, few: number): number {
	// What runs for the first time is compiled.
	task(few);
	const small = least(() => task(few));
	return least(() => task(16 * few), small * mostGrowth) / small;
}

/**
 * Counts what the segmenter of graphemes is given until the returned function is called, which tells it: units of
 * texts, and of the longest.
 */
export function countSegmented(): () => {readonly units: number; readonly longest: number} {
	const {segment} = Intl.Segmenter.prototype;
	let units = 0;
	let longest = 0;
	Intl.Segmenter.prototype.segment = function (text) {
		units += text.length;
		longest = Math.max(longest, text.length);
		return segment.call(this, text);
	};
	return () => {
		Intl.Segmenter.prototype.segment = segment;
		return {units, longest};
	};
}
