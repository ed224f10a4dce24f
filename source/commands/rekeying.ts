import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Prompt} from '../platform/prompt.js';
import {waysBeside} from '../tasks/change-passphrase.js';
import type {Slot, SlotMaker} from '../vault/keys/opener.js';
import {passphraseOpener, passphraseSlot} from '../vault/keys/passphrase.js';
import {slotText} from '../vault/slot-names.js';
import type {Vault} from '../vault/vault.js';
import {agrees} from './agree.js';
import type {Context} from './context.js';
import {addRecoveryKey} from './recovery-key.js';
import {tell, usage, warn} from './talk.js';

const attempts = 3;

/**
 * Throws `usage` where a vault has several ways in and nobody can be asked about them: a new vault key needs each of
 * them again.
 */
export function assertCanRekey(slots: readonly Slot[], prompt: Prompt | undefined, drop: boolean): void {
	if (slots.length < 2 || prompt !== undefined || drop) return;
	throw usage(
		'the vault has several ways in, and there is no terminal to ask about the others',
		'`pharmer slots` lists them; add --drop-slots to keep only the one that is used now',
	);
}

/**
 * Gives a vault a new key, with `passphrase` as the way in that it was opened by. Each other one is asked for, or
 * dropped after a question that names it; with `drop` all others are dropped. Then tells `success`, and offers a new
 * recovery key for one that was dropped. Throws `usage`, `cancelled`, and what `rekey()` throws; then nothing was
 * changed.
 */
export async function rekeyVault(
	{vault, passphrase, success}: {readonly vault: Vault; readonly passphrase: Secret; readonly success: string},
	{prompt, drop}: {readonly prompt: Prompt | undefined; readonly drop: boolean},
	context: Context,
): Promise<void> {
	const slots = await vault.slots();
	assertCanRekey(slots, prompt, drop);
	const {id, others} = waysBeside(slots, vault.ownSlot);
	const makers = new Map<string, SlotMaker>([[id, passphraseSlot(passphrase)]]);
	const dropped: Slot[] = [];
	for (const slot of others) {
		const kept = drop || prompt === undefined ? undefined : await askFor(slot, vault.id, prompt, context);
		if (kept === undefined) dropped.push(slot);
		else makers.set(slot.id, passphraseSlot(kept));
	}
	const {removed, left} = await vault.rekey(makers, slots);
	tell(context, success);
	for (const slot of dropped) tell(context, `dropped ${slotText(slot)}`);
	if (removed !== undefined) tell(context, `removed \`${removed}\`, which the old passphrase opened`);
	if (left !== undefined)
		warn(context, `\`${left}\` can't be removed, and the old passphrase opens it: remove it yourself`);
	if (dropped.some(({kind}) => kind === 'recovery')) await offerRecoveryKey(vault, prompt, context);
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
	if (await agrees(prompt, `Drop the way in ${slotText(slot)}? [y/N] `)) return undefined;
	throw new PharmerError('cancelled', 'nothing was changed');
}
