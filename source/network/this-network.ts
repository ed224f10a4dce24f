import {setTimeout as sleep} from 'node:timers/promises';
import type {Environment} from '../domain/environment.js';
import {isOffline} from '../domain/offline.js';
import {type Network, openNetwork} from './network.js';
import type {Wait} from './patience.js';

/** The network as this process reaches it, and what waits for so many milliseconds until it is stopped. */
export function thisNetwork(
	environment: Environment,
	signal?: AbortSignal,
): {readonly network: Network; readonly wait: Wait} {
	const wait: Wait = async milliseconds => {
		await sleep(milliseconds, undefined, signal && {signal}).catch(() => {});
	};
	const more = signal === undefined ? {} : {signal};
	return {
		network: openNetwork({environment, offline: isOffline(environment), now: Date.now, wait, ...more}),
		wait,
	};
}
