import type {Environment} from './environment.js';

/** Whether the environment has the key of a job: commands then read the team's vault, and none on this machine. */
export function isMemberKeyGiven({PHARMER_MEMBER_KEY, PHARMER_MEMBER_KEY_FILE}: Environment): boolean {
	return Boolean(PHARMER_MEMBER_KEY || PHARMER_MEMBER_KEY_FILE);
}
