import {randomUUID} from 'node:crypto';
import {keyRenewal} from '../agent/vault-keys.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Prompt} from '../platform/prompt.js';
import {waysBeside} from '../tasks/change-passphrase.js';
import {isKeyringSlot} from '../vault/keys/keyring.js';
import type {Slot, SlotMaker} from '../vault/keys/opener.js';
import {passphraseOpener, passphraseSlot} from '../vault/keys/passphrase.js';
import {slotText} from '../vault/slot-names.js';
import type {Vault} from '../vault/vault.js';
import {agrees} from './agree.js';
import type {Context} from './context.js';
import {forgetEntry, mayUseKeyring, opensHere, withKeyringSlots} from './keyring-slot.js';
import {addRecoveryKey} from './recovery-key.js';
import {tell, usage, warn} from './talk.js';

const attempts = 3;

/**
 * Throws `usage` where a vault has several ways in and nobody can be asked about them: a new vault key needs each of
 * them again. A keyring that may be used is not asked about.
 */
export async function assertCanRekey(
	slots: readonly Slot[],
	prompt: Prompt | undefined,
	drop: boolean,
	context: Context,
): Promise<void> {
	if (slots.length < 2 || prompt !== undefined || drop) return;
	const others = slots.filter(slot => !isKeyringSlot(slot));
	if (others.length === slots.length || others.length > 1 || !(await mayUseKeyring(prompt, context))) throw several();
}

function several(): PharmerError {
	return usage(
		'the vault has several ways in, and there is no terminal to ask about the others',
		'`pharmer slots` lists them; add --drop-slots to keep only the one that is used now',
	);
}

/**
 * Gives a vault a new key, with `passphrase` as the way in that it was opened by. The keyring of this machine gets a
 * new entry. Each other way in is asked for, or dropped after a question that names it; with `drop` all others are
 * dropped. Then tells `success`, and offers a new recovery key for one that was dropped. Throws `usage`, `cancelled`,
 * `keyring`, and what `rekey()` throws; then nothing was changed.
 */
export async function rekeyVault(
	{vault, passphrase, success}: {readonly vault: Vault; readonly passphrase: Secret; readonly success: string},
	{prompt, drop}: {readonly prompt: Prompt | undefined; readonly drop: boolean},
	context: Context,
): Promise<void> {
	const slots = await vault.slots();
	await assertCanRekey(slots, prompt, drop, context);
	const {id, others} = waysBeside(slots, vault.ownSlot);
	const makers = new Map<string, SlotMaker>([[id, passphraseSlot(passphrase)]]);
	const renewed: Slot[] = [];
	const dropped: Slot[] = [];
	for (const slot of others) {
		if (drop) dropped.push(slot);
		else if (await canRenew(slot, vault, context)) renewed.push(slot);
		else if (prompt === undefined) throw several();
		else {
			const kept = await askFor(slot, vault.id, prompt, context);
			if (kept === undefined) dropped.push(slot);
			else makers.set(slot.id, passphraseSlot(kept));
		}
	}
	const renew = await keyRenewal(await context.agent(), vault);
	const {kept, unkept, removed, left} = await withKeyringSlots(vault, context, make => {
		// Under an id of its own: what the keyring has opens the vault until the new one is written, and if it never is.
		for (const _ of renewed) makers.set(randomUUID(), make);
		return vault.rekey(makers, slots);
	});
	tell(context, success);
	await renew();
	for (const slot of renewed) tell(context, `made ${slotText(slot)} anew, under another id`);
	for (const slot of dropped) tell(context, `dropped ${slotText(slot)}`);
	for (const slot of [...renewed, ...dropped].filter(isKeyringSlot)) await forgetEntry(vault.id, slot, prompt, context);
	if (kept !== undefined) tell(context, `kept a copy of the vault as it is now: \`${kept}\``);
	if (unkept !== undefined) warn(context, unkept);
	for (const each of removed) tell(context, `removed \`${each}\`, which the old key opened`);
	for (const each of left) warn(context, `\`${each}\` is still there, and the old key opens it: remove it yourself`);
	if (dropped.some(({kind}) => kind === 'recovery')) await offerRecoveryKey(vault, prompt, context);
}

/** Whether a slot is of this machine's keyring, to be made anew without asking. Says why the keyring can't be used. */
async function canRenew(slot: Slot, vault: Vault, context: Context): Promise<boolean> {
	if (!isKeyringSlot(slot)) return false;
	try {
		return await opensHere(vault.id, slot, await context.keyring());
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		tell(context, error.message);
		return false;
	}
}

/** Offers a new recovery key. What goes wrong with it is a warning: the vault has its new key already. */
async function offerRecoveryKey(vault: Vault, prompt: Prompt | undefined, context: Context): Promise<void> {
	try {
		if (prompt !== undefined && (await agrees(prompt, 'Make a new recovery key now? [y/N] '))) {
			const id = await addRecoveryKey(vault, {prompt}, context);
			tell(context, `added ${slotText({id, kind: 'recovery'})}`);
			return;
		}
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		warn(context, error.message);
	}
	tell(context, '`pharmer slots add recovery` makes a new recovery key');
}

/** The passphrase of a slot; undefined when it is to be dropped. Throws `cancelled` when it is neither. */
async function askFor(slot: Slot, vaultId: string, prompt: Prompt, context: Context): Promise<Secret | undefined> {
	if (slot.kind === 'passphrase') {
		for (let attempt = 0; attempt < attempts; attempt++) {
			const typed = await prompt.secret(`Passphrase of the other way in ${slotText(slot)}, or nothing to drop it: `);
			if (typed.isEmpty) break;
			const opened = await passphraseOpener(typed).open(vaultId, [slot]);
			opened?.key.fill(0);
			if (opened !== undefined) return typed;
			tell(context, 'That is not the passphrase. Try again.');
		}
	}
	const why = slot.kind === 'recovery' ? 'A new key needs new recovery words, which you can make next. ' : '';
	if (await agrees(prompt, `${why}Drop the way in ${slotText(slot)}? [y/N] `, 'fresh')) return undefined;
	throw new PharmerError('cancelled', 'nothing was changed', `a new key would have dropped ${slotText(slot)}`);
}
