import {PharmerError} from '../domain/errors.js';
import type {Keyring} from '../platform/keyring.js';
import type {Prompt} from '../platform/prompt.js';
import {isKeyringSlot, keyringEntry, keyringOpener, keyringSlot} from '../vault/keys/keyring.js';
import type {Slot, SlotMaker} from '../vault/keys/opener.js';
import {shortSlotId} from '../vault/slot-names.js';
import type {UnlockOptions, Vault, VaultPlace} from '../vault/vault.js';
import type {Context} from './context.js';

import {tell, warn} from './talk.js';

/** Whether a command may use the keyring: without a terminal, a question of the system would surprise. */
export async function mayUseKeyring(prompt: Prompt | undefined, context: Context): Promise<boolean> {
	return prompt !== undefined || (await context.settings()).keyring;
}

/** Why a command may not use the keyring. */
export const notAllowed = 'there is no terminal, and the setting `keyring` of the app is off';

/** A vault that the keyring opened, or why it did not. */
export type KeyringOutcome = {readonly vault: Vault} | {readonly why: string};

/**
 * Opens a vault by the keyring of this machine; undefined when it has no keyring slot, or may not be tried. Throws what
 * `open()` throws of the vault itself.
 */
export async function openByKeyring(
	place: VaultPlace,
	options: UnlockOptions,
	prompt: Prompt | undefined,
	context: Context,
): Promise<KeyringOutcome | undefined> {
	const slots = await place.slots(options);
	if (!slots.some(isKeyringSlot) || !(await mayUseKeyring(prompt, context))) return undefined;
	const keyring = await context.keyring();
	let isThere = false;
	const opener = keyringOpener(async entry => {
		const key = await keyring.get(entry);
		isThere ||= key !== undefined;
		return key;
	});
	try {
		return {vault: await place.open(opener, options)};
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		if (error.code === 'keyring') return {why: error.message};
		if (error.code !== 'wrong-passphrase') throw error;
		const wrong = "what this machine's keyring has for the vault does not open it";
		return {why: isThere ? wrong : "this machine's keyring has nothing for the vault"};
	}
}

/** Whether the keyring of this machine opens a vault by that slot. Throws `keyring`. */
export async function opensHere(vaultId: string, slot: Slot, keyring: Keyring): Promise<boolean> {
	const opened = await keyringOpener(keyring.get).open(vaultId, [slot]);
	opened?.key.fill(0);
	return opened !== undefined;
}

/**
 * Runs a task with a maker of keyring slots. When the task fails, the entries that were made for it are removed again,
 * except those of slots that the vault has all the same.
 */
export async function withKeyringSlots<Result>(
	vault: Vault,
	context: Context,
	task: (make: SlotMaker) => Promise<Result>,
): Promise<Result> {
	const kept: string[] = [];
	const keyring = await context.keyring();
	const make = keyringSlot(async (entry, key) => {
		// It may be there although the answer is lost.
		kept.push(entry);
		await keyring.set(entry, key);
	});
	try {
		return await task(make);
	} catch (error) {
		// A change that the disk did not confirm may be in the file, and then this vault can't read it any more.
		const slots = await vault.slots().catch(() => undefined);
		const used = slots?.map(({id}) => keyringEntry(vault.id, id)) ?? kept;
		// What stays behind opens nothing.
		for (const entry of kept.filter(each => !used.includes(each))) await keyring.remove(entry).catch(() => false);
		throw error;
	}
}

/**
 * Adds a way in by the keyring of this machine, and resolves to its id. Throws `exists`, `keyring` and what `addSlot()`
 * throws; then nothing was added.
 */
export async function addKeyringSlot(vault: Vault, context: Context): Promise<string> {
	const keyring = await context.keyring();
	for (const slot of await vault.slots()) {
		if (await opensHere(vault.id, slot, keyring))
			throw new PharmerError('exists', `this machine's keyring opens the vault already: \`${shortSlotId(slot)}\``);
	}
	return withKeyringSlots(vault, context, make => vault.addSlot(make));
}

/** Removes from this machine's keyring what a slot that is gone has there, and says when it could not. */
export async function forgetEntry(
	vaultId: string,
	slot: Slot,
	prompt: Prompt | undefined,
	context: Context,
): Promise<void> {
	const id = shortSlotId(slot);
	const stays = (why: string) =>
		warn(context, `the keyring's entry of \`${id}\` stays, which opens older copies of the vault: ${why}`);
	if (!(await mayUseKeyring(prompt, context))) return stays(notAllowed);
	try {
		const keyring = await context.keyring();
		const isGone = await keyring.remove(keyringEntry(vaultId, slot.id));
		if (!isGone) tell(context, `this machine's keyring has nothing for \`${id}\``);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		stays(error.message);
	}
}
