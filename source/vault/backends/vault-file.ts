import fs from 'node:fs';
import path from 'node:path';
import {PharmerError} from '../../domain/errors.js';
import {systemCode} from '../../files/errors.js';
import {readBeside, removeQuietly} from '../../files/safe-file.js';
import type {Source} from '../backend.js';
import {readError} from '../file-error.js';
import {sizeLimit} from '../format/envelope.js';
import {notOurs} from '../format/envelope-errors.js';

/** Whether these bytes are a complete vault. */
export type IsWhole = (bytes: Buffer) => boolean;

/**
 * The bytes of a vault's file, or those it was meant to hold when its write was cut short; undefined when nothing is
 * there. Throws `file`, and `damaged` for a file that is too large, with `shown` as its path.
 */
export function readVaultFile(file: string, shown: string, isWhole: IsWhole): Buffer | undefined {
	const bytes = readBytes(file, shown);
	return bytes && (rescued(file, bytes, isWhole) ?? bytes);
}

/**
 * What `look` makes of a vault's file, which it reads part by part; undefined when nothing is there. Throws as
 * `readVaultFile()` does.
 */
export function skimVaultFile<Result>(
	file: string,
	shown: string,
	look: (source: Source) => Result,
): Result | undefined {
	return withFile(file, shown, size => {
		const handle = fs.openSync(file, 'r');
		try {
			let memory = Buffer.alloc(0);
			const read = (start: number, length: number): Buffer => {
				if (memory.length < length) memory = Buffer.allocUnsafeSlow(length);
				let filled = 0;
				for (let count = 1; count > 0 && filled < length; filled += count)
					count = fs.readSync(handle, memory, filled, length - filled, start + filled);
				return memory.subarray(0, filled);
			};
			return look({size, read});
		} finally {
			fs.closeSync(handle);
		}
	});
}

/**
 * Completes a file that was cut short and was meant to hold `bytes`, from `nextFile()`, and removes what writers that
 * died left beside it. Only for the holder of the lock, who knows that `bytes` are sound: what lies beside a damaged
 * file may be the last good copy. Throws the system's error.
 */
export function settle(file: string, bytes: Buffer): void {
	if (fs.statSync(file).size !== bytes.length) fs.renameSync(nextFile(file), file);
	removeLeftovers(file);
}

/** Takes away what a writer leaves beside a file. For whoever holds the lock. */
export function removeLeftovers(file: string): void {
	removeQuietly(nextFile(file));
	const prefix = `${path.basename(file)}.tmp-`;
	try {
		for (const name of fs.readdirSync(path.dirname(file))) {
			// The temporary names of the `atomically` package, which writes for conf.
			const isLeft = name.startsWith(prefix) && /^\d{10}[0-9a-f]{6}$/.test(name.slice(prefix.length));
			if (isLeft) removeQuietly(path.join(path.dirname(file), name));
		}
	} catch {}
}

/**
 * Where a writer puts the complete new vault before conf writes it to its place. A disk that fills up can cut a write
 * short without an error, and conf does not check how much was written: then this file is complete, and the vault's
 * file is only a part of it.
 */
export function nextFile(file: string): string {
	return `${file}.next`;
}

/** The content of `nextFile()` when that is complete and `bytes`, the content of the file, is only its beginning. */
function rescued(file: string, bytes: Buffer, isWhole: IsWhole): Buffer | undefined {
	try {
		if (fs.lstatSync(nextFile(file)).size <= bytes.length) return undefined;
		const next = readBeside(nextFile(file), sizeLimit);
		return next.subarray(0, bytes.length).equals(bytes) && isWhole(next) ? next : undefined;
	} catch {
		return undefined;
	}
}

function readBytes(file: string, shown: string): Buffer | undefined {
	return withFile(file, shown, () => fs.readFileSync(file));
}

/** Reads a file whose size is that of a vault; undefined when nothing is there. Throws `file` and `damaged`. */
function withFile<Result>(file: string, shown: string, read: (size: number) => Result): Result | undefined {
	try {
		const stats = fs.statSync(file);
		// Reading a pipe or a device might never end.
		if (!stats.isFile()) {
			const what = stats.isDirectory() ? 'it is a directory' : 'it is not a regular file';
			throw new PharmerError('file', `can't read the vault \`${shown}\`: ${what}`);
		}
		if (stats.size > sizeLimit) throw notOurs(shown, ': it is larger than 64 MiB');
		return read(stats.size);
	} catch (error) {
		if (systemCode(error) !== 'ENOENT') throw readError(error, shown);
		if (fs.lstatSync(file, {throwIfNoEntry: false})?.isSymbolicLink()) {
			throw new PharmerError('file', `can't read the vault \`${shown}\`: it is a symbolic link that leads nowhere`);
		}
		return undefined;
	}
}
