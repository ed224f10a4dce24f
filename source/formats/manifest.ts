import type {Credential, CredentialContent} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Name} from '../domain/name.js';
import {isSecretField} from '../providers/catalog.js';
import {cleanInput} from './input-text.js';
import {writeJson} from './json-text.js';
import {manifestFrom} from './manifest-reader.js';
import type {Plain, PlainMap} from './plain.js';
import {parseYaml, writeYaml} from './yaml-text.js';

/** A credential as text may give it: the name can come from elsewhere, `created` is RFC 3339 in UTC. */
export type Manifest = Omit<CredentialContent, 'name'> & {readonly name?: Name; readonly created?: string};

/** The `apiVersion` that is written. */
export const apiVersion = 'v1beta1';

export type RenderOptions = {
	/** Secret fields read `[redacted]`. */
	readonly redact: boolean;
};

/**
 * One credential as a YAML object, an array as one `CredentialList` object, with a line feed at the end. Keys come in the documented
 * order, values to the byte; `writeYaml()` says how. Secrets are in clear unless `redact`.
 */
export function renderYaml(credentials: Credential | readonly Credential[], options: RenderOptions): string {
	return writeYaml(document(credentials, options));
}

/** As `renderYaml()`, in JSON: one document with an indentation of two spaces. */
export function renderJson(credentials: Credential | readonly Credential[], options: RenderOptions): string {
	return writeJson(document(credentials, options));
}

/**
 * The one manifest in a YAML or JSON text. `apiVersion` may be that of any older release, the provider any of its older ids and
 * the keys of `spec.data` any of their older spellings; what comes back has today's. The data is in the provider's field order
 * without its empty values, and may lack fields the provider requires. Throws `invalid` with the place for everything else,
 * unknown members too.
 */
export function readManifest(text: string): Manifest {
	const [root, another] = parseYaml(cleanInput(text));
	if (root === undefined) throw new PharmerError('invalid', 'the input holds nothing but comments');
	if (another !== undefined) {
		throw new PharmerError('invalid', 'the input holds more than one document', 'keep one of them');
	}
	return manifestFrom(root);
}

function document(credentials: Credential | readonly Credential[], options: RenderOptions): Plain {
	if ('id' in credentials) return object(credentials, options);
	return new Map<string, Plain>([
		['apiVersion', apiVersion],
		['kind', 'CredentialList'],
		['items', credentials.map(credential => object(credential, options))],
	]);
}

function object(credential: Credential, {redact}: RenderOptions): Plain {
	const {provider} = credential;
	const data = [...credential.data].map(
		([key, value]) => [key, redact && isSecretField(provider, key) ? String(value) : value.reveal()] as const,
	);
	return mapOfSet([
		['apiVersion', apiVersion],
		['kind', 'Credential'],
		[
			'metadata',
			mapOfSet([
				[
					'annotations',
					mapOfSet([
						['expires', credential.expires],
						['note', credential.note],
					]),
				],
				['creationTimestamp', credential.created],
				['labels', credential.labels],
				['name', credential.name],
			]),
		],
		[
			'spec',
			new Map<string, Plain>([
				['data', new Map(data)],
				['provider', provider],
			]),
		],
	]);
}

/** A map of the entries that are set: neither undefined nor an empty map. */
function mapOfSet(entries: readonly (readonly [key: string, value: string | PlainMap | undefined])[]): PlainMap {
	return new Map(
		entries.flatMap(([key, value]) =>
			value === undefined || (typeof value !== 'string' && value.size === 0) ? [] : [[key, value] as const],
		),
	);
}
