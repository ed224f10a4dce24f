import fs from 'node:fs';
import path from 'node:path';
import {type Access, giveAccess} from './access.js';
import {syncDirectory} from './directory.js';
import {systemCode} from './errors.js';

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
		try {
			if (access !== undefined) giveAccess(handle, access);
			fs.writeFileSync(handle, data);
			if (isLasting) fs.fsyncSync(handle);
		} finally {
			// It can fail, too: some disks tell only now that they are full.
			fs.closeSync(handle);
		}
	} catch (error) {
		removeQuietly(file);
		throw error;
	}
}

/** The errors of file systems without hard links. */
const noLinks: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV'];

/**
 * Puts bytes into the file `target`, synced to disk with its name: whole, or not at all. They are written to `draft`
 * first, in place of any file that is there, and read back. Throws the system's error, `EEXIST` when something is at
 * `target`, and leaves neither file then. With `isOver`, what is at `target` is replaced.
 */
export function placeWhole(target: string, draft: string, bytes: Buffer, access?: Access, isOver = false): void {
	let isPlaced = false;
	try {
		writeWhole(draft, bytes, access);
		// A disk that becomes full can cut a write short without an error.
		if (!fs.readFileSync(draft).equals(bytes)) throw Object.assign(new Error('cut short'), {code: 'ENOSPC'});
		if (isOver) fs.renameSync(draft, target);
		else giveName(draft, target, bytes, access);
		isPlaced = true;
		syncDirectory(path.dirname(target));
	} catch (error) {
		if (isPlaced && !isOver) removeQuietly(target);
		throw error;
	} finally {
		removeQuietly(draft);
	}
}

/** Gives a finished file a second name; where the file system has no links, makes a file of that name. */
function giveName(draft: string, target: string, bytes: Buffer, access: Access | undefined): void {
	try {
		fs.linkSync(draft, target);
	} catch (error) {
		if (!noLinks.includes(systemCode(error) ?? '')) throw error;
		makeFile(target, bytes, access, true);
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
	return withBeside(file, (handle, size) => {
		if (size > limit) throw notOurs(file);
		return fs.readFileSync(handle);
	});
}

/** The first and the last bytes of such a file, or all of a shorter one. Throws as `readBeside()` does. */
export function readEnds(file: string, first: number, last: number): {readonly start: Buffer; readonly end: Buffer} {
	return withBeside(file, (handle, size) => {
		const part = (length: number, position: number): Buffer => {
			const bytes = Buffer.alloc(length);
			return bytes.subarray(0, fs.readSync(handle, bytes, 0, length, position));
		};
		return {start: part(first, 0), end: part(last, Math.max(0, size - last))};
	});
}

function withBeside<Result>(file: string, read: (handle: number, size: number) => Result): Result {
	const {O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0} = fs.constants;
	const handle = fs.openSync(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
	try {
		const status = fs.fstatSync(handle);
		if (!status.isFile()) throw notOurs(file);
		return read(handle, status.size);
	} finally {
		fs.closeSync(handle);
	}
}

function notOurs(file: string): Error {
	return Object.assign(new Error('not a file of ours'), {code: 'EINVAL', path: file});
}

/** The text of a file; undefined when it can't be read. */
export function textOf(file: string): string | undefined {
	try {
		return fs.readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

/** The bytes of a file; undefined when they can't be read. */
export function bytesOf(file: string): Buffer | undefined {
	try {
		return fs.readFileSync(file);
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
