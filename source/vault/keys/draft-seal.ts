import {Secret} from '../../domain/secret.js';
import {type Sealed, seal, unseal} from './cipher.js';
import {derivedKey} from './derived-key.js';

const purpose = 'pharmer draft in memory';

/** A key for drafts only: the vault's key itself seals only the vault. */
function draftKey(key: Buffer): Buffer {
	return derivedKey(key, Buffer.alloc(0), purpose);
}

/** Seals `text` with a key that is derived from a vault's. */
export function sealDraft(key: Buffer, text: Secret): Sealed {
	const own = draftKey(key);
	const bytes = Buffer.from(text.reveal());
	try {
		return seal(own, bytes, purpose);
	} finally {
		own.fill(0);
		bytes.fill(0);
	}
}

/** The text; undefined when it was sealed with another vault's key. */
export function unsealDraft(key: Buffer, sealed: Sealed): Secret | undefined {
	const own = draftKey(key);
	try {
		const bytes = unseal(own, sealed, purpose);
		const text = bytes && new Secret(bytes.toString());
		bytes?.fill(0);
		return text;
	} finally {
		own.fill(0);
	}
}
