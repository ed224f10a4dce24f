import type {Environment} from './environment.js';

/** Whether the environment turns the agent off. A value that is not known is taken for one that does. */
export function isAgentOff({PHARMER_AGENT = ''}: Environment): boolean {
	return !/^(?:|on|yes|true|1)$/i.test(PHARMER_AGENT.trim());
}
