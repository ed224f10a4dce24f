import os from 'node:os';

/** Two clocks, in seconds: the first goes on while the machine sleeps, the second stands still. */
export type Clock = {readonly uptime: () => number; readonly awake: () => number};

/** The machine's: os.uptime() reads CLOCK_BOOTTIME on Linux, performance.now() CLOCK_MONOTONIC. */
export const machineClock: Clock = {uptime: os.uptime, awake: () => performance.now() / 1000};

/** The difference of the two clocks that is a sleep, in seconds: the first moves in steps of 10 ms. */
const sleepSeconds = 2;

/** Tells whether the machine has slept since it was asked last. */
export function sleepWatch({uptime, awake}: Clock): () => boolean {
	let before = uptime() - awake();
	return () => {
		const now = uptime() - awake();
		const hasSlept = now - before > sleepSeconds;
		before = now;
		return hasSlept;
	};
}
