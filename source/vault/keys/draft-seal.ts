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
	const own = draftKey(key);
	const bytes = Buffer.from(text.reveal());
	const sealed = seal(own, bytes, purpose);
	own.fill(0);
	bytes.fill(0);
	return sealed;
}

/** The text; undefined when it was sealed with another vault's key. */
export function unsealDraft(key: Buffer, sealed: Sealed): Secret | undefined {
	const own = draftKey(key);
	const bytes = unseal(own, sealed, purpose);
	own.fill(0);
	const text = bytes && new Secret(bytes.toString());
	bytes?.fill(0);
	return text;
}
