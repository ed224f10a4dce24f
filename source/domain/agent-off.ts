import type {Environment} from './environment.js';

/** Whether the environment turns the agent off. */
export function isAgentOff({PHARMER_AGENT = ''}: Environment): boolean {
	return /^(?:off|no|false|0)$/i.test(PHARMER_AGENT);
}
