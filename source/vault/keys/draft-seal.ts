import {hkdfSync} from 'node:crypto';
import {Secret} from '../../domain/secret.js';
import {keyBytes, type Sealed, seal, unseal} from './cipher.js';

const purpose = 'pharmer draft in memory';

/** A key for drafts only: the vault's key itself seals only the vault. */
function draftKey(key: Buffer): Buffer {
	return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, keyBytes));
}

/** Seals `text` with a key that is derived from a vault's. */
export function sealDraft(key: Buffer, text: Secret): Sealed {
	return seal(draftKey(key), Buffer.from(text.reveal()), purpose);
}

/** The text; undefined when it was sealed with another vault's key. */
export function unsealDraft(key: Buffer, sealed: Sealed): Secret | undefined {
	const bytes = unseal(draftKey(key), sealed, purpose);
	return bytes && new Secret(bytes.toString());
}
