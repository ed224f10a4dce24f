import {basename, dirname} from 'node:path';
import {readSources, type Source, type Sources} from '../documents/sources.js';
import {parseFieldKey} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {completeData} from '../providers/data.js';
import {FileText} from '../providers/file-text.js';
import type {Found, Importer} from '../providers/importer.js';
import type {Provider} from '../providers/provider.js';
import {looksLikeAssignments, parseAssignments} from '../text/assignments.js';
import {cleanInput} from '../text/input-text.js';
import {importers} from './importers.js';
import {readMovedFile, spokenPath} from './named-file.js';
import type {World} from './world.js';

/**
 * Tools whose files `readSources()` also reads, with better messages: profiles without keys, positions in a manifest.
 */
const readThere: readonly string[] = ['aws', 'pharmer'];

/** The tool that a text at this path belongs to, or undefined. `path` is empty or `-` when there is none. */
function toolOf(text: string, path: string): Importer | undefined {
	const file = new FileText(text, path === '-' ? '' : basename(path));
	return importers.find(({kind, recognizes}) => !readThere.includes(kind) && recognizes(file));
}

/**
 * Reads the credentials in a file that somebody named: anything that `readSources()` reads, or a tool's own file. A
 * file named inside it, such as a private key, is read from `world`. Without `provider`, the text has to determine it.
 * Throws `invalid` as `readSources()` does, and when the file holds nothing that can be kept.
 */
export async function readFileSources(path: string, text: string, world: World, provider?: Provider): Promise<Sources> {
	if (provider?.open === true && looksLikeAssignments(cleanInput(text)))
		return [fromVariables(cleanInput(text), provider)];
	const tool = toolOf(cleanInput(text), path);
	if (tool === undefined) return readSources(text, provider);
	const {found, refused} = tool.read([cleanInput(text)]);
	const wanted = found.filter(each => provider === undefined || each.provider.id === provider.id);
	const sources: Source[] = [];
	for (const each of wanted) sources.push(await toSource(each, path, world));
	const [first, ...others] = sources;
	if (first !== undefined) return [first, ...others];
	const [other] = found;
	if (other !== undefined) {
		throw new PharmerError('invalid', `the input is for ${other.provider.id}, not for ${provider?.id}`);
	}
	// One about a variable of the provider that was asked for comes first.
	const names = provider?.fields.flatMap(({environment}) => environment) ?? [];
	const chosen = refused.find(({label}) => names.includes(label)) ?? refused[0];
	const reason = chosen && `${chosen.label === '' ? 'it' : `\`${chosen.label}\``} ${chosen.reason}`;
	throw new PharmerError('invalid', `nothing in this file of ${tool.title} can be kept`, reason);
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

async function toSource({label, provider, data, files}: Found, path: string, world: World): Promise<Source> {
	const all = new Map(data);
	for (const [key, named] of files ?? []) {
		const there = await readMovedFile(world, named, dirname(path));
		if (there === undefined) throw new PharmerError('file', `it names ${spokenPath(named)}, which can't be read`);
		all.set(key, there.value);
	}
	return {label, format: 'tool', provider, data: completeData(provider, all)};
}
