import type {Effect} from '../app/core/effect.js';
import type {Event} from '../app/core/event.js';
import type {RotationQuestion} from '../app/core/rotating.js';
import type {VaultSession} from './vault-session.js';
import type {World} from './world.js';

export type RotationEffect = Extract<
	Effect,
	{readonly type: 'plan-rotation' | 'plan-issue' | 'rotate' | 'issue' | 'answer-rotation'}
>;

const types: readonly Effect['type'][] = ['plan-rotation', 'plan-issue', 'rotate', 'issue', 'answer-rotation'];

export type Rotator = {
	/** Does what it is for, beside everything else; what stops it is told. */
	readonly run: (effect: RotationEffect) => void;
	/**
	 * Begins no further step. Resolves when the one under way is written, or given up; undefined where there is none. The
	 * vault has to stay open until then.
	 */
	readonly stop: () => Promise<void> | undefined;
};

export function isRotation(effect: Effect): effect is RotationEffect {
	return types.includes(effect.type);
}

type Reply = 'yes' | 'no';

/** Replaces and makes keys at providers, one after the other. What it needs for that is loaded when it is wanted. */
export function createRotator(
	world: World,
	session: VaultSession,
	tell: (event: Event) => void,
	onError: (effect: RotationEffect, error: unknown) => Promise<void>,
): Rotator {
	let stopping = new AbortController();
	let last: Promise<unknown> = Promise.resolve();
	/** Runs that have not ended. */
	let count = 0;
	/** Takes the answer to what a person is asked now. */
	let answer: ((reply: Reply) => void) | undefined;

	async function perform(effect: Exclude<RotationEffect, {type: 'answer-rotation'}>, signal: AbortSignal) {
		const told = (event: Event): void => {
			if (!signal.aborted) tell(event);
		};
		const running = {world, session, signal, tell: told, ask: asks(signal, told)};
		if (effect.type === 'plan-issue' || effect.type === 'issue') {
			const {issueRun, tellIssuePlan} = await import('./issuing.js');
			if (effect.type === 'plan-issue') return tellIssuePlan(effect, running);
			return signal.aborted ? undefined : issueRun(effect, running);
		}
		const {rotationRun, tellPlan} = await import('./rotating.js');
		if (effect.type === 'plan-rotation') return tellPlan(effect.credential, running);
		return signal.aborted ? undefined : rotationRun(effect, running);
	}

	/** Asks a person, and waits for the answer. */
	const asks =
		(signal: AbortSignal, told: (event: Event) => void) =>
		(question: RotationQuestion): Promise<Reply> =>
			new Promise(resolve => {
				answer = resolve;
				if (signal.aborted) resolve('no');
				else told({type: 'rotation-asks', question});
			});

	function reply(given: Reply): void {
		answer?.(given);
		answer = undefined;
	}

	return {
		run(effect) {
			if (effect.type === 'answer-rotation') return reply(effect.reply);
			const {signal} = stopping;
			const task = (): Promise<void> =>
				perform(effect, signal).catch(error => (signal.aborted ? undefined : onError(effect, error)));
			if (effect.type === 'plan-rotation' || effect.type === 'plan-issue') {
				void task();
				return;
			}
			count++;
			last = last.then(task).finally(() => count--);
		},
		stop() {
			stopping.abort();
			stopping = new AbortController();
			reply('no');
			return count === 0 ? undefined : last.then(() => undefined);
		},
	};
}
