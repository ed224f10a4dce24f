import fs from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {isOurs} from '../files/lock-holder.js';

/** Whether a directory is the root of a work tree that is not somebody else's: anybody can put a `.git` into /tmp. */
export function isWorkTree(directory: string): boolean {
	try {
		return isOurs(fs.lstatSync(join(directory, '.git')));
	} catch {
		return false;
	}
}

/** Whether a file lies in a git work tree: one of the directories above it is the root of one. */
export function isInWorkTree(file: string): boolean {
	for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
		if (isWorkTree(folder)) return true;
		if (folder === dirname(folder)) return false;
	}
}
