import {basename, dirname, join} from 'node:path';
import {checkData} from '../credentials/check.js';
import type {DamagedFile, FoundCredential, Look, Refusal, SecretFile} from '../credentials/found.js';
import {PharmerError} from '../domain/errors.js';
import {completeData} from '../providers/data.js';
import {deadSince} from '../providers/expiration.js';
import type {FileText} from '../providers/file-text.js';
import type {Found, Importer, Places, Reading, Refused} from '../providers/importer.js';
import {readMovedFile, spokenPath} from './named-file.js';
import type {ReadFile, Unread, World} from './world.js';

/** A look that found nothing. */
const nothing: Look = {found: [], refused: [], damaged: []};

/** Joins several looks, in order. */
export function together(looks: readonly Look[]): Look {
	return {
		found: looks.flatMap(look => look.found),
		refused: looks.flatMap(look => look.refused),
		damaged: looks.flatMap(look => look.damaged),
	};
}

/** A look with something that was left out. `problem` is a sentence that names the path. */
export function leftOut(path: string, problem: string): Look {
	return {...nothing, damaged: [{path, problem}]};
}

/** Looks in the files of one tool, one after the other. Skips paths that are in `seen`, and adds those it reads. */
export async function* lookForTool(importer: Importer, world: World, seen: Set<string>): AsyncGenerator<Look> {
	for (const paths of importer.files(world.places)) {
		const there = await lookInGroup(importer, paths, world, seen);
		if (there !== undefined) yield there;
		if (there !== undefined && importer.firstOnly) break;
	}
	for (const {directory, holds, depth} of importer.trees?.(world.places) ?? []) {
		const listing = await world.list(directory, depth);
		for (const path of (listing?.paths ?? []).filter(each => holds.test(each))) {
			const there = await lookInGroup(importer, [join(directory, path)], world, seen);
			if (there !== undefined) yield there;
		}
	}
}

/**
 * What is wrong with a file whose reading threw this. A text that is too long, or nested too deep, for JavaScript is a
 * file's problem too; any other error is thrown again.
 */
export function problemOf(error: unknown): string {
	if (error instanceof PharmerError && error.code !== 'cancelled') return error.message;
	if (error instanceof RangeError) return 'is too large, or nested too deep, to be read';
	throw error;
}

/** The length from which a text takes so long to parse that keys are answered in between. */
const longText = 128 * 1024;

/** The tool that a text belongs to. */
export async function ownerOf(
	text: FileText,
	tools: readonly Importer[],
	{pause}: World,
): Promise<Importer | undefined> {
	for (const tool of tools) {
		if (tool.recognizes(text)) return tool;
		if (text.text.length > longText) await pause?.();
	}
	return undefined;
}

/** Looks in files that are read together. Undefined when the first is missing or already `seen`. */
export async function lookInGroup(
	importer: Importer,
	[path, ...companions]: readonly [string, ...string[]],
	world: World,
	seen: Set<string>,
): Promise<Look | undefined> {
	if (seen.has(path)) return undefined;
	seen.add(path);
	let file: ReadFile | undefined;
	try {
		file = await world.read(path);
	} catch (error) {
		return leftOut(path, problemOf(error));
	}
	if (file === undefined) return undefined;
	try {
		const {reading, group, damaged} = await readGroup(importer, [path, ...companions], file, world, seen);
		const there = await lookFrom(reading, {kind: importer.kind, path, file, world}, group);
		return together([there, {...nothing, damaged}]);
	} catch (error) {
		return leftOut(path, `\`${path}\`: ${problemOf(error)}`);
	}
}

/** What is in files that are read together, the files, and those of them that were left out. */
type GroupReading = {
	readonly reading: Reading;
	readonly group: readonly GroupFile[];
	readonly damaged: readonly DamagedFile[];
};

/**
 * Reads a file together with its companions, and adds these to `seen`. A companion that is damaged or can't be read
 * does not cost the file: it is left out, and named. Throws `invalid` when the file itself is damaged.
 */
export async function readGroup(
	importer: Importer,
	[path, ...companions]: readonly [string, ...string[]],
	file: ReadFile,
	world: World,
	seen: Set<string>,
): Promise<GroupReading> {
	const damaged: DamagedFile[] = [];
	const files: (ReadFile | undefined)[] = [];
	for (const each of companions) {
		seen.add(each);
		try {
			files.push(await world.read(each));
		} catch (error) {
			files.push(undefined);
			damaged.push({path: each, problem: problemOf(error)});
		}
	}
	for (;;) {
		const texts = files.map(each => each?.text);
		try {
			const reading = importer.read([file.text, ...texts], [path, ...companions]);
			const others = companions.map((each, index) => ({path: each, file: files[index]}));
			return {reading, group: [{path, file}, ...others], damaged};
		} catch (error) {
			const problem = problemOf(error);
			const bad = damagedCompanion(importer, file.text, texts);
			if (bad === undefined) throw error;
			files[bad] = undefined;
			damaged.push({path: companions[bad] ?? path, problem: `\`${companions[bad]}\`: ${problem}`});
		}
	}
}

/** The index of the first companion that can't be read together with the file; undefined when the file itself can't. */
function damagedCompanion(
	importer: Importer,
	text: string,
	companions: readonly (string | undefined)[],
): number | undefined {
	const isRead = (some: readonly (string | undefined)[]): boolean => {
		try {
			return importer.read([text, ...some]) !== undefined;
		} catch (error) {
			return problemOf(error) === undefined;
		}
	};
	if (!isRead([])) return undefined;
	const bad = companions.findIndex((each, index) => each !== undefined && !isRead(companions.slice(0, index + 1)));
	return bad === -1 ? undefined : bad;
}

/** The refusal for a tool's own file in which there is nothing to keep and nothing else to refuse. */
const empty: Refused = {label: '', reason: 'holds nothing that can be kept here'};

/** The file that something was read from, others that secrets of it are in, and its world. */
export type Origin = {
	readonly kind: string;
	readonly path: string;
	readonly file: ReadFile;
	readonly alsoIn?: readonly SecretFile[];
	readonly world: World;
};

function modeOf({mode}: ReadFile): {readonly mode?: number} {
	return mode === undefined ? {} : {mode};
}

/** A file of a group, and what was read of it. */
type GroupFile = {readonly path: string; readonly file: ReadFile | undefined};

/** The origin of a find: the first of the files that its secrets are in, and the others. */
function originOf({from = []}: Found, origin: Origin, group: readonly GroupFile[]): Origin {
	const [first, ...others] = from.flatMap(index => {
		const {path, file} = group[index] ?? {};
		return path === undefined || file === undefined ? [] : [{path, file}];
	});
	if (first === undefined) return origin;
	return {...origin, ...first, alsoIn: others.map(({path, file}) => ({path, ...modeOf(file)}))};
}

async function lookFrom({found, refused}: Reading, origin: Origin, group: readonly GroupFile[]): Promise<Look> {
	const looks = await judgeAll(found, each => originOf(each, origin, group));
	const told = found.length + refused.length === 0 ? [empty] : refused;
	const left = told.map(({label, reason, offer, file = 0}): Refusal => {
		const where = group[file]?.path ?? origin.path;
		return {label, reason, where, ...(offer === undefined ? {} : {offer: {...foundIn(offer, origin), offered: true}})};
	});
	return together([...looks, {...nothing, refused: left}]);
}

/** Why temporary keys that stopped working at that moment are refused. */
export function expiredReason(moment: string): string {
	return `can't be kept: its temporary keys expired on ${moment}`;
}

/** Why something is refused that names a file which was not read, as the rest of a sentence. */
export function unreadText(named: string, {unread}: Unread): string {
	return `names ${spokenPath(named)}, which ${unread}`;
}

/** Judges finds one at a time, as each may have a file of its own to open; keys are answered in between. */
export async function judgeAll(finds: readonly Found[], originOf: (find: Found) => Origin): Promise<readonly Look[]> {
	const looks: Look[] = [];
	for (const [index, find] of finds.entries()) {
		const origin = originOf(find);
		if (index % 100 === 99) await origin.world.pause?.();
		looks.push(await judge(find, origin));
	}
	return looks;
}

/** A find with its named files read, or the reason why it can't be kept. */
async function judge(each: Found, origin: Origin): Promise<Look> {
	const {label, provider, data, files} = each;
	const {path, world} = origin;
	const refuse = (reason: string): Look => {
		const refusal: Refusal = {where: path, label, reason};
		return {...nothing, refused: [refusal]};
	};
	const all = new Map(data);
	const alsoIn = [...(origin.alsoIn ?? [])];
	const remarks = each.remark === undefined ? [] : [each.remark];
	const lacks: (readonly [named: string, why: Unread])[] = [];
	for (const [key, named] of files ?? []) {
		const there = await readMovedFile(world, named, dirname(path));
		if ('unread' in there) {
			if (there.spares !== true) return refuse(unreadText(named, there));
			lacks.push([named, there]);
			continue;
		}
		all.set(key, there.value);
		alsoIn.push(there.file);
		if (there.remark !== undefined) remarks.push(there.remark);
	}
	const complete = completeData(provider, all);
	if (lacks.length > 0) {
		const reason = lacks.map(([named, why]) => unreadText(named, why)).join(' and ');
		const left = lacks.map(([named, {unread}]) => `${spokenPath(named)} ${unread}`);
		const rest = foundIn({...each, data: complete, remark: [...remarks, ...left].join('; ')}, {...origin, alsoIn});
		return {...nothing, refused: [{where: path, label, reason, rest}]};
	}
	const wrong = checkData(provider, complete).find(({severity}) => severity === 'wrong');
	if (wrong !== undefined) return refuse(`can't be kept: ${wrong.message}`);
	const dead = deadSince(provider, complete, world.now());
	if (dead !== undefined) return refuse(expiredReason(dead));
	const remark = remarks.join('; ');
	const whole = {...each, data: complete, ...(remark === '' ? {} : {remark})};
	return {...nothing, found: [foundIn(whole, {...origin, alsoIn})]};
}

function foundIn(
	{label, provider, data, about, remark}: Found,
	{kind, path, file, alsoIn = []}: Origin,
): FoundCredential {
	return {
		label,
		provider,
		data,
		kind,
		path,
		...modeOf(file),
		...(alsoIn.length === 0 ? {} : {alsoIn}),
		...(about === undefined ? {} : {about}),
		...(remark === undefined ? {} : {remark}),
	};
}

/** The files next to `path` that its tool reads together with it. */
export function companionsOf(importer: Importer, path: string, places: Places): readonly string[] {
	const group = importer.files(places).find(([first]) => basename(first) === basename(path));
	return [...new Set((group ?? []).slice(1).map(each => join(dirname(path), basename(each))))];
}
