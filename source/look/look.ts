import {basename} from 'node:path';
import type {DamagedFile, FoundCredential, Look, Refusal} from '../credentials/found.js';
import {exportLimit, partsOfExport} from '../documents/large-export.js';
import {PharmerError} from '../domain/errors.js';
import {findProvider} from '../providers/catalog.js';
import {FileText} from '../providers/file-text.js';
import {looksLikeAssignments} from '../text/assignments.js';
import {depthLimit, lookInDirectory} from './directory.js';
import {dotenv} from './dotenv.js';
import {environmentKind, lookInEnvironment} from './environment.js';
import {importers} from './importers.js';
import {forOneLook} from './named-file.js';
import {companionsOf, lookForTool, lookInGroup, ownerOf} from './tool-files.js';
import {fileKind, lookInExport, lookInUnknown} from './unknown-file.js';
import type {ReadFile, World} from './world.js';

/** Every kind of source. */
export const kinds: readonly string[] = [environmentKind, ...importers.map(({kind}) => kind), fileKind];

/** The most finds and refusals in a look: a vault is made for that many credentials. */
export const findLimit = 10_000;

/** Collects what is found, up to `findLimit`; the rest is left out and reported. */
async function collect(looks: AsyncIterable<Look>, world: World): Promise<Look> {
	const found: FoundCredential[] = [];
	const refused: Refusal[] = [];
	const damaged: DamagedFile[] = [];
	for await (const look of looks) {
		await world.pause?.();
		for (const each of look.damaged) damaged.push(each);
		const room = findLimit - found.length - refused.length;
		for (const each of look.found.slice(0, room)) found.push(each);
		for (const each of look.refused.slice(0, Math.max(0, room - look.found.length))) refused.push(each);
		const beyond = [...look.found.map(each => each.path ?? ''), ...look.refused.map(({where}) => where)][room];
		if (beyond === undefined) continue;
		damaged.push({
			path: beyond,
			problem: `more than ${findLimit} were found: the rest of \`${beyond}\` and everything after it was not looked at`,
		});
		break;
	}
	return {found, refused, damaged};
}

async function* around(world: World, wanted: readonly string[]): AsyncGenerator<Look> {
	if (wanted.includes(environmentKind)) yield await lookInEnvironment(world);
	for (const importer of importers.filter(({kind}) => wanted.includes(kind))) {
		yield* lookForTool(importer, world, new Set());
	}
}

/**
 * Looks in the environment and in the usual files of every tool, or only in those of some kinds. A file that can't be
 * read is listed in `damaged`, and the look continues.
 */
export function lookAround(world: World, wanted: readonly string[] = kinds): Promise<Look> {
	return collect(around(forOneLook(world), wanted), world);
}

/**
 * The kinds of sources with these names, or of the tools that hold credentials of the provider with that id. Throws
 * `usage` for an unknown name, with a hint that lists the kinds.
 */
export function kindsOf(names: readonly string[]): readonly string[] {
	return names.flatMap(name => {
		if (kinds.includes(name)) return [name];
		const id = findProvider(name)?.id ?? '';
		const tools = importers.filter(each => each.providers.includes(id) && each.kind !== 'pharmer');
		if (tools.length > 0) return tools.map(({kind}) => kind);
		throw new PharmerError('usage', `\`${name}\` is not a kind of source`, `the kinds are ${kinds.join(', ')}`);
	});
}

/**
 * Looks in these paths, or in the usual places when there are none; only for the `wanted` kinds, or all when there are
 * none. A file is read as a tool's own by its content, as a manifest, or as an object of fields; for a directory see
 * `lookInDirectory()`. Throws `usage` for an unknown kind. If there is a single path, also throws `file` when it does
 * not exist, and `invalid` when the file is damaged or holds nothing known; one of several paths is listed in `damaged`
 * instead.
 */
export async function look(paths: readonly string[], world: World, wanted: readonly string[] = []): Promise<Look> {
	const chosen = wanted.length === 0 ? kinds : kindsOf(wanted);
	return paths.length === 0 ? lookAround(world, chosen) : collect(inAll(paths, forOneLook(world), chosen), world);
}

async function* inAll(paths: readonly string[], world: World, wanted: readonly string[]): AsyncGenerator<Look> {
	for (const path of paths) {
		const listing = await world.list(path, depthLimit);
		const chosen = importers.filter(({kind}) => wanted.includes(kind));
		if (listing !== undefined) yield* lookInDirectory(path, listing, world, chosen, wanted.includes(fileKind));
		else if (paths.length === 1) yield await lookInFile(path, world, wanted);
		else yield await lookInOneOf(path, world, wanted);
	}
}

/** Looks in one of several files. A problem with it does not stop the others. */
async function lookInOneOf(path: string, world: World, wanted: readonly string[]): Promise<Look> {
	try {
		return await lookInFile(path, world, wanted);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return {found: [], refused: [], damaged: [{path, problem: error.message, code: error.code}]};
	}
}

async function lookInFile(path: string, world: World, wanted: readonly string[]): Promise<Look> {
	const file = await readNamed(path, world);
	if (file === undefined) throw new PharmerError('file', `there is no file \`${path}\``, 'check the path');
	const parts = partsOfExport(file.text);
	if (parts !== undefined) return spoken(path, () => lookInExport(path, file, parts, world, findLimit));
	const chosen = importers.filter(({kind}) => wanted.includes(kind));
	const text = new FileText(file.text, basename(path));
	// The only tool that was asked for reads the file whatever it looks like.
	const importer = wanted.length === 1 && chosen[0] !== undefined ? chosen[0] : await ownerOf(text, chosen, world);
	if (importer !== undefined) {
		const group = [path, ...companionsOf(importer, path, world.places)] as const;
		const there = await lookInGroup(importer, group, world, new Set());
		const [problem] = there?.damaged ?? [];
		if (there === undefined || problem === undefined) return there ?? {found: [], refused: [], damaged: []};
		throw new PharmerError('invalid', problem.problem);
	}
	// Variables of no known provider are no tool's, but can be kept all the same.
	if (wanted.includes(dotenv.kind) && looksLikeAssignments(text.text)) {
		const there = await lookInGroup(dotenv, [path], world, new Set());
		if (there?.refused.some(({offer}) => offer !== undefined) === true) return there;
	}
	return spoken(path, () => lookInUnknown(path, file, text, world));
}

/** Gives the path to errors of `look`. */
async function spoken(path: string, look: () => Promise<Look>): Promise<Look> {
	try {
		return await look();
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		throw new PharmerError(error.code, `\`${path}\`: ${error.message}`, error.hint);
	}
}

/** Reads a file that somebody named. One beyond the usual limit is read only when this program wrote it. */
async function readNamed(path: string, world: World): Promise<ReadFile | undefined> {
	try {
		return await world.read(path);
	} catch (error) {
		if (!(error instanceof PharmerError) || error.code !== 'invalid') throw error;
		const whole = await world.read(path, exportLimit).catch(() => undefined);
		if (whole === undefined || partsOfExport(whole.text) === undefined) throw error;
		return whole;
	}
}
