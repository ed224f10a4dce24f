import type {Effect} from './effect.js';
import type {State} from './state.js';

/** Effects that only read files: they may be given up at any moment, since a file may never answer. */
const reads = ['look', 'plan-close', 'read-named', 'read-file', 'read-paste'] as const;

export type ReadEffect = Extract<Effect, {readonly type: (typeof reads)[number]}>;

export function isRead(effect: Pick<Effect, 'type'>): effect is ReadEffect {
	return (reads as readonly string[]).includes(effect.type);
}

/** Whether a read is under way. */
export function isReading({underWay}: Pick<State, 'underWay'>): boolean {
	return underWay.some(({effect}) => isRead({type: effect}));
}
