import fs from 'node:fs';
import {PharmerError} from '../../domain/errors.js';
import {isObject} from '../../domain/json.js';
import {accessBeside, accessOf} from '../../files/access.js';
import {systemCode} from '../../files/errors.js';
import {type LockOptions, withLock} from '../../files/lock.js';
import {isBeingRemoved} from '../../files/lock-holder.js';
import {readBeside, realFile, removeQuietly, writeWhole} from '../../files/safe-file.js';
import {seenError} from '../file-error.js';
import type {Memory, Remembered, Seen} from '../rollback-memory.js';

/** The memory of the vault at that path, in a file beside it, written under the vault's lock. */
export function rollbackMemoryBeside(place: string, options: LockOptions): Memory {
	return {
		read: () => readSeen(realFile(place)),
		write: seen => writeSeen(realFile(place), seen),
		async raise(found, overruled) {
			const file = realFile(place);
			const isNews = (): boolean => {
				const seen = readSeen(file);
				if (seen instanceof PharmerError) return false;
				if (seen?.id !== found.id || seen.generation < found.generation) return true;
				return seen.generation === overruled?.generation;
			};
			if (!isNews()) return;
			const record = (): void => {
				if (isNews()) writeSeen(file, found);
			};
			try {
				// A writer that holds the lock remembers what it writes itself.
				await withLock(file, record, overruled === undefined ? {...options, waitMs: 0} : options);
			} catch {}
		},
		async replace(found) {
			const file = realFile(place);
			try {
				await withLock(file, () => replaceSeen(file, found), options);
			} catch (error) {
				throw replaceError(error, file);
			}
		},
	};
}

/**
 * What is remembered beside a vault file. Anything that is not a file of ours counts as no memory; one that can't be
 * read is an error, never no memory.
 */
function readSeen(file: string): Remembered {
	let text: string;
	try {
		text = readBeside(seenFile(file)).toString();
	} catch (error) {
		return isAbsent(file, error) ? undefined : unreadable(file, error);
	}
	try {
		const value: unknown = JSON.parse(text);
		const {id, generation} = isObject(value) ? value : {};
		return typeof id === 'string' && typeof generation === 'number' && Number.isSafeInteger(generation)
			? {id, generation}
			: undefined;
	} catch {
		return undefined;
	}
}

/** Whether nothing of ours is there: nothing at all, a link, a pipe, or something that is being replaced. */
function isAbsent(file: string, error: unknown): boolean {
	const code = systemCode(error) ?? '';
	if (code === 'EINVAL') return !isDirectory(seenFile(file));
	return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EMLINK', 'ENXIO'].includes(code) || isBeingRemoved(error);
}

function isDirectory(file: string): boolean {
	try {
		return fs.lstatSync(file).isDirectory();
	} catch {
		return false;
	}
}

function unreadable(file: string, error: unknown): PharmerError {
	const seen = seenFile(file);
	const reason = isDirectory(seen) ? Object.assign(new Error(), {code: 'EISDIR'}) : error;
	return seenError(
		reason,
		'read',
		seen,
		'it shows whether the vault is an older copy: make yourself its owner again; if the vault is the newest one, remove it or use `--accept-rollback`',
	);
}

/**
 * Remembers a state, for the holder of the vault's lock. Where it can't be written, or the vault's owner could not
 * read it, nothing is remembered, which is no error.
 */
function writeSeen(file: string, seen: Seen): void {
	try {
		replaceSeen(file, seen);
	} catch {}
}

/** Like `writeSeen()`, but throws the system's error when the state can't be remembered. */
function replaceSeen(file: string, {id, generation}: Seen): void {
	const draft = `${seenFile(file)}.new`;
	const access = accessBeside(file);
	try {
		writeWhole(draft, `${JSON.stringify({id, generation})}\n`, access);
		if (access !== undefined && accessOf(draft)?.uid !== access.uid)
			throw Object.assign(new Error('it would have another owner than the vault'), {code: 'EPERM'});
		fs.renameSync(draft, seenFile(file));
	} catch (error) {
		removeQuietly(draft);
		throw error;
	}
}

/** The `file` error for a failure of that; an error that is not the system's is returned unchanged. */
function replaceError(error: unknown, file: string): unknown {
	return systemCode(error) === undefined
		? error
		: seenError(error, 'replace', seenFile(file), 'remove it, or copy the vault to a directory of yours');
}

function seenFile(file: string): string {
	return `${file}.seen`;
}
