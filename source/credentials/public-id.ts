import type {Credential} from '../domain/credential.js';
import type {Secret} from '../domain/secret.js';
import {fieldOf, providerOf} from '../providers/catalog.js';
import type {Provider} from '../providers/provider.js';

/** The value of the provider's `publicId` field, in full; empty when there is none. */
export function publicIdOf(provider: Provider, data: ReadonlyMap<string, Secret>): string {
	const key = provider.publicId;
	if (key === undefined || fieldOf(provider, key).secret) return '';
	return data.get(key)?.reveal() ?? '';
}

/** A credential's public id, in full; empty when there is none. */
export function publicId({provider, data}: Credential): string {
	return publicIdOf(providerOf(provider), data);
}
