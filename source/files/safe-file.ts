import fs from 'node:fs';
import path from 'node:path';
import {type Access, giveAccess} from './access.js';

/**
 * The file that a path leads to through symbolic links, so that everybody locks the same one; the path itself when it
 * leads nowhere.
 */
export function realFile(file: string): string {
	try {
		return fs.realpathSync(file);
	} catch {
		try {
			return path.join(fs.realpathSync(path.dirname(file)), path.basename(file));
		} catch {
			return file;
		}
	}
}

/** Whether anything is at a path, even a dangling link or something that can't be examined. */
export function isTaken(file: string): boolean {
	try {
		return fs.lstatSync(file, {throwIfNoEntry: false}) !== undefined;
	} catch {
		return true;
	}
}

/**
 * Writes a text or bytes to a new file, synced to disk, in place of any file that is there. The mode is 0600, or
 * `access` as far as the system permits. Throws the system's error and leaves no partial file.
 */
export function writeWhole(file: string, data: string | Uint8Array, access?: Access): void {
	fs.rmSync(file, {force: true});
	makeFile(file, data, access, true);
}

/** Makes a file as `writeWhole()` does, synced only when `isLasting`. Throws `EEXIST` when something is there. */
export function makeFile(file: string, data: string | Uint8Array, access?: Access, isLasting = false): void {
	// Exclusive, so that a link somebody put there is never followed.
	const handle = fs.openSync(file, 'wx', 0o600);
	try {
		if (access !== undefined) giveAccess(handle, access);
		fs.writeFileSync(handle, data);
		if (isLasting) fs.fsyncSync(handle);
	} catch (error) {
		removeQuietly(file);
		throw error;
	} finally {
		fs.closeSync(handle);
	}
}

/** The size limit for a file beside the vault, in bytes: `next` is as large as the vault, all others hold one line. */
const besideLimit = 64 * 1024;

/**
 * The bytes of a file that this program keeps beside the vault. Never blocks on a pipe and never follows a link that
 * somebody put there. Throws the system's error, and an `EINVAL` for anything that is not a regular file or is larger
 * than `limit` bytes.
 */
export function readBeside(file: string, limit = besideLimit): Buffer {
	const {O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0} = fs.constants;
	const handle = fs.openSync(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
	try {
		const status = fs.fstatSync(handle);
		if (!status.isFile() || status.size > limit)
			throw Object.assign(new Error('not a file of ours'), {code: 'EINVAL', path: file});
		return fs.readFileSync(handle);
	} finally {
		fs.closeSync(handle);
	}
}

/** The text of a file; undefined when it can't be read. */
export function textOf(file: string): string | undefined {
	try {
		return fs.readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

/** Removes a file if it is there and can be removed. */
export function removeQuietly(file: string): void {
	try {
		fs.rmSync(file, {force: true, maxRetries: 2});
	} catch {}
}
