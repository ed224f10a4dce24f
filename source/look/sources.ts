import {basename, dirname} from 'node:path';
import {readSources, type Source, type Sources} from '../documents/sources.js';
import {parseFieldKey} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {completeData} from '../providers/data.js';
import {FileText} from '../providers/file-text.js';
import type {Found, Importer, Refused} from '../providers/importer.js';
import type {Provider} from '../providers/provider.js';
import {looksLikeAssignments, parseAssignments} from '../text/assignments.js';
import {cleanInput} from '../text/input-text.js';
import {importers} from './importers.js';
import {forOneLook, readMovedFile} from './named-file.js';
import {companionsOf, ownerOf, readGroup, unreadText} from './tool-files.js';
import type {World} from './world.js';

/** The credentials of a file, and what was left out of it, as sentences that name it. */
export type FileReading = {
	readonly sources: Sources;
	/** What can't be kept, such as a profile in it. */
	readonly refused: readonly string[];
	/** The files beside it that can't be read. */
	readonly damaged: readonly string[];
};

/** The tool that a text at this path belongs to, or undefined. `path` is empty or `-` when there is none. */
function toolOf(text: string, path: string, world: World): Promise<Importer | undefined> {
	const file = new FileText(text, path === '-' ? '' : basename(path));
	// `readSources()` gives the positions in a manifest.
	const tools = importers.filter(({kind}) => kind !== 'pharmer');
	return ownerOf(file, tools, world);
}

function sentence({label, reason}: Refused): string {
	return `${label === '' ? 'it' : `\`${label}\``} ${reason}`;
}

/**
 * Reads the credentials in a file that somebody named: anything that `readSources()` reads, or a tool's own file,
 * together with the files beside it that the tool reads too. A file named inside it, such as a private key, is read
 * from `machine`. Without `provider`, the text has to determine it. Throws `invalid` as `readSources()` does, when the
 * file holds nothing that can be kept, and with its own reason when what is labelled `wanted` can't be kept.
 */
export async function readFileSources(
	path: string,
	text: string,
	machine: World,
	provider?: Provider,
	wanted?: string,
): Promise<FileReading> {
	const world = forOneLook(machine);
	const clean = cleanInput(text);
	const whole = (sources: Sources): FileReading => ({sources, refused: [], damaged: []});
	if (provider?.open === true && looksLikeAssignments(clean)) return whole([fromVariables(clean, provider)]);
	const tool = await toolOf(clean, path, world);
	if (tool === undefined) return whole(readSources(text, provider));
	const companions = path === '-' ? [] : companionsOf(tool, path, world.places);
	const {reading, ...group} = await readGroup(tool, [path, ...companions], {text: clean}, world, new Set());
	const refused = [...reading.refused];
	const sources: Source[] = [];
	for (const each of reading.found.filter(({provider: {id}}) => provider === undefined || id === provider.id)) {
		const source = await toSource(each, path, world);
		if ('data' in source) sources.push(source);
		else refused.push(source);
	}
	const damaged = group.damaged.map(({problem}) => problem);
	const isAsked = ({label}: {readonly label: string}): boolean => wanted !== undefined && label === wanted;
	if (!sources.some(isAsked)) {
		const keyless = (reading.keyless ?? []).map(label => ({label, reason: 'is in it, but holds no keys'}));
		const asked = [...refused, ...keyless].find(isAsked);
		if (asked !== undefined) throw new PharmerError('invalid', sentence(asked), damaged[0]);
	}
	const [first, ...others] = sources;
	if (first !== undefined) return {sources: [first, ...others], refused: refused.map(sentence), damaged};
	// It has better messages for a file without keys.
	if (tool.kind === 'aws') return whole(readSources(text, provider));
	const [other] = reading.found;
	if (other !== undefined && other.provider.id !== provider?.id && provider !== undefined) {
		throw new PharmerError('invalid', `the input is for ${other.provider.id}, not for ${provider.id}`);
	}
	// One about a variable of the provider that was asked for comes first.
	const names = provider?.fields.flatMap(({environment}) => environment) ?? [];
	const chosen = refused.find(({label}) => names.includes(label)) ?? refused[0];
	const reasons = [...(chosen === undefined ? [] : [sentence(chosen)]), ...damaged].join('; ');
	const hint = reasons === '' ? undefined : reasons;
	throw new PharmerError('invalid', `nothing in this file of ${tool.title} can be kept`, hint);
}

/**
 * All the variables that a file sets, for a provider that accepts any fields. Throws `invalid` for a value that can't
 * be read or a name that can't be a field.
 */
function fromVariables(text: string, provider: Provider): Source {
	const {values, reasons} = parseAssignments(text);
	const [lost] = reasons;
	if (lost !== undefined) throw new PharmerError('invalid', `\`${lost[0]}\` ${lost[1]}`);
	const data = [...values].map(([name, value]) => [parseFieldKey(name), new Secret(value)] as const);
	return {label: '', format: 'fields', provider, data: completeData(provider, new Map(data))};
}

async function toSource({label, provider, data, files, remark}: Found, path: string, world: World) {
	const all = new Map(data);
	const remarks = remark === undefined ? [] : [remark];
	for (const [key, named] of files ?? []) {
		const there = await readMovedFile(world, named, dirname(path));
		if ('unread' in there) return {label, reason: unreadText(named, there)} satisfies Refused;
		all.set(key, there.value);
		if (there.remark !== undefined) remarks.push(there.remark);
	}
	const said = remarks.length === 0 ? {} : {remark: remarks.join('; ')};
	return {label, format: 'tool', provider, data: completeData(provider, all), ...said} satisfies Source;
}
