import {enumerated, grouped} from '../domain/words.js';
import type {ListedKey} from '../providers/key-service.js';

/**
 * What only a person can decide about keys at a provider. `own`: whether this is the key of the credential; `room`:
 * whether it is deleted, so that there is room for another; `orphan`: whether it is deleted, since nobody has its
 * secret; `strangers`: whether it goes on although somebody else made these meanwhile; `used`: whether it is deleted
 * although something still uses it; `revoke`: whether it is deleted, and the credential with it.
 */
export type KeyQuestion = {
	readonly kind: 'own' | 'room' | 'orphan' | 'strangers' | 'used' | 'revoke';
	/** The credential that it is about. */
	readonly name: string;
	readonly keys: readonly ListedKey[];
};

/** `nobody`: there is nobody to ask. */
export type Reply = 'yes' | 'no' | 'nobody';

/** A key in words: `AKIA… (made 2026-11-30T10:00:00Z, never used)`. Its texts may hold anything. */
export function keyText({id, label, created, lastUsed, isOff}: ListedKey): string {
	const parts = [
		...(label === undefined || label === id ? [] : [`\`${label}\``]),
		...(created === undefined ? [] : [`made ${created}`]),
		...(lastUsed === undefined ? [] : [lastUsed === 'never' ? 'never used' : `last used ${lastUsed}`]),
		...(isOff ? ['switched off'] : []),
	];
	return parts.length === 0 ? id : `${id} (${parts.join(', ')})`;
}

/** The most keys that a sentence names. */
const most = 5;

/** Keys in a sentence; of many some, and how many more there are. */
export function keyTexts(keys: readonly ListedKey[]): string {
	const more = keys.length - most;
	return enumerated([...keys.slice(0, most).map(keyText), ...(more > 0 ? [`${grouped(more)} more`] : [])]);
}

/** What is asked, as a sentence about the situation and the question itself, which `y` answers. */
export function questionText({kind, name, keys}: KeyQuestion): {readonly says: string; readonly asks: string} {
	const them = keyTexts(keys);
	switch (kind) {
		case 'own':
			return {says: `The provider does not tell which of its keys \`${name}\` is.`, asks: `Is it ${them}?`};
		case 'room':
			return {says: `There is no room for another key beside ${them}.`, asks: 'Delete it for good?'};
		case 'orphan':
			return {
				says: `${them} was made after this began, and nobody has used it: most likely the key whose answer was lost.`,
				asks: 'Delete it for good?',
			};
		case 'strangers':
			return {
				says: `${them} came meanwhile, and is not known to be of this rotation: somebody may be replacing the same key.`,
				asks: 'Leave that alone, and go on?',
			};
		case 'revoke':
			return {
				says: `The provider deletes ${them} for good: whatever uses it stops working, and nobody can bring it back.`,
				asks: `Revoke \`${name}\`?`,
			};
		default:
			return {says: `Something still uses the old key: ${them}.`, asks: 'Delete it all the same?'};
	}
}
