import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import {Unreachable} from '../domain/exchange.js';
import {isOffline} from '../domain/offline.js';
import type {Network} from '../network/network.js';
import type {Wait} from '../network/patience.js';
import type {Git} from '../platform/git.js';
import type {StoreAddress} from './address.js';
import type {StorageCredential} from './storage-key.js';
import type {Store} from './store.js';

/** What stores are reached with. */
export type StoreReach = {
	readonly environment: Environment;
	/** Whoever has opened it closes it, after the store. */
	readonly network: Network;
	readonly wait: Wait;
	readonly now: () => number;
	readonly git: Git;
	/** Where repositories are kept between two syncs. */
	readonly cacheDirectory: string;
};

/**
 * The store at an address. It signs in with a credential, or with what the environment has; a repository is reached as
 * its user's `git` reaches it. Opens no connection yet. Throws `usage` where nothing signs in, `invalid` for a
 * credential that can't, and `Unreachable` offline.
 */
export async function openStore(
	address: StoreAddress,
	credential: StorageCredential | undefined,
	{environment, network, wait, now, git, cacheDirectory}: StoreReach,
): Promise<Store> {
	if (isOffline(environment)) throw new Unreachable('nothing is asked offline', 'offline');
	if (address.kind === 'git') {
		if (credential !== undefined)
			throw new PharmerError(
				'usage',
				'a repository is reached by `git`, which signs in by itself',
				'leave `--with` out, and set up a key of ssh or a credential helper of git',
			);
		const {gitStore} = await import('./git.js');
		return gitStore(address, git, cacheDirectory);
	}
	const {s3KeyOf, kvSignInOf} = await import('./storage-key.js');
	if (address.kind === 's3') {
		const {s3Origin, s3Store} = await import('./s3.js');
		return s3Store(address, {
			ask: network.askStorage(s3Origin(address)),
			key: s3KeyOf(credential, environment),
			now,
			wait,
		});
	}
	const {kvStore} = await import('./kv.js');
	return kvStore(address, {
		ask: network.askStorage(address.origin),
		signIn: kvSignInOf(credential, environment, address.scheme),
		now,
	});
}
