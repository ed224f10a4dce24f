import type {Credential, CredentialContent} from '../domain/credential.js';
import type {Version} from '../domain/version.js';
import {Prose, type Written} from '../text/plain.js';

/** The `apiVersion` that is written. */
const apiVersion = 'v1beta1';

/** Tells whether a field of that provider is written as `[redacted]`. */
export type IsHidden = (provider: string, key: string) => boolean;

const nothing: IsHidden = () => false;

/** One credential as the documented object, an array as one `CredentialList`. Keys are in the documented order. */
export function manifestObject(credentials: Credential | readonly Credential[], isHidden: IsHidden = nothing): Written {
	if ('id' in credentials) return object(credentials, isHidden);
	return new Map<string, Written>([
		['apiVersion', apiVersion],
		['kind', 'CredentialList'],
		['items', credentials.map(credential => object(credential, isHidden))],
	]);
}

/** The versions of a credential as one `CredentialHistory`: each with its number, and the credential as it was then. */
export function historyObject(
	{name, revision, created}: Credential,
	versions: readonly Version[],
	isHidden: IsHidden = nothing,
): Written {
	const items = versions.map(
		each =>
			new Map<string, Written>([
				['version', each.revision],
				['until', each.until],
				['cause', each.cause],
				['exact', each.isExact],
				['credential', object({...each.content, created}, isHidden)],
			]),
	);
	return new Map<string, Written>([
		['apiVersion', apiVersion],
		['kind', 'CredentialHistory'],
		['name', name],
		['version', revision],
		['items', items],
	]);
}

function object(credential: CredentialContent & Pick<Credential, 'created'>, isHidden: IsHidden): Written {
	const {provider} = credential;
	const data = [...credential.data].map(
		([key, value]) => [key, isHidden(provider, key) ? String(value) : value.reveal()] as const,
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
						['note', credential.note && new Prose(credential.note)],
					]),
				],
				['creationTimestamp', credential.created],
				['labels', credential.labels],
				['name', credential.name],
			]),
		],
		[
			'spec',
			new Map<string, Written>([
				['data', new Map(data)],
				['provider', provider],
			]),
		],
	]);
}

/** A map of the entries that are set, that is, neither undefined nor an empty map. */
function mapOfSet(
	entries: readonly (readonly [key: string, value: Written | undefined])[],
): ReadonlyMap<string, Written> {
	return new Map(
		entries.flatMap(([key, value]) =>
			value === undefined || (value instanceof Map && value.size === 0) ? [] : [[key, value] as const],
		),
	);
}
