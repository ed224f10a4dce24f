import {Secret} from '../../source/domain/secret.js';

/**
 * Puts a counting one in the place of each method while `work` runs; gives the sum of what `weigh` says of each call.
 */
async function callsOf<Owner extends object>(
	owners: readonly (readonly [owner: Owner, names: readonly (keyof Owner)[]])[],
	weigh: (on: unknown) => number,
	work: () => unknown,
): Promise<number> {
	let sum = 0;
	const methods = owners.flatMap(([owner, names]) => names.map(name => ({owner, name, method: owner[name]})));
	for (const {owner, name, method} of methods) {
		owner[name] = function counted(this: unknown, ...args: unknown[]) {
			sum += weigh(this);
			return Reflect.apply(method as () => unknown, this, args);
		} as Owner[keyof Owner];
	}
	try {
		await work();
	} finally {
		for (const {owner, name, method} of methods) owner[name] = method;
	}
	return sum;
}

/** How often `work` looks something up in a map or a set, or compares two secrets. */
export function lookupsOf(work: () => unknown): Promise<number> {
	const owners: readonly (readonly [object, readonly string[]])[] = [
		[Map.prototype, ['get', 'has']],
		[Set.prototype, ['has']],
		[Secret.prototype, ['equals']],
	];
	return callsOf(owners as readonly (readonly [object, readonly never[]])[], () => 1, work);
}

/** How long all the lists are together in which `work` searches for something. */
export function searchedOf(work: () => unknown): Promise<number> {
	const names = ['includes', 'indexOf', 'find', 'findIndex', 'some'] as const;
	return callsOf([[Array.prototype, names]], on => (on as readonly unknown[]).length, work);
}
