import {randomUUID} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {isKeyringSlot, keyringEntry} from '../vault/keys/keyring.js';
import type {Slot} from '../vault/keys/opener.js';
import {passphraseSlot} from '../vault/keys/passphrase.js';
import {slotText} from '../vault/slot-names.js';
import type {Rekeyed, Vault, VaultPlace} from '../vault/vault.js';

/**
 * The id of the slot for a new passphrase of somebody who opened the vault by the slot `opened`, and the other ways in,
 * each of which a new vault key has to be given again. A passphrase that is set after a recovery key was used is a way
 * in of its own.
 */
export function waysBeside(
	slots: readonly Slot[],
	opened: string | undefined,
): {readonly id: string; readonly others: readonly Slot[]} {
	const own = slots.find(({id}) => id === opened);
	const id = own?.kind === 'passphrase' ? own.id : randomUUID();
	return {id, others: slots.filter(slot => slot.id !== id)};
}

/** The slot that a passphrase or recovery key opens, and the other ways in with their names in a sentence. */
export type Checked = {
	readonly slot: string;
	readonly others: readonly {readonly id: string; readonly kind: string; readonly name: string}[];
};

/** Whether a text opens the vault at that place. Throws what `VaultPlace.unlock()` throws. */
export async function checkPassphrase(place: VaultPlace, passphrase: Secret): Promise<Checked> {
	const vault = await place.unlock(passphrase);
	try {
		const {ownSlot: slot = ''} = vault;
		const {others} = waysBeside(await vault.slots(), slot);
		return {slot, others: others.map(each => ({id: each.id, kind: each.kind, name: slotText(each)}))};
	} finally {
		await vault.close();
	}
}

/** What became of the copy of an older version, and the names of dropped ways in whose keyring entries stay. */
export type ChangedPassphrase = Rekeyed & {readonly entries?: readonly string[]};

/** Removes an entry from this machine's keyring. Throws `keyring`. */
export type RemoveEntry = (entry: string) => Promise<unknown>;

/**
 * Gives an open vault a new key, with the passphrase as its only way in: in the slot that `checkPassphrase()` told.
 * What dropped ways in have in the keyring is removed, since it opens older copies. Throws `conflict` when there are
 * other ways in than those to be dropped, and what `rekey()` throws.
 */
export async function changePassphrase(
	vault: Vault,
	slot: string,
	passphrase: Secret,
	dropped: readonly string[],
	removeEntry: RemoveEntry,
): Promise<ChangedPassphrase> {
	const slots = await vault.slots();
	const {id, others} = waysBeside(slots, slot);
	const isAsked = slots.some(each => each.id === slot) && others.every(each => dropped.includes(each.id));
	if (!isAsked)
		throw new PharmerError('conflict', 'the ways into the vault were changed by somebody else meanwhile', 'try again');
	const rekeyed = await vault.rekey(new Map([[id, passphraseSlot(passphrase)]]), slots);
	const entries: string[] = [];
	for (const each of others.filter(isKeyringSlot)) {
		await removeEntry(keyringEntry(vault.id, each.id)).catch(() => entries.push(slotText(each)));
	}
	return entries.length === 0 ? rekeyed : {...rekeyed, entries};
}
