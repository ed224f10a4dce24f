import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import type {World} from '../importers/world.js';
import type {Environment} from '../providers/environment.js';
import {readOrdinaryFile} from './input-file.js';
import {machinePlaces} from './places.js';

/** How many files of a directory are named at most. */
const fileLimit = 20_000;

/** This machine's files, for looking around in them: a pipe or a device, which could make one wait for ever, is refused. */
export function importWorld(environment: Environment): World {
	return {
		places: machinePlaces(environment),
		async read(path) {
			const file = await readOrdinaryFile(path);
			return file === undefined || process.platform !== 'win32' ? file : {text: file.text};
		},
		async list(directory, depth) {
			try {
				if (!(await stat(directory)).isDirectory()) return undefined;
			} catch {
				return undefined;
			}
			const files: string[] = [];
			// Breadth first: what is near is found before the limit is reached. Links to directories are not followed.
			let level = [''];
			for (let deep = 0; deep <= depth && level.length > 0 && files.length < fileLimit; deep++) {
				const below: string[] = [];
				for (const part of level) {
					const entries = await readdir(join(directory, part), {withFileTypes: true}).catch(() => []);
					for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
						const path = part === '' ? entry.name : `${part}/${entry.name}`;
						if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git') below.push(path);
						else if (entry.isFile() || entry.isSymbolicLink()) files.push(path);
					}
				}
				level = below;
			}
			return files.slice(0, fileLimit);
		},
	};
}
