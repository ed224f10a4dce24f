import {basename, dirname, join} from 'node:path';
import type {Look} from '../credentials/found.js';
import {PharmerError} from '../domain/errors.js';
import {FileText} from '../providers/file-text.js';
import type {FileGroup, Importer, Places} from '../providers/importer.js';
import {companionsOf, leftOut, lookForTool, lookInGroup} from './tool-files.js';
import {lookInUnknown} from './unknown-file.js';
import type {Listing, ReadFile, World} from './world.js';

/** How deep a directory that somebody names is looked into. */
export const depthLimit = 8;

/** Of a file with a name that no tool has for one of its own: credentials are small. In bytes. */
export const unknownLimit = 64 * 1024;

/** How much of a directory is looked at: every text is tried in all the formats that there are. */
export const reach = {files: 5000, characters: 4 * 1024 * 1024} as const;

/**
 * What a directory holds: the places of every tool as if it was a home directory, then each of its files that one of them knows or
 * that holds fields or manifests. Nothing outside of it is read. What is too much is left out, and said, and so is a damaged file in
 * a place that is a tool's own; other files are something else, as a rule.
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
	const there = meter.measured({...world.within(directory), places});
	const seen = new Set<string>();
	for (const importer of chosen) yield* lookForTool(importer, there, seen);
	const groups = chosen.flatMap(importer => importer.files(places));
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
			const importer = chosen.find(each => each.recognizes(text));
			if (importer !== undefined) {
				const look = await lookInGroup(importer, [path, ...companionsOf(importer, path, places)], there, seen);
				if (look !== undefined) yield look;
			} else if (unknownToo) {
				yield await lookInUnknown(path, file, text, there);
			}
		} catch (error) {
			if (!(error instanceof PharmerError)) throw error;
			if (!ownPlaces.has(placeOf(path))) continue;
			yield leftOut(path, file === undefined ? error.message : `\`${path}\`: ${error.message}`);
		}
	}
	if (whole && !meter.isOver) return;
	const problem = `only the first ${meter.files} files of \`${directory}\` were looked at: name a directory in it for more`;
	yield leftOut(directory, problem);
}

/** A file's name with that of its directory: `.aws/credentials` is a tool's own, `credentials` may be anything. */
function placeOf(path: string): string {
	return join(basename(dirname(path)), basename(path));
}

/** Files that are read together with another one come after all others, such as the config file of AWS after the credentials. */
function companionsLast(paths: readonly string[], groups: readonly FileGroup[]): readonly string[] {
	const all = new Set(paths);
	const isCompanion = (path: string): boolean =>
		groups.some(
			([first, ...others]) =>
				others.some(each => basename(each) === basename(path)) && all.has(join(dirname(path), basename(first))),
		);
	return [...paths.filter(path => !isCompanion(path)), ...paths.filter(isCompanion)];
}

/** Counts what is read, until it is enough. */
class Meter {
	files = 0;
	/** Whether there would have been more to read. */
	isOver = false;
	#characters = 0;

	/** The same world, in which nothing is there any more once it is enough. */
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
