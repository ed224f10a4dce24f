import fs from 'node:fs';
import {dirname, resolve} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import type {HeldFile} from '../domain/held-file.js';
import {confirmPlaced} from '../files/directory.js';
import {reason, systemCode} from '../files/errors.js';
import {withLock} from '../files/lock.js';
import {placeWhole, realFile, removeQuietly, writeWhole} from '../files/safe-file.js';
import {freshFor, isUntidy, lockOf, removeLeftovers} from './changed-file.js';
import {inputLimit} from './input-file.js';

/** Whether files have permission bits here. */
export const hasModes = process.platform !== 'win32';

/** Whether both paths lead to the same file; false when one leads nowhere. */
export function isSameFile(one: string, other: string): boolean {
	try {
		const [first, second] = [fs.statSync(one), fs.statSync(other)];
		return first.ino === second.ino && first.dev === second.dev;
	} catch {
		return false;
	}
}

/**
 * A file that this user may replace, of at most 1 MiB; undefined when nothing is there. Throws `file` for everything
 * else that is there, and for what can't be read.
 */
export function examineFile(path: string): HeldFile | undefined {
	return spoken(path, 'read', () => {
		const target = replaceable(path);
		return target === undefined ? undefined : hold(path, target);
	});
}

/**
 * Puts a file with these bytes in the place of a regular file, with its owner and mode: others see the old bytes or the
 * new ones, and the old ones after a failure. A symbolic link stays and its file is replaced, where both belong to this
 * user. Returns whether other users can read the file, or undefined when nothing is there to be replaced. Throws `file`
 * for everything else that is there and for what can't be written, and `busy`.
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<boolean | undefined> {
	return spoken(path, 'written', async () => {
		const target = replaceable(path);
		if (target === undefined) return undefined;
		return withLock(lockOf(target), () => replace(path, target, bytes), {what: `\`${path}\``});
	});
}

/**
 * The same for a file that was examined, which gets that mode. Also throws `conflict` when it is not that very file
 * with those bytes any more.
 */
export async function replaceHeld(file: HeldFile, bytes: Uint8Array, mode: number): Promise<void> {
	const {path, target} = file;
	await spoken(path, 'written', () =>
		withLock(lockOf(target), () => replace(path, target, bytes, {file, mode}), {what: `\`${path}\``}),
	);
}

/** Gives a file that was examined that mode. Throws as `replaceHeld()` does. */
export async function changeMode(file: HeldFile, mode: number): Promise<void> {
	const {path, target} = file;
	const change = (): void => {
		const handle = openTarget(target);
		try {
			assertHeld(file, heldBy(path, target, handle));
			fs.fchmodSync(handle, mode);
			fs.fsyncSync(handle);
		} finally {
			fs.closeSync(handle);
		}
	};
	await spoken(path, 'written', () => withLock(lockOf(target), change, {what: `\`${path}\``}));
}

/**
 * Puts a new file with these bytes, that mode and that owner at a real path where nothing is, whole or not at all.
 * Throws `file`, also when links lead to its directory by now, or the directory is of neither that owner nor root.
 */
export async function makeWhole(path: string, bytes: Buffer, mode: number, owner: number): Promise<void> {
	const make = (): void => {
		const {uid, gid} = fs.statSync(dirname(path));
		if (hasModes && uid !== owner && uid !== 0)
			throw refused(path, 'is in a directory of somebody else', 'nothing was made');
		placeWhole(path, freshFor(path), bytes, {uid: owner, gid, mode});
	};
	if (realFile(path) !== path) throw refused(path, 'leads elsewhere now', 'nothing was made');
	await spoken(path, 'written', () => withLock(lockOf(path), make, {what: `\`${path}\``}));
}

/** Removes what a killed process left beside a file when it was about to replace it. Throws `file` and `busy`. */
export async function tidyBeside(target: string): Promise<void> {
	if (!isUntidy(target)) return;
	await spoken(target, 'written', () =>
		withLock(lockOf(target), () => removeLeftovers(target), {what: `\`${target}\``}),
	);
}

/** Runs `task`, and puts the system's errors into words. */
function spoken<Result>(path: string, what: 'read' | 'written', task: () => Result): Result {
	const say = (error: unknown): never => {
		const code = systemCode(error);
		if (code === undefined) throw error;
		throw new PharmerError('file', `\`${path}\` can't be ${what}: ${reason(code)}`, 'it is as it was before');
	};
	try {
		const result = task();
		return result instanceof Promise ? (result.catch(say) as Result) : result;
	} catch (error) {
		return say(error);
	}
}

function replace(
	path: string,
	target: string,
	bytes: Uint8Array,
	held?: {readonly file: HeldFile; readonly mode: number},
): boolean | undefined {
	// Somebody may have put something else there while the lock was waited for.
	if (replaceable(path) !== target) throw refused(path, 'is being changed by somebody else');
	const {uid, gid, mode: before, dev, ino} = fs.lstatSync(target);
	// Whoever has a directory can swap its files: the new file is for the owner of the one that was examined.
	if (held !== undefined && (dev !== held.file.dev || ino !== held.file.ino)) throw changedMeanwhile(path);
	const mode = held?.mode ?? before & 0o7777;
	const fresh = freshFor(target);
	try {
		writeWhole(fresh, bytes, {uid, gid, mode});
		if (held !== undefined) {
			// A disk that becomes full can cut a write short without an error.
			if (!fs.readFileSync(fresh).equals(bytes)) throw Object.assign(new Error('cut short'), {code: 'ENOSPC'});
			if (hasModes && (fs.lstatSync(fresh).mode & 0o7777) !== mode)
				throw Object.assign(new Error('mode'), {code: 'EPERM'});
			assertHeld(held.file, hold(path, target));
		}
		fs.renameSync(fresh, target);
	} catch (error) {
		removeQuietly(fresh);
		throw error;
	}
	confirmPlaced(target, path);
	return hasModes && (mode & 0o044) !== 0;
}

function hold(path: string, target: string): HeldFile {
	const handle = openTarget(target);
	try {
		return heldBy(path, target, handle);
	} finally {
		fs.closeSync(handle);
	}
}

/** Opens a file that is no link by now, and waits for nothing. */
function openTarget(target: string): number {
	const {O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0, O_NOCTTY = 0} = fs.constants;
	return fs.openSync(target, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY);
}

function heldBy(path: string, target: string, handle: number): HeldFile {
	const status = fs.fstatSync(handle);
	if (!status.isFile()) throw refused(path, 'is not a regular file');
	if (status.size > inputLimit) throw refused(path, 'is larger than 1 MiB');
	const {mode, uid, dev, ino, nlink: links} = status;
	return {path, target, bytes: fs.readFileSync(handle), mode: mode & 0o7777, uid, dev, ino, links};
}

function assertHeld(file: HeldFile, now: HeldFile): void {
	if (file.dev === now.dev && file.ino === now.ino && file.mode === now.mode && file.bytes.equals(now.bytes)) return;
	throw changedMeanwhile(file.path);
}

function changedMeanwhile(path: string): PharmerError {
	return new PharmerError('conflict', `\`${path}\` was changed by somebody else meanwhile`, 'it was left as it is');
}

/** The most links in a row that are followed, as on Linux. */
const linkLimit = 40;

/** The regular file to replace; undefined when nothing is at the path. Throws `file` for everything else. */
function replaceable(path: string): string | undefined {
	// Without numbers for users, as on Windows, all are taken for this one.
	const user = process.geteuid?.();
	const isOwn = ({uid}: fs.Stats): boolean => user === undefined || uid === user;
	let target = path;
	for (let links = 0; links <= linkLimit; links++) {
		const there = fs.lstatSync(target, {throwIfNoEntry: false});
		if (there === undefined && links === 0) return undefined;
		if (there === undefined) throw refused(path, 'is a link that leads nowhere');
		if (there.isSymbolicLink()) {
			// A link leads where its owner wants it to.
			if (!isOwn(there)) throw refused(path, 'is a link of somebody else');
			target = resolve(dirname(target), fs.readlinkSync(target));
			continue;
		}
		if (!there.isFile()) throw refused(path, 'is not a regular file');
		// Only root can keep the owner of what belongs to somebody else.
		if (!isOwn(there) && (user !== 0 || links > 0)) throw refused(path, 'belongs to somebody else');
		return fs.realpathSync(target);
	}
	throw refused(path, 'is a link that leads in a circle');
}

function refused(path: string, problem: string, hint = 'it was left as it is: choose another path'): PharmerError {
	return new PharmerError('file', `\`${path}\` ${problem}`, hint);
}
