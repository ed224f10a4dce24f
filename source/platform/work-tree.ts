import fs from 'node:fs';
import {dirname, join, resolve} from 'node:path';

/** Whether a file lies in a git work tree: a `.git` stands in one of the directories above it. */
export function isInWorkTree(file: string): boolean {
	for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
		if (fs.existsSync(join(folder, '.git'))) return true;
		if (folder === dirname(folder)) return false;
	}
}
