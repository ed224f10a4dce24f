import {randomBytes} from 'node:crypto';
import {parseMembers, parseText, parseUuid} from '../json-values.js';
import {keyBytes} from './cipher.js';
import type {Opener, Slot, SlotMaker} from './opener.js';
import {parseWrapped, unwrapKey, type Wrapped, wrapKey} from './wrap.js';

/** A way in by a random key in the keyring of one machine's system. It is of full strength, so nothing is derived. */
export type KeyringSlot = Wrapped & {readonly id: string; readonly kind: 'keyring'};

/** The name of a slot's entry in a keyring, wherever the vault's file is. */
export function keyringEntry(vaultId: string, slotId: string): string {
	return `${vaultId}/${slotId}`;
}

/** Makes slots with a random key each, which `keep` puts into a keyring. What it throws is passed on. */
export function keyringSlot(keep: (entry: string, key: Buffer) => Promise<void>): SlotMaker {
	return async (vaultId, vaultKey, id) => {
		const own = randomBytes(keyBytes);
		try {
			await keep(keyringEntry(vaultId, id), own);
			return wrapKey(vaultId, {id, kind: 'keyring'}, own, vaultKey);
		} finally {
			own.fill(0);
		}
	};
}

/**
 * Opens a vault by the first of its keyring slots whose key `find` has. Fills each key that it finds with zero, and
 * passes on what `find` throws.
 */
export function keyringOpener(find: (entry: string) => Promise<Buffer | undefined>): Opener {
	return {
		async open(vaultId, slots) {
			for (const slot of slots.filter(isKeyringSlot)) {
				const own = await find(keyringEntry(vaultId, slot.id));
				const key = own?.length === keyBytes ? unwrapKey(vaultId, slot, own) : undefined;
				own?.fill(0);
				if (key !== undefined) return {key, slotId: slot.id};
			}
			return undefined;
		},
	};
}

/** Every slot of this kind in a parsed header has been through `parseKeyringSlot()`. */
export function isKeyringSlot(slot: Slot): slot is KeyringSlot {
	return slot.kind === 'keyring';
}

/** A slot as written in a file. Throws `Damage`. */
export function parseKeyringSlot(value: unknown, place: string): KeyringSlot {
	const members = parseMembers(value, place, ['id', 'kind', 'nonce', 'key']);
	parseText(members.kind, `the kind of ${place}`, /^keyring$/);
	return {id: parseUuid(members.id, `the id of ${place}`), kind: 'keyring', ...parseWrapped(members, place)};
}
