import type {Effect} from '../app/core/effect.js';
import type {Event} from '../app/core/event.js';
import type {VaultSession} from './vault-session.js';
import type {World} from './world.js';

export type AskEffect = Extract<Effect, {readonly type: 'plan-verify' | 'verify' | 'stop-verify'}>;

export type Asker = {
	/** Does what it is for, beside everything else; what fails is told. */
	readonly run: (effect: AskEffect) => void;
	/** Ends all of it; resolves when what was said until then is kept. Begins to keep it at once. */
	readonly stop: () => Promise<void>;
};

export function isAsk(effect: Effect): effect is AskEffect {
	return effect.type === 'plan-verify' || effect.type === 'verify' || effect.type === 'stop-verify';
}

/** Asks providers. What it needs for that is loaded when somebody is asked. */
export function createAsker(
	world: World,
	session: VaultSession,
	tell: (event: Event) => void,
	onError: (effect: AskEffect, error: unknown) => Promise<void>,
): Asker {
	let stopping = new AbortController();
	/** Runs come one after the other, so that no key is asked about twice at a time. */
	let last: Promise<unknown> = Promise.resolve();

	async function perform(effect: Exclude<AskEffect, {type: 'stop-verify'}>, signal: AbortSignal): Promise<void> {
		const {placesToAgree, verifyRun} = await import('./verifying.js');
		const told = (event: Event): void => {
			if (!signal.aborted) tell(event);
		};
		const {credentials} = effect;
		const ids = credentials.map(({id}) => id);
		// A lock lets go of what is read.
		const consents = await session.consents().catch(error => (signal.aborted ? [] : Promise.reject(error)));
		if (signal.aborted) return;
		if (effect.type === 'plan-verify')
			return told({type: 'verify-planned', ids, places: placesToAgree(credentials, consents)});
		const remark = await verifyRun(effect, consents, {world, session, signal, tell: told});
		told({type: 'verified', ids, ...(remark === undefined ? {} : {remark})});
	}

	return {
		run(effect) {
			if (effect.type === 'stop-verify') {
				void this.stop();
				return;
			}
			const {signal} = stopping;
			const task = (): Promise<void> => perform(effect, signal).catch(error => onError(effect, error));
			if (effect.type === 'plan-verify') void task();
			else last = last.then(task);
		},
		async stop() {
			const stopped = last;
			last = Promise.resolve();
			stopping.abort();
			stopping = new AbortController();
			await stopped;
		},
	};
}
