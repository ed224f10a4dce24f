import {PharmerError} from '../../domain/errors.js';

/** The error for a vault that this program can't have written. `reason` holds none of its content. */
export function damaged(path: string, reason: string): PharmerError {
	return new PharmerError(
		'damaged',
		`the vault \`${path}\` is damaged or tampered with: ${reason}`,
		'put a copy in its place: `pharmer restore-vault COPY --replace`, and `pharmer doctor` says which; the file was left as it is',
	);
}

/** The error for a file that never was a vault. */
export function notOurs(path: string, reason = ''): PharmerError {
	return new PharmerError(
		'damaged',
		`\`${path}\` is not a pharmer vault${reason}`,
		'check the path; the file was left as it is',
	);
}

/** The error for a vault of a higher version than the `newest` that this program reads. */
export function newerVersion(path: string, newest: number): PharmerError {
	return new PharmerError(
		'newer-version',
		`the vault \`${path}\` was made by a newer pharmer; this one reads versions up to ${newest}`,
		'update pharmer; the file was left as it is',
	);
}
