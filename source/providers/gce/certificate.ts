import {createPublicKey, type KeyObject, X509Certificate} from 'node:crypto';
import type {Ask} from '../../domain/exchange.js';
import {timestamp} from '../../domain/time.js';
import {objectOf} from '../answers.js';
import {followUp} from '../follow-up.js';

/**
 * What Google publishes of a key of a service account: `unlisted` when it lists other keys of the account, or none;
 * undefined when the list can't be had.
 */
export type PublicKey =
	| 'unlisted'
	| {
			readonly isOtherHalf: (key: KeyObject) => boolean;
			/** RFC 3339; undefined when it never ends. */
			readonly expires: string | undefined;
	  };

/** The last year that a certificate can name: such a key has no end (RFC 5280, 4.1.2.5). */
const forever = 9999;

/**
 * Looks a key up among those that Google publishes for everyone, by their ids (trufflehog's detector for Google Cloud;
 * `client_x509_cert_url` of key files). No secret is sent.
 */
export async function publicKeyOf(email: string, keyId: string, ask: Ask): Promise<PublicKey | undefined> {
	const url = `https://www.googleapis.com/robot/v1/metadata/x509/${encodeURIComponent(email)}`;
	const answer = await followUp(ask, {method: 'GET', url, headers: {accept: 'application/json'}});
	const certificates = answer?.status === 200 ? objectOf(answer) : undefined;
	if (certificates === undefined) return undefined;
	const pem = new Map(Object.entries(certificates)).get(keyId);
	return pem === undefined ? 'unlisted' : read(pem);
}

function read(pem: unknown): PublicKey | undefined {
	if (typeof pem !== 'string') return undefined;
	try {
		const {publicKey, validTo} = new X509Certificate(pem);
		const end = new Date(validTo);
		return {
			isOtherHalf: key => publicKey.equals(createPublicKey(key)),
			expires: end.getUTCFullYear() < forever ? timestamp(end) : undefined,
		};
	} catch {
		return undefined;
	}
}
