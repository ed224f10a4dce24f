import type {Credential} from '../domain/credential.js';
import {isSecretField} from '../providers/catalog.js';
import type {Plain, PlainMap} from '../text/plain.js';

/** The `apiVersion` that is written. */
const apiVersion = 'v1beta1';

export type RenderOptions = {
	/** Write `[redacted]` for secret fields. */
	readonly redact: boolean;
};

/** One credential as the documented object, an array as one `CredentialList`. Keys are in the documented order. */
export function manifestObject(credentials: Credential | readonly Credential[], options: RenderOptions): Plain {
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

/** A map of the entries that are set, that is, neither undefined nor an empty map. */
function mapOfSet(entries: readonly (readonly [key: string, value: string | PlainMap | undefined])[]): PlainMap {
	return new Map(
		entries.flatMap(([key, value]) =>
			value === undefined || (typeof value !== 'string' && value.size === 0) ? [] : [[key, value] as const],
		),
	);
}
