import {basename, dirname, join} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import type {Look} from '../providers/found.js';
import {FileText} from './file-text.js';
import type {FileGroup, Importer, Places} from './importer.js';
import {companionsOf, leftOut, lookForTool, lookInGroup} from './tool-files.js';
import {lookInUnknown} from './unknown-file.js';
import type {World} from './world.js';

/** How deep a directory that somebody names is looked into. */
export const depthLimit = 8;

/** Of a file with a name that no tool has for one of its own: credentials are small. In bytes. */
export const unknownLimit = 64 * 1024;

/** How much of a directory is looked at: every text is tried in all the formats that there are. */
export const reach = {files: 5000, characters: 4 * 1024 * 1024} as const;

/**
 * What a directory holds: the places of every tool as if it was a home directory, then each of `files`, paths below it, that one of
 * them knows or that holds fields or manifests. Nothing outside of it is read. What is too much is left out, and said.
 */
export async function* lookInDirectory(
	directory: string,
	files: readonly string[],
	world: World,
	chosen: readonly Importer[],
	unknownToo: boolean,
): AsyncGenerator<Look> {
	const config = join(directory, '.config');
	const places: Places = {...world.places, environment: {}, home: directory, config, userConfig: config};
	const there: World = {...world.within(directory), places};
	const seen = new Set<string>();
	for (const importer of chosen) yield* lookForTool(importer, there, seen);
	const all = new Set(files.map(each => join(directory, each)));
	const groups = chosen.flatMap(importer => importer.files(places));
	const known = new Set(groups.flat().map(each => basename(each)));
	let characters = 0;
	for (const [count, path] of [...all].entries()) {
		if (count === reach.files || characters > reach.characters) {
			const problem = `only the first ${count} files of \`${directory}\` were looked at: name a directory in it for more`;
			yield leftOut(directory, problem);
			return;
		}
		if (seen.has(path) || isCompanion(path, all, groups)) continue;
		try {
			const file = await there.read(path, known.has(basename(path)) ? undefined : unknownLimit);
			if (file === undefined) continue;
			characters += file.text.length;
			const text = new FileText(file.text, basename(path));
			const importer = chosen.find(each => each.recognizes(text));
			if (importer !== undefined) {
				const look = await lookInGroup(importer, [path, ...companionsOf(importer, path, places)], there, seen);
				if (look !== undefined) yield look;
			} else if (unknownToo) {
				yield await lookInUnknown(path, file, text, there);
			}
		} catch (error) {
			// In a directory most files are something else: they are passed over, and so is what can't be read as text.
			if (!(error instanceof PharmerError)) throw error;
		}
	}
}

/** Whether that file is read together with another one of `all`, such as the config file of AWS with the credentials. */
function isCompanion(path: string, all: ReadonlySet<string>, groups: readonly FileGroup[]): boolean {
	return groups.some(
		([first, ...others]) =>
			others.some(each => basename(each) === basename(path)) && all.has(join(dirname(path), basename(first))),
	);
}
