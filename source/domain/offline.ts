import type {Environment} from './environment.js';

/** Whether the environment forbids every connection. A value that is not known is taken for one that does. */
export function isOffline({PHARMER_OFFLINE = ''}: Environment): boolean {
	return !/^(?:|off|no|false|0)$/i.test(PHARMER_OFFLINE.trim());
}
