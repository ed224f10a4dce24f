import {createHash} from 'node:crypto';
import type {Credential} from '../domain/credential.js';

const digests = new WeakMap<Credential, string>();

/** SHA-256 in base64url of a credential's provider and data, whatever the order of its fields. Computed once. */
export function dataDigest(credential: Credential): string {
	const known = digests.get(credential);
	if (known !== undefined) return known;
	const data = [...credential.data].map(([key, secret]) => [key, secret.reveal()] as const);
	data.sort(([one], [other]) => (one < other ? -1 : 1));
	const digest = createHash('sha256')
		.update(JSON.stringify([credential.provider, data]))
		.digest('base64url');
	digests.set(credential, digest);
	return digest;
}
