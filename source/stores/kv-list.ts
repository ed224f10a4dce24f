import {isKey} from './key.js';

/** How many keys are an answer, and into how many folders one looks for it. */
const page = 1000;
const mostFolders = 200;

/**
 * Keys that begin with `prefix` and come after `after`, in the order of their bytes: some of the first. `namesIn` tells
 * the names in a folder, of which those of folders end with a slash; `left` are folders that are looked into by nobody.
 * Undefined where there are too many folders and no key in them.
 */
export async function keysIn(
	namesIn: (folder: string) => Promise<readonly string[]>,
	prefix: string,
	after: string,
	left: string,
): Promise<readonly string[] | undefined> {
	const keys: string[] = [];
	const waiting = [prefix.slice(0, prefix.lastIndexOf('/') + 1)];
	for (let looked = 0; keys.length < page; ) {
		const next = waiting.pop();
		if (next === undefined) return keys;
		if (next !== '' && !next.endsWith('/')) {
			keys.push(next);
			continue;
		}
		if (looked++ === mostFolders) return keys.length === 0 ? undefined : keys;
		// The slash of a folder is in the keys below it too: this is their order.
		for (const name of (await namesIn(next)).toSorted().reverse()) {
			const whole = next + name;
			const isFolder = name.endsWith('/');
			const isOurs = isKey(isFolder ? whole.slice(0, -1) : whole) && name !== left;
			if (isOurs && whole.startsWith(prefix) && (whole > after || (isFolder && after.startsWith(whole))))
				waiting.push(whole);
		}
	}
	return keys;
}
