import {createCipheriv, createDecipheriv, randomBytes} from 'node:crypto';
import {parseBase64} from '../json-values.js';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
/** The length of the tag after every ciphertext, in bytes. */
export const tagBytes = 16;
/** The length of every key, in bytes. */
export const keyBytes = 32;

/** Bytes sealed with AES-256-GCM, both members in base64. `data` is the ciphertext followed by the tag. */
export type Sealed = {readonly nonce: string; readonly data: string};

/**
 * Seals bytes with a key of `keyBytes` and a fresh random nonce. `bound` is additional data that has to be the same
 * when they are opened.
 */
export function seal(key: Buffer, bytes: Buffer, bound: string): Sealed {
	const nonce = randomBytes(nonceBytes);
	const cipher = createCipheriv(algorithm, key, nonce, {authTagLength: tagBytes});
	cipher.setAAD(Buffer.from(bound));
	const data = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
	return {nonce: nonce.toString('base64'), data: data.toString('base64')};
}

/** The sealed bytes; undefined when the key is another one or anything differs from what was sealed. */
export function unseal(key: Buffer, sealed: Sealed, bound: string): Buffer | undefined {
	const data = Buffer.from(sealed.data, 'base64');
	const decipher = createDecipheriv(algorithm, key, Buffer.from(sealed.nonce, 'base64'), {authTagLength: tagBytes});
	decipher.setAAD(Buffer.from(bound));
	decipher.setAuthTag(data.subarray(-tagBytes));
	const bytes = decipher.update(data.subarray(0, -tagBytes));
	try {
		// A block cipher in counter mode keeps nothing back for the end.
		decipher.final();
		return bytes;
	} catch {
		bytes.fill(0);
		return undefined;
	}
}

/** A nonce as written in a file. Throws `Damage`. */
export function parseNonce(value: unknown, place: string): string {
	return parseBase64(value, `the nonce of ${place}`, nonceBytes, nonceBytes);
}
