import fs from 'node:fs';
import path from 'node:path';
import {type Access, giveAccess} from './access.js';

/**
 * The file a path leads to through symbolic links, so that everybody locks the same one; the path itself where it
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

/** Whether something is at a path, be it a link to nothing or something that can't be looked at. */
export function isTaken(file: string): boolean {
	try {
		return fs.lstatSync(file, {throwIfNoEntry: false}) !== undefined;
	} catch {
		return true;
	}
}

/**
 * Writes a text to a new file, through to the disk, in place of one that is there; of mode 0600, or with that
 * access as far as the system permits it. Throws the system's error and leaves no part.
 */
export function writeWhole(file: string, text: string, access?: Access): void {
	fs.rmSync(file, {force: true});
	makeFile(file, text, access, true);
}

/** Makes a file, as `writeWhole()` does where none is. Throws `EEXIST` when something is there. */
export function makeFile(file: string, text: string, access?: Access, isLasting = false): void {
	// Exclusive, so that a link somebody put there is never followed.
	const handle = fs.openSync(file, 'wx', 0o600);
	try {
		if (access !== undefined) giveAccess(handle, access);
		fs.writeFileSync(handle, text);
		if (isLasting) fs.fsyncSync(handle);
	} catch (error) {
		removeQuietly(file);
		throw error;
	} finally {
		fs.closeSync(handle);
	}
}

/** A file beside the vault: `next` is as large as that, all others hold a line. */
const besideLimit = 64 * 1024;

/**
 * The bytes of a file that this program keeps beside the vault. Never waits for a pipe that somebody put there and
 * never follows a link. Throws the system's error, and an `EINVAL` for what is no regular file or larger than
 * `limit` bytes.
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

/** The text of a file, or undefined when it can't be read. */
export function textOf(file: string): string | undefined {
	try {
		return fs.readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

/** Takes a file away when it is there and that is possible. */
export function removeQuietly(file: string): void {
	try {
		fs.rmSync(file, {force: true, maxRetries: 2});
	} catch {}
}
