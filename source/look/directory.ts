import {basename, dirname, join} from 'node:path';
import type {Look} from '../credentials/found.js';
import {PharmerError} from '../domain/errors.js';
import {FileText} from '../providers/file-text.js';
import type {FileGroup, Importer, Places} from '../providers/importer.js';
import {looksLikeAssignments} from '../text/assignments.js';
import {dotenv} from './dotenv.js';
import {forOneLook} from './named-file.js';
import {companionsOf, leftOut, lookForTool, lookInGroup, ownerOf, problemOf} from './tool-files.js';
import {lookInUnknown} from './unknown-file.js';
import type {Listing, ReadFile, World} from './world.js';

/** How many levels of a given directory are searched. */
export const depthLimit = 8;

/** The size limit, in bytes, for files whose name is not one that a tool uses: credentials are small. */
export const unknownLimit = 64 * 1024;

/** How much of a directory is read, since every text is tried in every format. */
export const reach = {files: 5000, characters: 4 * 1024 * 1024} as const;

/**
 * Looks in a directory: first in the places of every tool, as if it were a home directory, then in each file that a
 * tool recognizes or that holds fields or manifests. Reads nothing outside the directory. What exceeds the limits is
 * left out and reported, and so is a damaged file in a tool's own place; other damaged files are usually something
 * else, and are skipped.
 */
export async function* lookInDirectory(
	directory: string,
	{paths, whole}: Listing,
	world: World,
	chosen: readonly Importer[],
	unknownToo: boolean,
): AsyncGenerator<Look> {
	const config = join(directory, '.config');
	const places: Places = {...world.places, environment: {}, home: directory, config, userConfig: config};
	const meter = new Meter();
	const there = forOneLook(meter.measured({...world.within(directory), places}));
	const seen = new Set<string>();
	for (const importer of chosen) yield* lookForTool(importer, there, seen);
	const groups = chosen.flatMap(importer => importer.files(places));
	const envFiles = chosen.find(({kind}) => kind === dotenv.kind);
	const own = new Set(groups.flat().map(each => basename(each)));
	const ownPlaces = new Set(groups.flat().map(placeOf));
	for (const path of companionsLast(
		paths.map(each => join(directory, each)),
		groups,
	)) {
		if (seen.has(path)) continue;
		let file: ReadFile | undefined;
		try {
			file = await there.read(path, own.has(basename(path)) ? undefined : unknownLimit);
			if (file === undefined) continue;
			const text = new FileText(file.text, basename(path));
			const importer = (await ownerOf(text, chosen, there)) ?? (isEnvFile(path, text) ? envFiles : undefined);
			if (importer !== undefined) {
				const look = await lookInGroup(importer, [path, ...companionsOf(importer, path, places)], there, seen);
				if (look !== undefined) yield look;
			} else if (unknownToo) {
				yield await lookInUnknown(path, file, text, there);
			}
		} catch (error) {
			const problem = problemOf(error);
			if (error instanceof PharmerError && !ownPlaces.has(placeOf(path))) continue;
			yield leftOut(path, file === undefined ? problem : `\`${path}\`: ${problem}`);
		}
	}
	if (whole && !meter.isOver) return;
	const problem = `only the first ${meter.files} files of \`${directory}\` were looked at: name a directory in it for more`;
	yield leftOut(directory, problem);
}

/** Whether a file is a .env file by its name: without a variable of a known provider, too, it may hold secrets. */
function isEnvFile(path: string, {text}: FileText): boolean {
	return /^\.env(?:\..+)?$/.test(basename(path)) && looksLikeAssignments(text);
}

/** A file's name with its directory's name: `.aws/credentials` is a tool's own, but `credentials` may be anything. */
function placeOf(path: string): string {
	return join(basename(dirname(path)), basename(path));
}

/**
 * Moves files that are read together with another one, such as AWS's config file with the credentials file, after all
 * others.
 */
function companionsLast(paths: readonly string[], groups: readonly FileGroup[]): readonly string[] {
	const all = new Set(paths);
	const firsts = new Map<string, Set<string>>();
	for (const [first, ...others] of groups) {
		for (const each of others.map(other => basename(other))) {
			firsts.set(each, (firsts.get(each) ?? new Set()).add(basename(first)));
		}
	}
	const isCompanion = (path: string): boolean =>
		[...(firsts.get(basename(path)) ?? [])].some(first => all.has(join(dirname(path), first)));
	return [...paths.filter(path => !isCompanion(path)), ...paths.filter(isCompanion)];
}

/** Counts what is read, up to the limits. */
class Meter {
	files = 0;
	/** Whether there was more to read. */
	isOver = false;
	#characters = 0;

	/** The same world, except that every file appears to be missing once a limit is reached. */
	measured(world: World): World {
		return {
			...world,
			read: async (path, limit) => {
				if (this.files >= reach.files || this.#characters > reach.characters) {
					this.isOver = true;
					return undefined;
				}
				try {
					const file = await world.read(path, limit);
					if (file === undefined) return undefined;
					this.#characters += file.text.length;
					this.files++;
					return file;
				} catch (error) {
					this.files++;
					throw error;
				}
			},
		};
	}
}
