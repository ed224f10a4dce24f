import {basename, dirname, join} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {readSources} from '../formats/sources.js';
import {findProvider} from '../providers/catalog.js';
import {checkData, completeData} from '../providers/check.js';
import type {FoundCredential, Look, Refusal} from '../providers/found.js';
import {importers} from './catalog.js';
import {environmentKind, lookInEnvironment} from './environment.js';
import type {Found, Importer, Places, Reading} from './importer.js';
import {readNamedFile, spokenPath} from './named-file.js';
import type {ReadFile, World} from './world.js';

/** What `--from` calls a file that no tool keeps for itself: a manifest, an object of fields, a `.csv` file. */
export const fileKind = 'file';

/** Every kind of source there is. */
export const kinds: readonly string[] = [environmentKind, ...importers.map(({kind}) => kind), fileKind];

const nothing: Look = {found: [], refused: [], damaged: []};

function together(looks: readonly Look[]): Look {
	return {
		found: looks.flatMap(look => look.found),
		refused: looks.flatMap(look => look.refused),
		damaged: looks.flatMap(look => look.damaged),
	};
}

/**
 * What is on this machine: the environment and the files of all tools where they keep them, or only those of some `kinds`. A file
 * that can't be read is among `damaged`, and the rest goes on.
 */
export async function lookAround(world: World, wanted: readonly string[] = kinds): Promise<Look> {
	const chosen = importers.filter(({kind}) => wanted.includes(kind));
	const environment = wanted.includes(environmentKind) ? await lookInEnvironment(world) : nothing;
	const files = [];
	for (const importer of chosen) files.push(await lookForTool(importer, world, new Set()));
	return together([environment, ...files]);
}

/** Kinds of sources by their names or by the ids of providers whose credentials they hold. Throws `usage` that lists both. */
function kindsOf(names: readonly string[]): readonly string[] {
	return names.flatMap(name => {
		if (kinds.includes(name)) return [name];
		const id = findProvider(name)?.id ?? '';
		const tools = importers.filter(each => each.providers.includes(id) && each.kind !== 'pharmer');
		if (tools.length > 0) return tools.map(({kind}) => kind);
		throw new PharmerError('usage', `\`${name}\` is no kind of source`, `the kinds are ${kinds.join(', ')}`);
	});
}

/** What is in those places, or where tools keep theirs when there are none; of some `wanted` kinds, or all when there are none. Throws as `lookAt()` does. */
export async function look(paths: readonly string[], world: World, wanted: readonly string[]): Promise<Look> {
	const chosen = wanted.length === 0 ? kinds : kindsOf(wanted);
	if (paths.length === 0) return lookAround(world, chosen);
	const looks: Look[] = [];
	for (const path of paths) looks.push(await lookAt(path, world, chosen));
	return together(looks);
}

/** The files of one tool. What was read is added to `seen`. */
async function lookForTool(importer: Importer, world: World, seen: Set<string>): Promise<Look> {
	const looks: Look[] = [];
	for (const paths of importer.files(world.places)) {
		const there = await lookInGroup(importer, paths, world, seen);
		if (there !== undefined) looks.push(there);
		if (there !== undefined && importer.firstOnly) break;
	}
	for (const {directory, holds, depth} of importer.trees?.(world.places) ?? []) {
		const paths = (await world.list(directory, depth)) ?? [];
		for (const path of paths.filter(each => holds.test(each))) {
			const there = await lookInGroup(importer, [join(directory, path)], world, seen);
			if (there !== undefined) looks.push(there);
		}
	}
	return together(looks);
}

function damaged(path: string, error: unknown): Look {
	if (!(error instanceof PharmerError)) throw error;
	return {...nothing, damaged: [{path, problem: error.message}]};
}

/** Files that are read together; undefined when the first is not there. */
async function lookInGroup(
	importer: Importer,
	[path, ...companions]: readonly [string, ...string[]],
	world: World,
	seen: Set<string>,
): Promise<Look | undefined> {
	if (seen.has(path)) return undefined;
	try {
		const file = await world.read(path);
		if (file === undefined) return undefined;
		const others = await Promise.all(companions.map(each => world.read(each)));
		for (const each of [path, ...companions]) seen.add(each);
		const reading = importer.read([file.text, ...others.map(other => other?.text)]);
		return await lookFrom(reading, {kind: importer.kind, path, file, world}, [path, ...companions]);
	} catch (error) {
		seen.add(path);
		return damaged(path, error);
	}
}

type Origin = {readonly kind: string; readonly path: string; readonly file: ReadFile; readonly world: World};

async function lookFrom({found, refused}: Reading, origin: Origin, paths: readonly string[]): Promise<Look> {
	const looks = await Promise.all(found.map(each => judge(each, origin, each.about)));
	const left = refused.map(({label, reason, file = 0}) => ({label, reason, where: paths[file] ?? origin.path}));
	return together([...looks, {...nothing, refused: left}]);
}

/** A find with its named files read, or the reason why it can't be kept. */
async function judge(
	{label, provider, data, files}: Found,
	{kind, path, file, world}: Origin,
	about?: FoundCredential['about'],
): Promise<Look> {
	const refuse = (reason: string): Look => {
		const refusal: Refusal = {where: path, label, reason};
		return {...nothing, refused: [refusal]};
	};
	const all = new Map(data);
	for (const [key, named] of files ?? []) {
		const value = await readNamedFile(world, named, dirname(path));
		if (value === undefined) return refuse(`names ${spokenPath(named)}, which can't be read`);
		all.set(key, value);
	}
	const complete = completeData(provider, all);
	const wrong = checkData(provider, complete).find(({severity}) => severity === 'wrong');
	if (wrong !== undefined) return refuse(`can't be kept: ${wrong.message}`);
	const mode = file.mode === undefined ? {} : {mode: file.mode};
	const more = about === undefined ? {} : {about};
	return {...nothing, found: [{label, provider, data: complete, kind, path, ...mode, ...more}]};
}

/** How deep a directory that somebody names is looked into, and how many of its files at most. */
const reach = {depth: 8, files: 5000} as const;

/**
 * What a file or a directory elsewhere holds: a tool's own file by its content, a manifest, an object of fields. In a directory, the
 * places of every tool as if it was a home directory, then each file that one of them knows. Throws `file` when nothing is there, and
 * `invalid` when a file that was named is damaged or holds nothing that is known here.
 */
export async function lookAt(path: string, world: World, wanted: readonly string[] = kinds): Promise<Look> {
	const files = await world.list(path, reach.depth);
	if (files !== undefined) return lookInDirectory(path, files.slice(0, reach.files), world, wanted);
	const file = await world.read(path);
	if (file === undefined) throw new PharmerError('file', `there is no file \`${path}\``, 'check the path');
	const chosen = importers.filter(({kind}) => wanted.includes(kind));
	// A tool that was asked for reads the file whatever it looks like.
	const importer =
		wanted.length === 1 && chosen[0] !== undefined
			? chosen[0]
			: chosen.find(each => each.recognizes(file.text, basename(path)));
	if (importer !== undefined) {
		const there = await lookInGroup(importer, [path, ...companionsOf(importer, path, world.places)], world, new Set());
		const [problem] = there?.damaged ?? [];
		if (problem !== undefined) throw new PharmerError('invalid', `\`${path}\`: ${problem.problem}`);
		return there ?? nothing;
	}
	try {
		return await lookInSources(path, file, world);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		throw new PharmerError(error.code, `\`${path}\`: ${error.message}`, error.hint);
	}
}

/** The files beside `path` that its tool reads together with it. */
function companionsOf(importer: Importer, path: string, places: Places): readonly string[] {
	const group = importer.files(places).find(([first]) => basename(first) === basename(path));
	return (group ?? []).slice(1).map(each => join(dirname(path), basename(each)));
}

/** Whether that file is read together with another one of `all`, such as the config file of AWS with the credentials. */
function isRead(path: string, all: readonly string[], chosen: readonly Importer[], places: Places): boolean {
	return chosen
		.flatMap(({files}) => files(places))
		.some(
			([first, ...others]) =>
				others.some(each => basename(each) === basename(path)) && all.includes(join(dirname(path), basename(first))),
		);
}

async function lookInSources(path: string, file: ReadFile, world: World): Promise<Look> {
	const origin = {kind: fileKind, path, file, world};
	const looks = readSources(file.text).map(({label, provider, data, manifest}) => {
		const {name: _, ...about} = manifest ?? {};
		return judge({label, provider, data}, origin, manifest === undefined ? undefined : {labels: new Map(), ...about});
	});
	return together(await Promise.all(looks));
}

async function lookInDirectory(
	directory: string,
	files: readonly string[],
	world: World,
	wanted: readonly string[],
): Promise<Look> {
	const config = join(directory, '.config');
	const places: Places = {...world.places, environment: {}, home: directory, config, userConfig: config};
	const there = {...world, places};
	const seen = new Set<string>();
	const looks: Look[] = [];
	const chosen = importers.filter(({kind}) => wanted.includes(kind));
	for (const importer of chosen) looks.push(await lookForTool(importer, inside(directory, there), seen));
	const all = files.map(each => join(directory, each));
	for (const path of all) {
		if (seen.has(path) || isRead(path, all, chosen, places)) continue;
		try {
			const file = await world.read(path);
			if (file === undefined) continue;
			const importer = chosen.find(each => each.recognizes(file.text, basename(path)));
			if (importer !== undefined) {
				const group = [path, ...companionsOf(importer, path, places)] as const;
				looks.push((await lookInGroup(importer, group, there, seen)) ?? nothing);
			} else if (wanted.includes(fileKind)) {
				looks.push(await lookInSources(path, file, there));
			}
		} catch (error) {
			// In a directory most files are something else: they are passed over, and so is what can't be read as text.
			if (!(error instanceof PharmerError)) throw error;
		}
	}
	return together(looks);
}

/** The same world without what is outside that directory, such as `/etc`. */
function inside(directory: string, world: World): World {
	const holds = (path: string): boolean => path === directory || path.startsWith(join(directory, '/'));
	return {
		...world,
		read: async path => (holds(path) ? world.read(path) : undefined),
		list: async (path, depth) => (holds(path) ? world.list(path, depth) : undefined),
	};
}
