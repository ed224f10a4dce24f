import type {Device} from './team.js';

/** The process of a device ends here. */
export class Killed extends Error {}

/**
 * A device whose process is killed right before the step of that number: a call of its storage, a write of its vault or
 * of its base. What it remembers goes with it.
 */
export function killedAt(one: Device, at: number): Device {
	let steps = 0;
	async function step<Result>(call: () => Promise<Result>): Promise<Result> {
		if (steps++ >= at) throw new Killed();
		return call();
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
	};
}

/** The device as its next process has it. */
export function started(one: Device): Device {
	return {...one, memory: {polls: 0}};
}
