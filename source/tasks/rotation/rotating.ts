import type {Credential} from '../../domain/credential.js';
import type {Rotation} from '../../domain/journal.js';
import type {Wait} from '../../network/patience.js';
import type {ListedKey} from '../../providers/key-service.js';
import type {Vault} from '../../vault/vault.js';
import type {ForeignPlace} from '../foreign-place.js';
import type {DeskReach} from './key-desk.js';
import type {Question, Reply} from './question.js';

/** What a rotation works with. */
export type Rotating = DeskReach & {
	readonly vault: Vault;
	readonly wait: Wait;
	/** Where somebody has agreed that a credential is asked about. */
	readonly probePlaceOf: (credential: Credential) => ForeignPlace | undefined;
	readonly ask: (question: Question) => Promise<Reply>;
	/** Is told of each step once it is written. */
	readonly onStep: (rotation: Rotation) => void;
};

/** A key in words, of texts that may hold anything. */
export function keyText({id, label, created, lastUsed, isOff}: ListedKey): string {
	const parts = [
		...(label === undefined || label === id ? [] : [`\`${label}\``]),
		...(created === undefined ? [] : [`made ${created}`]),
		...(lastUsed === undefined ? [] : [lastUsed === 'never' ? 'never used' : `last used ${lastUsed}`]),
		...(isOff ? ['switched off'] : []),
	];
	return parts.length === 0 ? id : `${id} (${parts.join(', ')})`;
}
