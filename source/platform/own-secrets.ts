import type {Environment} from '../domain/environment.js';

/** Variables that are for this program only, not for its child processes. */
export const ownSecrets = [
	'PHARMER_PASSPHRASE',
	'PHARMER_PASSPHRASE_FILE',
	'PHARMER_NEW_PASSPHRASE',
	'PHARMER_NEW_PASSPHRASE_FILE',
	'PHARMER_FILE_PASSPHRASE',
	'PHARMER_FILE_PASSPHRASE_FILE',
	'PHARMER_MEMBER_KEY',
	'PHARMER_MEMBER_KEY_FILE',
] as const;

/** The environment for a child process, without the variables that are for this program only. */
export function childEnvironment(environment: Environment): NodeJS.ProcessEnv {
	const copy: NodeJS.ProcessEnv = {...environment};
	for (const name of ownSecrets) delete copy[name];
	return copy;
}
