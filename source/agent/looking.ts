import type {Agent} from './agent.js';

type Looks = Pick<Agent, 'look' | 'next'>;

/** How long a timer may run at most, in seconds: it stands still while the machine sleeps. */
const mostSeconds = 30;

/** Milliseconds until an agent looks at its times again, and at least every so many seconds. */
export function untilLook(agent: Looks, lookSeconds = mostSeconds): number {
	return Math.max(0.01, Math.min(lookSeconds, agent.next())) * 1000;
}

/** Looks at an agent's times until it has nothing left to do; then calls `end`. */
export function lookUntilDone(agent: Looks, end: () => void): void {
	if (!agent.look()) end();
	else setTimeout(() => lookUntilDone(agent, end), untilLook(agent));
}
