import {type Credential, type CredentialContent, parseFieldKey} from '../domain/credential.js';
import {type Name, nameKey, nameLengthLimit, parseName} from '../domain/name.js';
import type {Secret} from '../domain/secret.js';
import {isSecretField} from './catalog.js';
import type {Provider} from './provider.js';

/** A credential that is on this machine outside the vault. */
export type FoundCredential = {
	readonly provider: Provider;
	/** In the provider's field order; complete, though it may look odd. */
	readonly data: ReadonlyMap<string, Secret>;
	/** What its file calls it: a profile, a context. Empty when it has no name there. */
	readonly label: string;
	/** Which kind of source it is from: an importer's kind, `environment` or `file`. */
	readonly kind: string;
	/** The file it lies in, or undefined for the environment. */
	readonly path?: string;
	/** The permission bits of that file, where the system has them. */
	readonly mode?: number;
	/** The variables it is from. */
	readonly variables?: readonly string[];
	/** The rest of a manifest. */
	readonly about?: Pick<CredentialContent, 'labels' | 'note' | 'expires'> & {readonly created?: string};
};

/** Something that was found and can't be kept, and why. */
export type Refusal = {
	/** A path, or `the environment`. */
	readonly where: string;
	readonly label: string;
	/** The rest of a sentence that begins with the label. */
	readonly reason: string;
};

/** A file that could not be read. */
export type DamagedFile = {readonly path: string; readonly problem: string};

/** What was found on this machine. */
export type Look = {
	readonly found: readonly FoundCredential[];
	readonly refused: readonly Refusal[];
	readonly damaged: readonly DamagedFile[];
};

type Kept = {readonly provider: string; readonly data: ReadonlyMap<string, Secret>};

/** Whether every secret of `found` is one of `kept`, which is for the same provider: then nothing new would be kept. */
export function holdsSecretsOf(kept: Kept, found: FoundCredential): boolean {
	if (kept.provider !== found.provider.id) return false;
	const secrets = [...found.data].filter(([key]) => isSecretField(found.provider.id, key));
	return secrets.length > 0 && secrets.every(([key, value]) => kept.data.get(key)?.equals(value) === true);
}

/** The credential of the vault that holds what was found, whatever its name, or undefined. */
export function knownAs(found: FoundCredential, credentials: readonly Credential[]): Credential | undefined {
	return credentials.find(credential => holdsSecretsOf(credential, found));
}

/** The place in `all` of an earlier find with the same secrets, or undefined: the environment often repeats a file. */
export function repeats(all: readonly FoundCredential[], index: number): number | undefined {
	const found = all[index];
	if (found === undefined) return undefined;
	const earlier = all.slice(0, index).findIndex(each => {
		return holdsSecretsOf({provider: each.provider.id, data: each.data}, found);
	});
	return earlier === -1 ? undefined : earlier;
}

/** What a find is called when nobody says otherwise: by its profile, with the provider before it, and the provider alone for a default. */
function baseName({label, provider, about}: FoundCredential): string {
	// What a file says is cut before any pattern looks at it: some take long on long texts.
	const word = label
		.slice(0, 200)
		.replace(/\.iam\.gserviceaccount\.com$/, '')
		.replace(/[^A-Za-z0-9._-]+/g, '-')
		.replace(/^[^A-Za-z0-9]+|-+$/g, '')
		.slice(0, nameLengthLimit - provider.id.length - 5);
	if (word === '' || word.toLowerCase() === 'default') return provider.id;
	const named = about !== undefined || nameKey(word).startsWith(nameKey(provider.id));
	return named ? word : `${provider.id}-${word}`;
}

/** For each find the name that the vault has it under, or one that neither the vault nor another find has, in their order. */
export function suggestedNames(found: readonly FoundCredential[], credentials: readonly Credential[]): readonly Name[] {
	const keys = new Set(credentials.map(({name}) => nameKey(name)));
	return found.map(each => {
		const known = knownAs(each, credentials);
		if (known !== undefined) return known.name;
		const base = baseName(each);
		let name = base;
		for (let count = 2; keys.has(nameKey(name)); count++) name = `${base}-${count}`;
		keys.add(nameKey(name));
		return parseName(name);
	});
}

/** What is kept of a find under that name. */
export function contentOfFound(
	{provider, data, about}: FoundCredential,
	name: Name,
): CredentialContent & {readonly created?: string} {
	for (const key of data.keys()) parseFieldKey(key);
	return {name, provider: provider.id, data, labels: new Map(), ...about};
}

/** Where a find is from, on one line: its file and what it is called there, or its variables. */
export function whereOf({path, label, variables}: FoundCredential): string {
	if (path === undefined) return (variables ?? []).join(', ');
	return label === '' ? path : `${path} [${label}]`;
}

/** Whether others than its owner may read the file. */
export function isExposed({mode}: FoundCredential): boolean {
	return mode !== undefined && (mode & 0o044) !== 0;
}
