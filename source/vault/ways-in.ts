import {PharmerError} from '../domain/errors.js';
import {newest} from './format/envelope.js';
import {hasRoom, isLasting, parseSlots} from './format/slots.js';
import {Damage} from './json-values.js';
import type {Slot} from './keys/opener.js';

/** Throws `invalid` when no slot would open the vault on another machine. */
export function assertLasting(slots: readonly Slot[]): void {
	if (slots.some(isLasting)) return;
	throw new PharmerError(
		'invalid',
		'no passphrase and no recovery key would be left',
		'add another one first: `pharmer slots add passphrase`',
	);
}

/**
 * Throws `invalid` for slots that no vault may have: also when they are too many, and when their derivations together
 * would cost too much.
 */
export function assertPossible(slots: readonly Slot[]): void {
	assertLasting(slots);
	if (!hasRoom(slots)) throw full();
	try {
		parseSlots(JSON.parse(JSON.stringify(slots)), newest);
	} catch (error) {
		if (!(error instanceof Damage)) throw error;
		throw new PharmerError('invalid', `the vault can't have these ways in: ${error.message}`, hint);
	}
}

/** Throws `invalid` when a vault with these slots can have no other recovery key. */
export function assertRoom(slots: readonly Slot[]): void {
	if (!hasRoom([...slots, {id: '', kind: 'recovery'}])) throw full();
}

const hint = 'nothing was changed; `pharmer slots remove ID` removes one';

function full(): PharmerError {
	return new PharmerError('invalid', 'the vault has as many ways in as it can have', hint);
}
