import type {Device} from './team.js';

/** The process of a device ends here. */
export class Killed extends Error {}

/**
 * A device whose process is killed at the step of that number, before it or after it: a call of its storage, a write of
 * its vault or of its base. What it remembers goes with it.
 */
export function killedAt(one: Device, at: number, isAfter: boolean): Device & {readonly steps: () => number} {
	let steps = 0;
	async function step<Result>(call: () => Promise<Result>): Promise<Result> {
		const number = steps++;
		if (number > at || (number === at && !isAfter)) throw new Killed();
		const result = await call();
		if (number === at) throw new Killed();
		return result;
	}
	const {vault, store, base} = one;
	return {
		...one,
		memory: {polls: 0},
		vault: {...vault, read: () => vault.read(), change: operation => step(() => vault.change(operation))},
		store: {
			get: (key, most) => step(() => store.get(key, most)),
			create: (key, bytes) => step(() => store.create(key, bytes)),
			list: (prefix, after) => step(() => store.list(prefix, after)),
			close() {},
		},
		base: {...base, write: state => step(() => base.write(state))},
		steps: () => steps,
	};
}

/** The device as its next process has it. */
export function started(one: Device): Device {
	return {...one, memory: {polls: 0}};
}
