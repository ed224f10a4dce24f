import {Secret} from '../../domain/secret.js';
import {type Sealed, seal, unseal} from './cipher.js';
import {derivedKey} from './derived-key.js';
import {eitherOpener, type Slot} from './opener.js';
import {passphraseOpener} from './passphrase.js';
import {recoveryOpener} from './recovery.js';

const purpose = 'pharmer draft in memory';

/** A key for drafts only: the vault's key itself seals only the vault. */
function draftKey(key: Buffer): Buffer {
	return derivedKey(key, Buffer.alloc(0), purpose);
}

/** A sealed text, and the ways to the key of the vault that it was sealed by. */
export type SealedDraft = {readonly sealed: Sealed; readonly vaultId: string; readonly slots: readonly Slot[]};

/** Seals `text` with a key that is derived from the key of that vault, which its `slots` lead to. */
export function sealDraft(key: Buffer, text: Secret, vaultId: string, slots: readonly Slot[]): SealedDraft {
	const own = draftKey(key);
	const bytes = Buffer.from(text.reveal());
	try {
		return {sealed: seal(own, bytes, purpose), vaultId, slots};
	} finally {
		own.fill(0);
		bytes.fill(0);
	}
}

/** The text; undefined when it was sealed with another key. */
export function unsealDraft(key: Buffer, {sealed}: SealedDraft): Secret | undefined {
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

/**
 * The text that was sealed by a vault that has got another key since: a passphrase or recovery key that opened it then
 * still does. Undefined when this one did not.
 */
export async function unsealByPassphrase(draft: SealedDraft, given: Secret): Promise<Secret | undefined> {
	const opener = eitherOpener(recoveryOpener(given), passphraseOpener(given));
	const key = (await opener.open(draft.vaultId, draft.slots))?.key;
	try {
		return key && unsealDraft(key, draft);
	} finally {
		key?.fill(0);
	}
}
