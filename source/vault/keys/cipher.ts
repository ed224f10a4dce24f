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
	return unsealBytes(key, sealed.nonce, Buffer.from(sealed.data), bound);
}

/** In base64 characters: a part stands for whole bytes. */
const partLength = 64 * 1024;

/**
 * The same for `data` as the bytes of its base64. There may be millions, so each part is decrypted where it was decoded
 * to, and nothing but the result takes their memory.
 */
export function unsealBytes(key: Buffer, nonce: string, data: Buffer, bound: string): Buffer | undefined {
	const sealed = decoded(data);
	const decipher = createDecipheriv(algorithm, key, Buffer.from(nonce, 'base64'), {authTagLength: tagBytes});
	decipher.setAAD(Buffer.from(bound));
	decipher.setAuthTag(sealed.subarray(-tagBytes));
	const bytes = sealed.subarray(0, -tagBytes);
	for (let at = 0; at < bytes.length; at += partLength) {
		const part = bytes.subarray(at, at + partLength);
		const opened = decipher.update(part);
		opened.copy(part);
		opened.fill(0);
	}
	try {
		// A block cipher in counter mode keeps nothing back for the end.
		decipher.final();
		return bytes;
	} catch {
		bytes.fill(0);
		return undefined;
	}
}

function decoded(base64: Buffer): Buffer {
	const bytes = Buffer.allocUnsafeSlow(Math.ceil((base64.length * 3) / 4));
	let length = 0;
	for (let at = 0; at < base64.length; at += partLength)
		length += bytes.write(base64.toString('latin1', at, at + partLength), length, 'base64');
	return bytes.subarray(0, length);
}

/** A nonce as written in a file. Throws `Damage`. */
export function parseNonce(value: unknown, place: string): string {
	return parseBase64(value, `the nonce of ${place}`, nonceBytes, nonceBytes);
}
