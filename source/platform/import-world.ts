import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import type {World} from '../importers/world.js';
import type {Environment} from '../providers/environment.js';
import {readInputFile, readingFailed} from './input-file.js';
import {machinePlaces} from './places.js';

/** How many files of a directory are named at most. */
const fileLimit = 20_000;

const absent = ['ENOENT', 'ENOTDIR', 'ELOOP'];

/** This machine's files, for looking around in them: a pipe or a device, which could make one wait for ever, is refused. */
export function importWorld(environment: Environment): World {
	return {
		places: machinePlaces(environment),
		async read(path) {
			let mode: number;
			try {
				const status = await stat(path);
				if (!status.isFile()) throw new PharmerError('file', `\`${path}\` is no ordinary file`, 'check the path');
				mode = status.mode & 0o777;
			} catch (error) {
				const {code = ''} = error as NodeJS.ErrnoException;
				if (absent.includes(code)) return undefined;
				if (error instanceof PharmerError) throw error;
				throw readingFailed(`\`${path}\``, error);
			}
			const {text} = await readInputFile(path);
			return process.platform === 'win32' ? {text} : {text, mode};
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
