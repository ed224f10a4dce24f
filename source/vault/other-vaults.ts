import type {ListedVault} from '../domain/vault-list.js';
import type {Vault, VaultPlace} from './vault.js';

/** A vault that one goes to, `opened` where nobody has to be asked; `notice` is why the keyring did not do that. */
type FoundVault = {
	readonly place: VaultPlace;
	readonly opened?: Vault | undefined;
	readonly notice?: string | undefined;
};

/** The vaults that one can go to from the one that is open. */
export type OtherVaults = {
	/** All that have a name, and the one that the app was opened on. Throws `invalid` and `file`. */
	list(): Promise<readonly ListedVault[]>;
	find(path: string): Promise<FoundVault>;
};
