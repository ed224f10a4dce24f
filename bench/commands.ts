import {type Home, type Machine, passphrase} from './machine.js';
import type {Measure} from './row.js';
import {sampleCredentials} from './sample.js';

const rounds = 21;
/** Bare Node.js. */
const bare = ['-e', '0'];
const derivation = `require('node:crypto').scrypt('passphrase', 'sixteen bytes of', 32, {N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 27}, () => {})`;
/** The name of the first credential of AWS in every home of that size. */
const named = (count: number): string =>
	sampleCredentials(count, 0).find(({provider}) => provider === 'aws')?.name ?? '';

/** The time of a line of the command line, by that of bare Node.js. `NAME` stands for a credential's. */
export function line(...words: readonly string[]) {
	return (machine: Machine): Measure => beside(machine, undefined, words);
}

/** The same where an agent holds the key of a vault of that many credentials. */
export function unlockedLine(count: number, words: readonly string[], baseline: readonly string[] = bare) {
	return async (machine: Machine): Promise<Measure> =>
		beside(
			machine,
			await machine.unlocked(count),
			words.map(word => (word === 'NAME' ? named(count) : word)),
			baseline,
		);
}

function beside(
	machine: Machine,
	home: Home | undefined,
	words: readonly string[],
	baseline: readonly string[] = bare,
): Measure {
	return {
		ours: {take: () => machine.untilEnd(home, [machine.program, ...words])},
		base: {take: () => machine.untilEnd(home, baseline)},
		unit: 'ms',
		rounds,
	};
}

/** What reading a vault takes beyond Node.js and the derivation of its key, by bare Node.js. */
export async function ownTime(machine: Machine): Promise<Measure> {
	const home = await machine.home(10);
	const words = [machine.program, 'get', 'credentials', '-o', 'json'];
	return {
		ours: {
			take: () => machine.untilEnd(home, words, {PHARMER_PASSPHRASE: passphrase}),
			less: () => machine.untilEnd(home, ['-e', derivation]),
		},
		base: {take: () => machine.untilEnd(home, bare)},
		unit: 'ms',
		rounds,
	};
}

/** What the rows of a large list cost beyond their names alone, in the old program too. */
export function rowsOf(...output: readonly string[]) {
	return async (machine: Machine): Promise<Measure> => {
		const home = await machine.home(10_000);
		const cost = (program: string, ...more: readonly string[]) =>
			machine.costOf(home, [program, 'get', 'credentials', ...more], {PHARMER_PASSPHRASE: passphrase});
		const rowsBy = (program: string) => ({
			take: () => cost(program, ...output),
			less: () => cost(program, '-o', 'name'),
		});
		return {ours: rowsBy(machine.program), base: rowsBy(machine.old), unit: 'ms', rounds: 9};
	};
}
