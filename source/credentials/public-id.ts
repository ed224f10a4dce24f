import type {Credential} from '../domain/credential.js';
import type {Secret} from '../domain/secret.js';
import {fieldOf, providerOf} from '../providers/catalog.js';
import type {Provider} from '../providers/provider.js';

/** The public field that tells data of a provider from other data of it, as it is; empty when there is none. */
export function publicIdOf(provider: Provider, data: ReadonlyMap<string, Secret>): string {
	const key = provider.publicId;
	if (key === undefined || fieldOf(provider, key).secret) return '';
	return data.get(key)?.reveal() ?? '';
}

/** The same of a credential. */
export function publicId({provider, data}: Credential): string {
	return publicIdOf(providerOf(provider), data);
}
