import type {KeyQuestion, Reply} from '../../credentials/key-question.js';
import type {Credential} from '../../domain/credential.js';
import type {Rotation} from '../../domain/journal.js';
import type {Wait} from '../../network/patience.js';
import type {Vault} from '../../vault/vault.js';
import type {ForeignPlace} from '../foreign-place.js';
import type {DeskReach} from './key-desk.js';

/** What a rotation works with. */
export type Rotating = DeskReach & {
	readonly vault: Vault;
	readonly wait: Wait;
	/** Where somebody has agreed that a credential is asked about. */
	readonly probePlaceOf: (credential: Credential) => ForeignPlace | undefined;
	readonly ask: (question: KeyQuestion) => Promise<Reply>;
	/** Is told of each step once it is written. */
	readonly onStep: (rotation: Rotation) => void;
};
