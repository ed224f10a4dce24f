import {opendir, stat} from 'node:fs/promises';
import os from 'node:os';
import {join, resolve} from 'node:path';
import type {Environment} from '../domain/environment.js';
import {placeWithin, readOrdinaryFile} from '../platform/input-file.js';
import {machinePlaces} from './places.js';
import type {Listing, ReadFile, World} from './world.js';

/** How many files of a directory are named at most, and how many entries of one are looked at. */
const fileLimit = 20_000;

/** What the system makes up is no file of anybody's, and directories of programs hold none of their user's. */
const systems = ['/proc', '/sys', '/dev'];
const ofPrograms = ['node_modules', '.git'];

/** This machine's files, for looking around in them: a pipe or a device, which could make one wait for ever, is refused. */
export function importWorld(environment: Environment): World {
	const world: World = {
		places: machinePlaces(environment),
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

/** Windows has no permission bits. */
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
	// Breadth first: what is near is found before the limit is reached. Links to directories are not followed.
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

/** What is in a directory, by name; nothing when it can't be read. */
async function entriesOf(directory: string) {
	if (systems.includes(resolve(directory))) return [];
	const entries = [];
	try {
		for await (const entry of await opendir(directory)) if (entries.push(entry) >= fileLimit) break;
	} catch {
		// It may be gone by now, or somebody else's.
	}
	return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
}
