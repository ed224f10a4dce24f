import {Damage, parseList} from '../json-values.js';
import {defaultCost, type PassphraseSlot, parsePassphraseSlot} from '../keys/passphrase.js';

const mostSlots = 8;
/** The limit for N·r·p of all slots together: eight times that of a new slot. */
const mostWork = mostSlots * defaultCost * 8;

/**
 * The slots of a version 1 vault file, all of them by passphrase. Throws `Damage`, also for a derivation that is
 * weaker or costlier than this program accepts.
 */
export function parseSlots(value: unknown): readonly PassphraseSlot[] {
	const slots = parseList(value, '`slots`').map((slot, index) => parsePassphraseSlot(slot, `slot ${index + 1}`));
	if (slots.length === 0) throw new Damage('it has no slot');
	if (slots.length > mostSlots) throw new Damage('it has more slots than this program accepts');
	if (new Set(slots.map(({id}) => id)).size !== slots.length) throw new Damage('a slot appears twice');
	// A wrong passphrase is tried on every slot, so together they must not stall the machine either.
	const work = slots.reduce((sum, {kdf: {n, r, p}}) => sum + n * r * p, 0);
	if (work > mostWork)
		throw new Damage('the key derivations of its slots together cost more than this program accepts');
	return slots;
}
