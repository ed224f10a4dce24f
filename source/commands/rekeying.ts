import {randomUUID} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Prompt} from '../platform/prompt.js';
import type {Slot, SlotMaker} from '../vault/keys/opener.js';
import {passphraseOpener, passphraseSlot} from '../vault/keys/passphrase.js';
import type {Vault, VaultPlace} from '../vault/vault.js';
import type {Context} from './context.js';
import {addRecoveryKey} from './recovery-key.js';
import {slotText} from './slot-names.js';
import {tell, usage} from './talk.js';

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
 * dropped after a question that names it; with `drop`, or when nobody can be asked, all others are dropped. Throws
 * `cancelled`, and what `rekey()` throws; then nothing was changed.
 */
export async function rekeyVault(
	{vault, place, passphrase}: {readonly vault: Vault; readonly place: VaultPlace; readonly passphrase: Secret},
	{prompt, drop}: {readonly prompt: Prompt | undefined; readonly drop: boolean},
	context: Context,
): Promise<void> {
	const slots = await place.slots({acceptRollback: true});
	const own = slots.find(({id}) => id === vault.ownSlot);
	// A passphrase that is set after a recovery key was used is a way in of its own.
	const ownId = own?.kind === 'passphrase' ? own.id : randomUUID();
	const makers = new Map<string, SlotMaker>([[ownId, passphraseSlot(passphrase)]]);
	const dropped: Slot[] = [];
	for (const slot of slots.filter(({id}) => id !== ownId)) {
		const kept = drop || prompt === undefined ? undefined : await askFor(slot, place, prompt, context);
		if (kept === undefined) dropped.push(slot);
		else makers.set(slot.id, passphraseSlot(kept));
	}
	const copies = await vault.rekey(makers);
	for (const slot of dropped) tell(context, `dropped ${slotText(slot)}`);
	for (const copy of copies) tell(context, `removed \`${copy}\`, which the old passphrase opened`);
	const isRecoveryGone = dropped.some(({kind}) => kind === 'recovery');
	if (isRecoveryGone && prompt !== undefined && (await agrees(prompt, 'Make a new recovery key now? [y/N] '))) {
		const id = await addRecoveryKey(vault, {prompt}, context);
		tell(context, `added ${slotText({id, kind: 'recovery'})}`);
	} else if (isRecoveryGone) tell(context, '`pharmer slots add recovery` makes a new one');
}

async function agrees(prompt: Prompt, question: string): Promise<boolean> {
	return /^y(es)?$/i.test((await prompt.line(question)).trim());
}

/** The passphrase of a slot; undefined when it is to be dropped. Throws `cancelled` when it is neither. */
async function askFor(slot: Slot, place: VaultPlace, prompt: Prompt, context: Context): Promise<Secret | undefined> {
	if (slot.kind === 'passphrase') {
		for (let attempt = 0; attempt < attempts; attempt++) {
			const typed = await prompt.secret(`Passphrase of the other way in ${slotText(slot)}, or nothing to drop it: `);
			if (typed.isEmpty) break;
			if (await opens(slot, typed, place)) return typed;
			tell(context, 'That is not the passphrase. Try again.');
		}
	}
	if (await agrees(prompt, `Drop the way in ${slotText(slot)}? [y/N] `)) return undefined;
	throw new PharmerError('cancelled', 'nothing was changed');
}

async function opens(slot: Slot, passphrase: Secret, place: VaultPlace): Promise<boolean> {
	const opener = passphraseOpener(passphrase);
	try {
		const only = {open: (id: string) => opener.open(id, [slot])};
		await place.open(only, {acceptRollback: true});
		return true;
	} catch (error) {
		if (error instanceof PharmerError && error.code === 'wrong-passphrase') return false;
		throw error;
	}
}
