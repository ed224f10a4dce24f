import fs from 'node:fs';
import {dirname, resolve} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {confirmPlaced} from '../files/directory.js';
import {reason, systemCode} from '../files/errors.js';
import {withLock} from '../files/lock.js';
import {removeQuietly, writeWhole} from '../files/safe-file.js';
import {freshFor, lockOf} from './changed-file.js';

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
 * Puts a file with these bytes in the place of a regular file, with its owner and mode: others see the old bytes or the
 * new ones, and the old ones after a failure. A symbolic link stays and its file is replaced, where both belong to this
 * user. Returns whether other users can read the file, or undefined when nothing is there to be replaced. Throws `file`
 * for everything else that is there and for what can't be written, and `busy`.
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<boolean | undefined> {
	try {
		const target = replaceable(path);
		if (target === undefined) return undefined;
		return await withLock(lockOf(target), () => replace(path, target, bytes), {what: `\`${path}\``});
	} catch (error) {
		const code = systemCode(error);
		if (code === undefined) throw error;
		throw new PharmerError('file', `\`${path}\` can't be written: ${reason(code)}`, 'it is as it was before');
	}
}

function replace(path: string, target: string, bytes: Uint8Array): boolean | undefined {
	// Somebody may have put something else there while the lock was waited for.
	if (replaceable(path) !== target) throw refused(path, 'is being changed by somebody else');
	const {uid, gid, mode} = fs.lstatSync(target);
	const fresh = freshFor(target);
	try {
		writeWhole(fresh, bytes, {uid, gid, mode: mode & 0o7777});
		fs.renameSync(fresh, target);
	} catch (error) {
		removeQuietly(fresh);
		throw error;
	}
	confirmPlaced(target, path);
	return process.platform !== 'win32' && (mode & 0o044) !== 0;
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

function refused(path: string, problem: string): PharmerError {
	return new PharmerError('file', `\`${path}\` ${problem}`, 'it was left as it is: choose another path');
}
