import {PharmerError} from '../domain/errors.js';

/** Parts load on demand: an update of the program may have removed them. */
export const partGone = new PharmerError(
	'file',
	'a part of pharmer is gone: it was updated meanwhile',
	'start the app again',
);

/** Whether that is why something failed. */
export function isPartGone(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

/** There is no vault, and never was one. */
export const noVaultYet = new PharmerError('no-vault', 'there is no vault yet');

/** There was a vault, as what was seen here says. */
export const vaultGone = new PharmerError(
	'no-vault',
	'the vault that was here is gone',
	'`pharmer doctor` looks for its copies',
);

/** What a command has handed over to be merged was taken already. */
export const notThere = new PharmerError(
	'file',
	'what was to be merged is not there any more',
	'run the command again',
);

/** There are no files to close in the demo. */
export const notClosing = new PharmerError('usage', 'this is the demo: it does not touch your files');
