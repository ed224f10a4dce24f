import process from 'node:process';

const asked = Number(process.env.PROVE) || 0;

/** How often what fails only sometimes is tried: as often as PROVE asks for, once otherwise. */
export const rounds = Math.max(1, asked);

/** Whether everything is proved, as `npm run prove` does: what is to be installed for it may be. */
export const isProving = asked > 0;

/**
 * How many of something are tried: all where PROVE is set, as `npm run prove` does, otherwise as few as take seconds.
 */
export function size(few: number, all: number): number {
	return isProving ? all : few;
}

/** What random moments and choices start from: `SEED`, for those of an earlier run. */
export const seed = Number(process.env.SEED) || 20_261_129;
