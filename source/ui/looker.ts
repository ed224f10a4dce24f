import type {Event} from '../app/core/event.js';
import {PharmerError} from '../domain/errors.js';
import type {Provider} from '../providers/provider.js';
import {offeredPaths} from '../tasks/complete-path.js';
import type {Machine} from '../tasks/machine.js';

const stopped = new PharmerError('cancelled', 'the read was stopped');

/** Reads on the machine it is given. */
type Reading<Result> = (machine: Machine) => Promise<Result>;

/** Looks around on the machine; keys are answered in between. */
export function createLooker(machine: Machine, tell: (event: Event) => void) {
	const asked = new Set<AbortController>();

	/** The machine, which stops for keys between files; `stop` ends what is read. */
	function calm(stop?: AbortSignal): Machine {
		const pause = async (): Promise<void> => {
			await new Promise(resolve => setImmediate(resolve));
			if (stop?.aborted === true) throw stopped;
		};
		return {...machine, world: {...machine.world, pause}};
	}

	return {
		/**
		 * Asks for a read, which `stop()` gives up from now on: it throws `cancelled` at once then, also where the
		 * machine never answers.
		 */
		begin(): <Result>(read: Reading<Result>) => Promise<Result> {
			const controller = new AbortController();
			const {signal} = controller;
			asked.add(controller);
			return async read => {
				try {
					if (signal.aborted) throw stopped;
					const end = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(stopped)));
					return await Promise.race([end, read(calm(signal))]);
				} finally {
					asked.delete(controller);
				}
			};
		},
		/** Gives up all reads. */
		stop(): void {
			for (const controller of asked) controller.abort();
		},
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
