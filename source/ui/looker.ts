import type {Effect} from '../app/core/effect.js';
import type {Event} from '../app/core/event.js';
import type {Look} from '../credentials/found.js';
import {PharmerError} from '../domain/errors.js';
import type {Provider} from '../providers/provider.js';
import {offeredPaths} from '../tasks/complete-path.js';
import {lookAround} from '../tasks/look-around.js';
import type {Machine} from '../tasks/machine.js';

/** Looks around on the machine; keys are answered in between. */
export function createLooker(machine: Machine, tell: (event: Event) => void) {
	let looking: AbortController | undefined;

	/** The machine, which stops for keys between files; `stop` ends the look. */
	function calm(stop?: AbortSignal): Machine {
		const pause = async (): Promise<void> => {
			await new Promise(resolve => setImmediate(resolve));
			if (stop?.aborted === true) throw new PharmerError('cancelled', 'the look was stopped');
		};
		return {...machine, world: {...machine.world, pause}};
	}

	return {
		/** One of the keys may stop it: it throws `cancelled` then. */
		async look({paths, kinds}: Extract<Effect, {type: 'look'}>): Promise<Look> {
			const stop = new AbortController();
			looking = stop;
			try {
				return await lookAround(paths, kinds, calm(stop.signal));
			} finally {
				looking = undefined;
			}
		},
		stop: () => looking?.abort(),
		/** Counts what lies in clear. What can't be looked at is not counted. */
		async countPlaintext(): Promise<void> {
			if (machine.isDemo) return;
			const {lookForPlaintext} = await import('../look/plaintext.js');
			const plaintext = await lookForPlaintext(calm().world).catch(() => undefined);
			if (plaintext !== undefined) tell({type: 'plaintext-counted', plaintext});
		},
		offeredPaths: (provider: Provider) => offeredPaths(provider, calm()).catch(() => []),
	};
}
