import {isKey} from './key.js';

/**
 * The file of a key in the tree of a commit: `log/000000000042` is `log/0000000000_/42`. Each commit has new trees on
 * the way to its file, so a folder has few files; and since no key has a `_`, no file is in the place of a folder.
 */
export function pathOf(key: string): string {
	const start = key.lastIndexOf('/') + 1;
	const split = Math.max(start, key.length - 2);
	return `${key.slice(0, split)}_/${key.slice(split)}`;
}

/** The key of a file; undefined for what has been put there by hand. */
export function keyOf(path: string): string | undefined {
	const key = path.replace('_/', '');
	return isKey(key) && pathOf(key) === path ? key : undefined;
}
