import {open, rm} from 'node:fs/promises';
import {dirname} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {syncDirectory} from '../files/directory.js';

const reasons: Readonly<Record<string, readonly [problem: string, hint: string]>> = {
	EEXIST: ['exists already', 'nothing is overwritten: choose another path'],
	ENOENT: ['is in a directory that does not exist', 'make it first'],
	ENOTDIR: ['is in a directory that does not exist', 'make it first'],
	EISDIR: ['is a directory', 'name a file in it'],
	EACCES: ['may not be written', 'choose another path'],
	EPERM: ['may not be written', 'choose another path'],
	EROFS: ['is on a read-only disk', 'choose another path'],
	ENOSPC: ['does not fit on the disk', 'make room, or choose another path'],
};

/** Removes a file that was written by `writeNewFile()`, if it can be. */
export async function removeFile(path: string): Promise<void> {
	await rm(path, {force: true}).catch(() => undefined);
}

/**
 * Writes a text or bytes to a new file, synced to disk, readable by its owner only. Throws `file`, also when something
 * is there already, with `ifThere` as what to do then; a failure leaves nothing behind.
 */
export async function writeNewFile(path: string, data: string | Uint8Array, ifThere?: string): Promise<void> {
	try {
		const file = await open(path, 'wx', 0o600);
		try {
			await file.writeFile(data);
			await file.sync();
			syncDirectory(dirname(path));
		} catch (error) {
			await rm(path, {force: true});
			throw error;
		} finally {
			await file.close();
		}
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? 'an unknown error';
		const [problem, hint] = reasons[code] ?? [`can't be written: ${code}`, undefined];
		throw new PharmerError('file', `\`${path}\` ${problem}`, code === 'EEXIST' ? (ifThere ?? hint) : hint);
	}
}
