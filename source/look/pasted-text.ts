import {isAbsolute, normalize, sep} from 'node:path';
import type {FoundCredential, Look, Refusal} from '../credentials/found.js';
import {PharmerError} from '../domain/errors.js';
import {spellingsOf} from '../providers/field-map.js';
import {fold, type Provider} from '../providers/provider.js';
import {looksLikeAssignments} from '../text/assignments.js';
import {look} from './look.js';
import {forOneLook, readNamedFile, spokenPath} from './named-file.js';
import {readFileSources} from './sources.js';
import type {NamedFile, Unread, World} from './world.js';

/** What is in a pasted text, and the files that it names for fields: none of them is read unless somebody agrees. */
export type PasteLook = {readonly look: Look; readonly names: readonly string[]};

/** For whom a pasted text is, where it does not tell, and the files that it names and that may be read. */
export type PasteTerms = {readonly provider?: Provider | undefined; readonly files?: readonly string[] | undefined};

/** Where the text stands in a world that has nothing else beside it. */
const place = '-';

/** Whether a path may lead to another machine: a share, or where automounters and AFS keep the hosts of a network. */
export function isRemote(path: string): boolean {
	return /^[\\/]{2}/.test(path) || /^[\\/](?:net|Network|afs)[\\/]/i.test(normalize(path));
}

/**
 * The world with the text, and nothing else of the machine than the `agreed` files. Notes in `named` which others the
 * text needs. A paste has no place of its own: a path that depends on one leads nowhere.
 */
function worldOf(text: string, machine: World, agreed: readonly string[], names: Set<string>): World {
	const once = forOneLook(machine);
	const {home} = machine.places;
	const left = (unread: string): Unread => ({unread, spares: true});
	const named = async (path: string): Promise<NamedFile | Unread> => {
		if (!isAbsolute(path)) return left('is not read: a paste has to name it with its whole path');
		if (isRemote(path)) return left('may be on another machine, and is never read for a paste');
		const whole = normalize(path);
		// What is not shown can't be agreed to.
		if (spokenPath(whole) === 'a file') return left('is not read for a paste');
		const name = whole.startsWith(home + sep) ? `~${whole.slice(home.length)}` : whole;
		names.add(name);
		if (!agreed.includes(name)) return left('was not read');
		const there = await readNamedFile(once, whole, home);
		return 'unread' in there ? {...there, spares: true} : there;
	};
	return {...machine, named, read: async path => (path === place ? {text} : undefined), list: async () => undefined};
}

function pasted({path, mode: _, ...found}: FoundCredential): FoundCredential {
	return path === place ? {...found, pasted: true} : {...found, ...(path === undefined ? {} : {path})};
}

/**
 * Looks for credentials in a text that was pasted, as in a file that somebody names. With a provider also for the
 * fields of one that the text alone does not tell, or tells in part. The only credential is found without the fields
 * whose files were not read. Throws `invalid` when it is none of that.
 */
export async function lookInPaste(
	text: string,
	machine: World,
	{provider, files = []}: PasteTerms,
): Promise<PasteLook> {
	const names = new Set<string>();
	const look = await lookIn(text, worldOf(text, machine, files, names), provider);
	return {look, names: [...names]};
}

async function lookIn(text: string, there: World, provider: Provider | undefined): Promise<Look> {
	const isForAny = provider?.open === true && looksLikeAssignments(text);
	const known = isForAny ? undefined : await look([place], there).catch(unreadable);
	if (known !== undefined && !(known instanceof PharmerError)) {
		const whole = withRest(withPlace(known));
		if (provider === undefined || whole.found.length > 0 || known.refused.some(({rest}) => rest)) return whole;
	}
	if (provider === undefined) throw known;
	if (!provider.open && !mentionsField(text, provider) && known instanceof PharmerError) throw unknownText;
	const {sources, refused} = await readFileSources(place, text, there, provider);
	const found = sources.map(
		({label, provider: of, data, remark, manifest}): FoundCredential => ({
			label,
			provider: of,
			data,
			kind: 'file',
			pasted: true,
			...(remark === undefined ? {} : {remark}),
			...(manifest === undefined ? {} : {about: {...manifest, labels: manifest.labels}}),
		}),
	);
	return {found, refused: refused.map(reason => ({where: 'what was pasted', label: '', reason})), damaged: []};
}

const unknownText = new PharmerError('invalid', 'it is no credential that is known here');

/** Whether a text has a key or a column of the provider's: what is wrong with it is worth a word then. */
function mentionsField(text: string, provider: Provider): boolean {
	const fields = spellingsOf(provider);
	const keys = text.matchAll(/(?:^|[,{])[ \t"']{0,8}([A-Za-z][\w -]{0,62}?)["']?[ \t]{0,8}(?=[:=,]|$)/gm);
	for (const [, key = ''] of keys) if (fields.has(fold(key))) return true;
	return false;
}

/** Throws again what is no problem with the text. */
function unreadable(error: unknown): PharmerError {
	if (!(error instanceof PharmerError) || error.code === 'cancelled') throw error;
	return new PharmerError(error.code, error.message.replace(/^`-`: /, ''), error.hint);
}

/** The look with the only credential that lacks a file as a find: who pasted it fills in what is missing. */
function withRest({found, refused, damaged}: Look): Look {
	const [only, ...others] = refused.flatMap(({rest}) => rest ?? []);
	const whole = refused.map(({rest: _, ...refusal}): Refusal => refusal);
	if (found.length > 0 || only === undefined || others.length > 0) return {found, refused: whole, damaged};
	return {found: [only], refused: refused.filter(({rest}) => rest === undefined), damaged};
}

function withPlace({found, refused, damaged}: Look): Look {
	const where = (path: string): string => (path === place ? 'what was pasted' : path);
	return {
		found: found.map(pasted),
		refused: refused.map(({offer, rest, ...each}) => ({
			...each,
			where: where(each.where),
			...(offer === undefined ? {} : {offer: pasted(offer)}),
			...(rest === undefined ? {} : {rest: pasted(rest)}),
		})),
		damaged: damaged.map(each => ({...each, path: where(each.path)})),
	};
}
