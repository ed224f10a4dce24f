import {opendir, stat} from 'node:fs/promises';
import os from 'node:os';
import {join, resolve} from 'node:path';
import type {Environment} from '../domain/environment.js';
import {placeWithin, readOrdinaryFile} from '../platform/input-file.js';
import {machinePlaces} from './places.js';
import type {Listing, ReadFile, World} from './world.js';

/** The most files that are listed for a directory, and the most entries that are read of a single one. */
const fileLimit = 20_000;

/** The system generates these files, and program directories hold none of their user's. */
const systems = ['/proc', '/sys', '/dev'];
const ofPrograms = ['node_modules', '.git'];

/** The files of this machine. A pipe or a device, which could block forever, is refused. */
export function importWorld(environment: Environment): World {
	const world: World = {
		places: machinePlaces(environment),
		now: () => new Date(),
		async read(path, limit) {
			return seen(await readOrdinaryFile(path, limit));
		},
		list,
		within(directory) {
			return {
				...world,
				read: async (path, limit) => seen(await readOrdinaryFile(path, limit, directory)),
				list: async (path, depth) =>
					(await placeWithin(directory, path)) === undefined ? undefined : list(path, depth),
			};
		},
	};
	return world;
}

/** Drops the mode on Windows, which has no permission bits. */
function seen(file: Required<ReadFile> | undefined): ReadFile | undefined {
	return file === undefined || os.platform() !== 'win32' ? file : {text: file.text};
}

async function list(directory: string, depth: number): Promise<Listing | undefined> {
	try {
		if (!(await stat(directory)).isDirectory()) return undefined;
	} catch {
		return undefined;
	}
	const files: string[] = [];
	// Breadth first, so that near files are found before the limit is reached. Links to directories are not followed.
	let level = [''];
	let whole = true;
	for (let deep = 0; deep <= depth && level.length > 0; deep++) {
		const below: string[] = [];
		for (const part of level) {
			if (files.length >= fileLimit || below.length >= fileLimit) {
				whole = false;
				break;
			}
			const entries = await entriesOf(join(directory, part));
			whole = whole && entries.length < fileLimit;
			for (const entry of entries) {
				const path = part === '' ? entry.name : `${part}/${entry.name}`;
				if (entry.isDirectory() && !ofPrograms.includes(entry.name)) below.push(path);
				else if (entry.isFile() || entry.isSymbolicLink()) files.push(path);
			}
		}
		level = below;
	}
	return {paths: files.slice(0, fileLimit), whole: whole && files.length <= fileLimit};
}

/** The entries of a directory, sorted by name; empty when it can't be read. */
async function entriesOf(directory: string) {
	if (systems.includes(resolve(directory))) return [];
	const entries = [];
	try {
		for await (const entry of await opendir(directory)) if (entries.push(entry) >= fileLimit) break;
	} catch {
		// It may be gone by now, or belong to somebody else.
	}
	return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
}
