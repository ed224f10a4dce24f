import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {Wait} from '../../network/patience.js';
import type {StoreAddress} from '../../stores/address.js';
import {parseAddress} from '../../stores/parse-address.js';
import type {Store} from '../../stores/store.js';
import {noBase} from '../../team/base.js';
import {baseBeside} from '../../team/base-file.js';
import {type TeamSection, teamIn} from '../../team/section.js';
import {notShared, type SyncMemory, type SyncWorld} from '../../team/sync.js';
import {memoryPath} from '../../vault/memory-vault.js';
import type {Content, Vault} from '../../vault/vault.js';

/**
 * Opens the store at an address, with a credential of the vault, or without one with what the environment has. Whoever
 * opens it closes it. Throws `usage` where neither signs in there.
 */
export type OpenStore = (address: StoreAddress, opener: Credential | undefined) => Promise<Store>;

/** How the storages of shared vaults are reached. */
export type TeamReach = {
	readonly openStore: OpenStore;
	readonly now: () => Date;
	readonly wait: Wait;
};

/**
 * What a sync of that vault works with; whoever asks for it closes its store. `memory` is what a process that stays
 * remembers from one to the next. Throws `usage` when the vault is not shared, `not-found` when the credential that
 * opens the storage is gone, and as `teamIn()` and `reach.openStore()` do.
 */
export async function teamWorld(vault: Vault, reach: TeamReach, memory?: SyncMemory): Promise<SyncWorld> {
	const content = await vault.read();
	const team = teamIn(content);
	if (team === undefined) throw notShared();
	return worldAt(vault, await openerIn(content, team), team, reach, memory);
}

/** The same for a vault at that address, whether it is shared already or not. */
export async function worldAt(
	vault: Vault,
	opener: Credential | undefined,
	{url}: Pick<TeamSection, 'url'>,
	{openStore, now, wait}: TeamReach,
	memory: SyncMemory = {polls: 0},
): Promise<SyncWorld> {
	const store = await openStore(parseAddress(url), opener);
	const base = vault.path === memoryPath ? noBase : baseBeside(vault);
	return {vault, store, base, now, wait, random: Math.random, memory};
}

/** The credential that opens the storage; undefined where the environment does. Throws `not-found`. */
export function openerIn({credentials, trash}: Content, {opener}: Pick<TeamSection, 'opener'>): Credential | undefined {
	if (opener === undefined) return undefined;
	const found = credentials.find(({id}) => id === opener);
	if (found !== undefined) return found;
	const deleted = trash.find(({id}) => id === opener);
	throw new PharmerError(
		'not-found',
		`the credential that opens the team's storage${deleted === undefined ? '' : `, \`${deleted.name}\`,`} was deleted`,
		deleted === undefined
			? 'name another one: `pharmer team sync --with NAME`'
			: `bring it back: \`pharmer restore ${deleted.name}\``,
	);
}
