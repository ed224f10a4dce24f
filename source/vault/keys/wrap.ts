import {canonical} from '../canonical.js';
import {parseBase64} from '../json-values.js';
import {keyBytes, parseNonce, seal, tagBytes, unseal} from './cipher.js';
import type {Slot} from './opener.js';

/** The last members of a slot that wraps the vault's key: nonce and ciphertext, both in base64. */
export type Wrapped = {readonly nonce: string; readonly key: string};

/**
 * Wraps the vault's key with the key `by`, bound to that vault and to all other members of its slot. Fills `by` with
 * zero.
 */
export function wrapKey<Head extends Slot>(vaultId: string, head: Head, by: Buffer, vaultKey: Buffer): Head & Wrapped {
	try {
		const {nonce, data} = seal(by, vaultKey, bound(vaultId, head));
		return {...head, nonce, key: data};
	} finally {
		by.fill(0);
	}
}

/**
 * The vault's key; undefined when `by` is another slot's key, or the slot is not as it was made for that vault. Fills
 * `by` with zero.
 */
export function unwrapKey(vaultId: string, slot: Slot & Wrapped, by: Buffer): Buffer | undefined {
	const {nonce, key, ...head} = slot;
	try {
		return unseal(by, {nonce, data: key}, bound(vaultId, head));
	} finally {
		by.fill(0);
	}
}

/** These members as written in a file. Throws `Damage`. */
export function parseWrapped({nonce, key}: Readonly<Record<string, unknown>>, place: string): Wrapped {
	const sealedBytes = keyBytes + tagBytes;
	return {
		nonce: parseNonce(nonce, `the key of ${place}`),
		key: parseBase64(key, `the key of ${place}`, sealedBytes, sealedBytes),
	};
}

function bound(vaultId: string, slot: Slot): string {
	return canonical({vault: vaultId, slot});
}
