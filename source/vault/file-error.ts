import {join} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {reason, systemCode} from '../files/errors.js';

/**
 * The `file` error for a failure to read the vault at `path`; an error that is not the system's is returned
 * unchanged.
 */
export function readError(error: unknown, path: string): unknown {
	const code = systemCode(error);
	return code === undefined ? error : new PharmerError('file', `can't read the vault \`${path}\`: ${reason(code)}`);
}

/** The same for a failure to make a vault. */
export function createError(error: unknown, path: string): unknown {
	const code = systemCode(error);
	return code === undefined ? error : new PharmerError('file', `can't make the vault \`${path}\`: ${reason(code)}`);
}

/** The same for a failure to write, after which the vault is as it was. */
export function writeError(error: unknown, path: string): unknown {
	const code = systemCode(error);
	if (code === undefined) return error;
	return new PharmerError(
		'file',
		`the change was not saved in \`${path}\`: ${reason(code)}`,
		'the vault is as it was before',
	);
}

/** The same for a copy of the vault that has to be kept before a change, at the path `copy`. */
export function copyError(error: unknown, copy: string): unknown {
	const code = systemCode(error);
	if (code === undefined) return error;
	return new PharmerError(
		'file',
		`the vault as it was can't be kept at \`${copy}\`: ${reason(code)}`,
		'nothing was written',
	);
}

/** The same for a backup that can't be written to `path`. */
export function backupError(error: unknown, path: string): unknown {
	const code = systemCode(error);
	if (code === undefined) return error;
	if (code === 'EISDIR')
		return new PharmerError('file', `\`${path}\` is a directory`, `name a file in it: \`${join(path, 'vault.json')}\``);
	return code === 'EEXIST'
		? new PharmerError('file', `\`${path}\` exists already`, 'nothing is overwritten: choose another path')
		: new PharmerError('file', `can't write the backup \`${path}\`: ${reason(code)}`, 'nothing is left of it');
}

/** The same for a vault that can't be put in place of the one at `path`. */
export function supplantError(error: unknown, path: string): unknown {
	const code = systemCode(error);
	if (code === undefined) return error;
	const message = `nothing was put in place of the vault \`${path}\`: ${reason(code)}`;
	return new PharmerError('file', message, 'it is as it was before');
}

/** The `file` error for a memory of the newest state that exists but can't be read or replaced. */
export function seenError(error: unknown, task: 'read' | 'replace', path: string, hint: string): PharmerError {
	const code = systemCode(error) ?? 'nothing';
	return new PharmerError('file', `can't ${task} \`${path}\`: ${reason(code)}`, hint);
}

/** The same for a failure to change permission bits. */
export function modeError(error: unknown, path: string): unknown {
	const code = systemCode(error);
	return code === undefined ? error : new PharmerError('file', `can't change the mode of \`${path}\`: ${reason(code)}`);
}
