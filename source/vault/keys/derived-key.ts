import {createHmac} from 'node:crypto';

/**
 * A key of 32 bytes, derived from `secret` for one purpose: HKDF-SHA-256 (RFC 5869), whose output of one block is two
 * HMACs. Node.js's own HKDF keeps a copy of `secret` until the garbage collector comes.
 */
export function derivedKey(secret: Buffer, salt: Buffer, purpose: string): Buffer {
	const extracted = createHmac('sha256', salt).update(secret).digest();
	const key = createHmac('sha256', extracted).update(purpose).update(Buffer.of(1)).digest();
	extracted.fill(0);
	return key;
}
