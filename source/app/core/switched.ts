import type {Exposure} from '../../domain/exposure.js';
import type {ListedVault} from '../../domain/vault-list.js';
import type {Failure} from './failure.js';

/** The vault that one goes to. It is `unlocked` when it is opened without a question. */
export type Switched = ListedVault & {
	readonly exposures: readonly Exposure[];
	/** Why no passphrase opens it as it is. */
	readonly blocked?: Failure | undefined;
	/** Why the keyring did not open it. */
	readonly notice?: string | undefined;
};
