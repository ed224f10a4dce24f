import {PharmerError} from '../domain/errors.js';

/** The error for a vault with another id in the place of the one that is open. */
export function otherVault(path: string): PharmerError {
	return new PharmerError(
		'other-vault',
		`there is another vault at \`${path}\` now`,
		'put yours back, or unlock that one; nothing was written',
	);
}

/** The error for a vault that somebody else has given a new key. */
export function rekeyed(): PharmerError {
	return new PharmerError('rekeyed', 'the vault has a new key: unlock it again', 'nothing was written');
}

/** The error for ways in that are not those that a change is based on. */
export function slotsChanged(): PharmerError {
	const message = 'the ways into the vault were changed by somebody else meanwhile';
	return new PharmerError('conflict', message, 'nothing was written; look at them again: `pharmer slots`');
}

/** The error for a change that others were faster than every time. */
export function overtaken(path: string): PharmerError {
	return new PharmerError('busy', `others keep changing the vault \`${path}\``, 'nothing was written; try again');
}

/** The error for a vault whose generation can't be counted on. */
export function atItsEnd(path: string): PharmerError {
	return new PharmerError(
		'damaged',
		`the vault \`${path}\` has the highest generation that can be counted: it takes no more changes`,
		'nothing was written; continue with a new one: `pharmer export --to FILE`, then `pharmer import FILE --all --vault NEW`',
	);
}
