import {PharmerError} from '../domain/errors.js';
import {isLasting} from './format/slots.js';
import type {Slot} from './keys/opener.js';

/** Throws `invalid` when the vault could not be opened by any of these slots on another machine. */
export function assertLasting(slots: readonly Slot[]): void {
	if (slots.some(isLasting)) return;
	throw new PharmerError(
		'invalid',
		'no passphrase and no recovery key would be left',
		'add another one first: `pharmer slots add passphrase`',
	);
}
