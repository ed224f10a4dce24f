import {type Credential, type CredentialContent, parseFieldKey} from '../domain/credential.js';
import type {ErrorCode} from '../domain/errors.js';
import {type Name, nameKey, nameLengthLimit, parseName} from '../domain/name.js';
import type {Secret} from '../domain/secret.js';
import type {About} from '../providers/importer.js';
import type {Provider} from '../providers/provider.js';
import {withOwnExpiry} from './expiry.js';
import {byAge, namedSharers, SameCredentials, SecretHolders, sharersText} from './same.js';

/** A file that a secret was read from, and its permission bits on systems that have them. */
export type SecretFile = {readonly path: string; readonly mode?: number};

/** A credential found on this machine outside the vault. */
export type FoundCredential = {
	readonly provider: Provider;
	/** In the provider's field order. Complete, though it may look odd. */
	readonly data: ReadonlyMap<string, Secret>;
	/** Its name in the file: a profile, a context. Empty when it has none. */
	readonly label: string;
	/** The kind of its source: an importer's kind, `environment` or `file`. */
	readonly kind: string;
	/** The file that holds its secret, or names the one that does; undefined for the environment. */
	readonly path?: string;
	/** The file's permission bits, on systems that have them. */
	readonly mode?: number;
	/** The other files that a secret of it was read from, such as one that its file or a variable names. */
	readonly alsoIn?: readonly SecretFile[];
	/** The variables it came from. */
	readonly variables?: readonly string[];
	/** The rest of a manifest. */
	readonly about?: About;
	/** It belongs to no known provider, and is kept only by who chooses to. */
	readonly offered?: true;
	/** It was pasted, and is in no file. */
	readonly pasted?: true;
	/** What only some of the tools that read the file take, as a sentence with its line. */
	readonly remark?: string;
};

/** Something that was found but can't be kept, and why. */
export type Refusal = {
	/** A path, or `the environment`. */
	readonly where: string;
	readonly label: string;
	/** The rest of a sentence that begins with the label. */
	readonly reason: string;
	/** What of it can be kept all the same by who chooses to. */
	readonly offer?: FoundCredential;
	/** The rest of it, where a file that it names was left alone: fields are missing. */
	readonly rest?: FoundCredential;
};

/**
 * A file that could not be read, or a location of which something was left out. `problem` is a sentence that names it.
 */
export type DamagedFile = {
	readonly path: string;
	readonly problem: string;
	/** The error code that it would have failed with, had it been the only path given. */
	readonly code?: ErrorCode;
};

/** What was found on this machine. */
export type Look = {
	readonly found: readonly FoundCredential[];
	readonly refused: readonly Refusal[];
	readonly damaged: readonly DamagedFile[];
};

/** Who holds a secret: a credential of the vault, or an earlier find, by its index. */
type Sharer = Credential | number;

/**
 * What a find has to do with others: the credential of the vault that is the same, under any name; the earlier find
 * that is the same, by its index; or else those that only have a secret in common with it.
 */
export type Held = {
	readonly known?: Credential;
	readonly repeats?: number;
	/** The first of those, oldest first, and how many there are. */
	readonly shared?: {readonly first: readonly Sharer[]; readonly count: number};
};

/**
 * What each find has to do with the vault and with earlier finds: the environment often repeats a file, and a second
 * look finds what the first one kept.
 */
export function heldOf(found: readonly FoundCredential[], credentials: readonly Credential[]): readonly Held[] {
	const kept = new SameCredentials<Credential>();
	const earlier = new SameCredentials<number>();
	const sharers = new SecretHolders<Sharer>();
	for (const credential of byAge(credentials)) {
		kept.add(credential, credential);
		sharers.add(credential, credential);
	}
	return found.map(({provider, data}, index) => {
		const compared = {provider: provider.id, data};
		const known = kept.find(compared);
		const repeats = earlier.find(compared);
		earlier.add(compared, index);
		if (known !== undefined || repeats !== undefined)
			return {...(known === undefined ? {} : {known}), ...(repeats === undefined ? {} : {repeats})};
		const others = sharers.mostOf(compared);
		// The list grows with every find: it is not copied.
		const shared = {first: others.slice(0, namedSharers), count: others.length};
		sharers.add(compared, index);
		return shared.count === 0 ? {} : {shared};
	});
}

/** What a find has in common with others, as a part of a sentence, such as `has the same secret as prod`. */
export function sharedText({shared}: Held, nameOf: (index: number) => string): string | undefined {
	if (shared === undefined) return undefined;
	const names = shared.first.map(each => (typeof each === 'number' ? nameOf(each) : each.name));
	return `has the same secret as ${sharersText(names, shared.count)}`;
}

/** The default name of a find: its label, prefixed with the provider, or the provider alone for a default label. */
function baseName({label, provider, about}: FoundCredential): string {
	// Text from a file is cut before any pattern sees it, as some patterns are slow on long texts.
	const word = label
		.slice(0, 200)
		.replace(/\.iam\.gserviceaccount\.com$/, '')
		.replace(/[^A-Za-z0-9._-]+/g, '-')
		.replace(/^[^A-Za-z0-9]+|(?<!-)-+$/g, '')
		// Leave room for a number of five digits.
		.slice(0, nameLengthLimit - provider.id.length - 7);
	if (word === '' || word.toLowerCase() === 'default') return provider.id;
	const named = about !== undefined || nameKey(word).startsWith(nameKey(provider.id));
	return named ? word : `${provider.id}-${word}`;
}

/**
 * A name for each find, in order: the name it has in the vault, or one that is neither `taken` nor used in the vault or
 * by another find.
 */
export function suggestedNames(
	found: readonly FoundCredential[],
	credentials: readonly Credential[],
	taken: readonly Name[] = [],
): readonly Name[] {
	const keys = new Set([...credentials.map(({name}) => name), ...taken].map(nameKey));
	const counts = new Map<string, number>();
	const held = heldOf(found, credentials);
	return found.map((each, index) => {
		const known = held[index]?.known;
		if (known !== undefined) return known.name;
		const base = baseName(each);
		let count = counts.get(nameKey(base)) ?? 1;
		let name = count === 1 ? base : `${base}-${count}`;
		while (keys.has(nameKey(name))) name = `${base}-${++count}`;
		counts.set(nameKey(base), count);
		keys.add(nameKey(name));
		return parseName(name);
	});
}

/** The content that is kept for a find under this name. */
export function contentOfFound(
	{provider, data, about}: FoundCredential,
	name: Name,
): CredentialContent & {readonly created?: string} {
	for (const key of data.keys()) parseFieldKey(key);
	return withOwnExpiry({name, provider: provider.id, data, labels: new Map(), ...about});
}

/** Where a find comes from, on one line: its file or the paste and its label there, or its variables. */
export function whereOf({
	path,
	label,
	variables,
	pasted,
}: Pick<FoundCredential, 'path' | 'label' | 'variables' | 'pasted'>): string {
	const place = path ?? (pasted === true ? 'what was pasted' : undefined);
	if (place === undefined) return (variables ?? []).join(', ');
	return label === '' ? place : `${place} [${label}]`;
}

/** The files of a find that anyone besides their owner may read, those that everyone may read first. */
export function exposedFiles({path, mode, alsoIn = []}: FoundCredential): readonly Required<SecretFile>[] {
	const all = [...(path === undefined ? [] : [{path, mode}]), ...alsoIn];
	return all
		.flatMap(each => (each.mode === undefined ? [] : {path: each.path, mode: each.mode}))
		.filter(each => (each.mode & 0o044) !== 0)
		.sort((one, other) => (other.mode & 0o004) - (one.mode & 0o004));
}

/** The permission bits that let in most: of the find's files those of an exposed one, or else its own file's. */
export function widestMode(found: FoundCredential): number | undefined {
	return exposedFiles(found)[0]?.mode ?? found.mode ?? found.alsoIn?.[0]?.mode;
}
