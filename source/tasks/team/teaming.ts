import type {Environment} from '../../domain/environment.js';
import type {Network} from '../../network/network.js';
import type {Wait} from '../../network/patience.js';
import {cacheDirectory} from '../../platform/cache-directory.js';
import {systemGit} from '../../platform/git.js';
import {makeScratchFolder} from '../../platform/scratch-file.js';
import type {Store} from '../../stores/store.js';
import type {OpenStore, TeamReach} from './team-world.js';

/** What this process reaches the network with. */
type Reaching = {
	readonly network: Network;
	readonly wait: Wait;
	/** Ends what is under way. */
	readonly signal: AbortSignal;
	/** Is called once nothing is under way any more. */
	readonly release?: () => void;
};

/**
 * How this process reaches the storages of shared vaults, until that is closed. With `leavesNothing`, what is fetched
 * of a repository is removed then.
 */
export function teaming(
	{network, wait, signal, release}: Reaching,
	environment: Environment,
	leavesNothing?: 'leavesNothing',
): {readonly reach: TeamReach; readonly signal: AbortSignal; readonly close: () => void} {
	const scratch = leavesNothing && makeScratchFolder(environment);
	const folder = scratch?.folder ?? cacheDirectory(environment);
	const stores = new Set<Store>();
	const closeAll = (): void => {
		for (const store of stores) store.close();
	};
	signal.addEventListener('abort', closeAll, {once: true});
	const openStore: OpenStore = async (address, opener) => {
		const {openStore} = await import('../../stores/open-store.js');
		const git = systemGit(environment);
		const store = await openStore(address, opener, {
			environment,
			network,
			wait,
			now: Date.now,
			git,
			cacheDirectory: folder,
		});
		stores.add(store);
		return store;
	};
	return {
		reach: {openStore, now: () => new Date(), wait},
		signal,
		close() {
			signal.removeEventListener('abort', closeAll);
			closeAll();
			network.close();
			scratch?.remove();
			release?.();
		},
	};
}
