import type {Credential} from '../domain/credential.js';
import type {Secret} from '../domain/secret.js';
import {fieldOf, providerOf} from '../providers/catalog.js';
import type {Provider} from '../providers/provider.js';

/** The value of the provider's `publicId` field, in full; empty when there is none. */
export function publicIdOf(provider: Provider, data: ReadonlyMap<string, Secret>): string {
	const key = provider.publicId;
	if (key === undefined || isSecret(provider, key)) return '';
	return data.get(key)?.reveal() ?? '';
}

/** Lists ask it of the same few providers again and again. */
const secrecy = new WeakMap<Provider, boolean>();

function isSecret(provider: Provider, key: string): boolean {
	const known = secrecy.get(provider) ?? fieldOf(provider, key).secret === true;
	secrecy.set(provider, known);
	return known;
}

/** A credential's public id, in full; empty when there is none. */
export function publicId({provider, data}: Credential): string {
	return publicIdOf(providerOf(provider), data);
}
