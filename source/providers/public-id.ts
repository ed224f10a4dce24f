import type {Credential} from '../domain/credential.js';
import {fieldOf, providerOf} from './catalog.js';

/** The public field that tells it from others of its provider, as it is; empty when there is none. */
export function publicId(credential: Credential): string {
	const provider = providerOf(credential.provider);
	const key = provider.publicId;
	if (key === undefined || fieldOf(provider, key).secret) return '';
	return credential.data.get(key)?.reveal() ?? '';
}
