import {canonical} from '../canonical.js';
import {Damage, parseList, parseMembers, parseText, parseUnknownMembers, parseUuid} from '../json-values.js';
import {parseKeyringSlot} from '../keys/keyring.js';
import type {Slot} from '../keys/opener.js';
import {defaultCost, type PassphraseSlot, parsePassphraseSlot} from '../keys/passphrase.js';
import {parseRecoverySlot} from '../keys/recovery.js';
import type {Version} from './envelope.js';

const mostSlots = 16;
const mostPassphrases = 8;
/** The limit for N·r·p of all slots together: eight times that of a new slot. */
const mostWork = 8 * defaultCost * 8;
/** The limit for the canonical text of a slot of a kind that this program does not know, in bytes. */
const unknownLimit = 3 * 1024;

/**
 * The slots of a vault file. In version 1 all are by passphrase; later a slot of a kind that this program does not know
 * is carried as it is. Throws `Damage`, also for a derivation that is weaker or costlier than this program accepts, and
 * when no slot `isLasting()`.
 */
export function parseSlots(value: unknown, version: Version): readonly Slot[] {
	const slots = parseList(value, '`slots`').map((slot, index) => parseSlot(slot, `slot ${index + 1}`, version));
	const passphrases = slots.filter((slot): slot is PassphraseSlot => slot.kind === 'passphrase');
	if (slots.length === 0) throw new Damage('it has no slot');
	if (!slots.some(isLasting)) throw new Damage('it has no slot for a passphrase or a recovery key');
	if (!hasRoom(slots)) throw new Damage('it has more slots than this program accepts');
	if (new Set(slots.map(({id}) => id)).size !== slots.length) throw new Damage('a slot appears twice');
	// A wrong passphrase is tried on every slot, so together they must not stall the machine either.
	const work = passphrases.reduce((sum, {kdf: {n, r, p}}) => sum + n * r * p, 0);
	if (work > mostWork)
		throw new Damage('the key derivations of its slots together cost more than this program accepts');
	return slots;
}

/** Whether a vault can have that many slots. */
export function hasRoom(slots: readonly Slot[]): boolean {
	return slots.length <= mostSlots && slots.filter(({kind}) => kind === 'passphrase').length <= mostPassphrases;
}

/** Whether a slot opens the vault by itself, wherever it is: one of these always remains. */
export function isLasting({kind}: Slot): boolean {
	return kind === 'passphrase' || kind === 'recovery';
}

function parseSlot(value: unknown, place: string, version: Version): Slot {
	if (version === 1) return parsePassphraseSlot(value, place);
	const {id, kind, ...members} = parseMembers(value, place, ['id', 'kind'], 'any');
	if (kind === 'passphrase') return parsePassphraseSlot(value, place);
	if (kind === 'recovery') return parseRecoverySlot(value, place);
	if (kind === 'keyring') return parseKeyringSlot(value, place);
	const slot = {
		id: parseUuid(id, `the id of ${place}`),
		kind: parseText(kind, `the kind of ${place}`),
		...parseUnknownMembers(members, place),
	};
	if (Buffer.byteLength(canonical(slot)) > unknownLimit) throw new Damage(`${place} is larger than any slot`);
	return slot;
}
