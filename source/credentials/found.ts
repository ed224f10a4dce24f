import {type Credential, type CredentialContent, parseFieldKey} from '../domain/credential.js';
import type {ErrorCode} from '../domain/errors.js';
import {type Name, nameKey, nameLengthLimit, parseName} from '../domain/name.js';
import type {Secret} from '../domain/secret.js';
import type {About} from '../providers/importer.js';
import type {Provider} from '../providers/provider.js';
import {Holders} from './held.js';

/** A credential found on this machine outside the vault. */
export type FoundCredential = {
	readonly provider: Provider;
	/** In the provider's field order. Complete, though it may look odd. */
	readonly data: ReadonlyMap<string, Secret>;
	/** Its name in the file: a profile, a context. Empty when it has none. */
	readonly label: string;
	/** The kind of its source: an importer's kind, `environment` or `file`. */
	readonly kind: string;
	/** The file it is in; undefined for the environment. */
	readonly path?: string;
	/** The file's permission bits, on systems that have them. */
	readonly mode?: number;
	/** The variables it came from. */
	readonly variables?: readonly string[];
	/** The rest of a manifest. */
	readonly about?: About;
};

/** Something that was found but can't be kept, and why. */
export type Refusal = {
	/** A path, or `the environment`. */
	readonly where: string;
	readonly label: string;
	/** The rest of a sentence that begins with the label. */
	readonly reason: string;
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

/**
 * Who already holds the secrets of a find: a credential of the vault, under any name, or an earlier find, by its index.
 */
export type Held = {readonly known?: Credential; readonly repeats?: number};

function holdersIn(credentials: readonly Credential[]): Holders<Credential> {
	const holders = new Holders<Credential>();
	// The oldest one counts as the original, not a copy of it.
	const byAge = [...credentials].sort((one, other) =>
		one.created < other.created ? -1 : one.created > other.created ? 1 : 0,
	);
	for (const credential of byAge) holders.add(credential.provider, credential.data, credential);
	return holders;
}

/** The oldest credential for that provider that holds every secret of `data`, or undefined. */
export function knownAs(
	{provider, data}: Pick<CredentialContent, 'provider' | 'data'>,
	credentials: readonly Credential[],
): Credential | undefined {
	return holdersIn(credentials).find(provider, data);
}

/**
 * Who holds the secrets of each find: the environment often repeats a file, and a second look finds what the first one
 * kept.
 */
export function heldOf(found: readonly FoundCredential[], credentials: readonly Credential[]): readonly Held[] {
	const kept = holdersIn(credentials);
	const earlier = new Holders<number>();
	return found.map(({provider, data}, index) => {
		const known = kept.find(provider.id, data);
		const repeats = earlier.find(provider.id, data);
		earlier.add(provider.id, data, index);
		return {...(known === undefined ? {} : {known}), ...(repeats === undefined ? {} : {repeats})};
	});
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
	return {name, provider: provider.id, data, labels: new Map(), ...about};
}

/** Where a find comes from, on one line: its file and its label there, or its variables. */
export function whereOf({path, label, variables}: Pick<FoundCredential, 'path' | 'label' | 'variables'>): string {
	if (path === undefined) return (variables ?? []).join(', ');
	return label === '' ? path : `${path} [${label}]`;
}

/** Whether anyone besides the file's owner may read it. */
export function isExposed({mode}: FoundCredential): boolean {
	return mode !== undefined && (mode & 0o044) !== 0;
}
