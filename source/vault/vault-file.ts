import fs from 'node:fs';
import path from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {type Access, giveAccess} from './access.js';
import {type Envelope, notOurs, parseEnvelope, sizeLimit} from './envelope.js';
import {readError, systemCode} from './file-error.js';

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
 * The vault in a file, checked as far as it can be without a key. Throws `no-vault`, `file`, `damaged`,
 * `newer-version`, with `shown` as its path.
 */
export function readEnvelope(file: string, shown: string): Envelope {
	const bytes = readBytes(file, shown);
	try {
		return envelopeOf(bytes, shown);
	} catch (error) {
		const rescued = rescuedEnvelope(file, bytes);
		if (rescued === undefined) throw error;
		return rescued;
	}
}

let last: {readonly bytes: Buffer; readonly envelope: Envelope} | undefined;

/** A vault's bytes taken apart. One command reads the same several times over: the same bytes are the same vault. */
function envelopeOf(bytes: Buffer, shown: string): Envelope {
	if (last?.bytes.equals(bytes)) return last.envelope;
	const envelope = parseEnvelope(bytes, shown);
	last = {bytes, envelope};
	return envelope;
}

/**
 * Makes a file whole that was cut short, from `nextFile()`, and takes away what writers that died left beside it.
 * For whoever holds the lock, since nobody else writes then. Throws what `readEnvelope()` throws, and the system's
 * error.
 */
export function settle(file: string, shown: string): void {
	const bytes = readBytes(file, shown);
	// What is left beside a damaged file may be the last good copy: it goes only when the file itself is sound.
	if (rescuedEnvelope(file, bytes) !== undefined) fs.renameSync(nextFile(file), file);
	else envelopeOf(bytes, shown);
	removeQuietly(nextFile(file));
	const prefix = `${path.basename(file)}.tmp-`;
	try {
		for (const name of fs.readdirSync(path.dirname(file))) {
			// The names that the `atomically` package, which writes for conf, gives its temporary files.
			const isLeft = name.startsWith(prefix) && /^\d{10}[0-9a-f]{6}$/.test(name.slice(prefix.length));
			if (isLeft) removeQuietly(path.join(path.dirname(file), name));
		}
	} catch {}
}

/**
 * Where a writer puts the whole new vault before conf writes it to its place. A disk that becomes full can cut a
 * write short without an error, and conf does not look at how much was written: then this one is whole, and the
 * file is a part of it.
 */
export function nextFile(file: string): string {
	return `${file}.next`;
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

/** The vault in `nextFile()` when it is whole and `bytes`, which is what the file holds, is only its beginning. */
function rescuedEnvelope(file: string, bytes: Buffer): Envelope | undefined {
	try {
		if (fs.lstatSync(nextFile(file)).size <= bytes.length) return undefined;
		const next = readBeside(nextFile(file), sizeLimit);
		return next.subarray(0, bytes.length).equals(bytes) ? parseEnvelope(next, file) : undefined;
	} catch {
		return undefined;
	}
}

function readBytes(file: string, shown: string): Buffer {
	try {
		const stats = fs.statSync(file);
		// A pipe or a device would be read for ever.
		if (!stats.isFile()) {
			const what = stats.isDirectory() ? 'it is a directory' : 'it is not a regular file';
			throw new PharmerError('file', `can't read the vault \`${shown}\`: ${what}`);
		}
		if (stats.size > sizeLimit) throw notOurs(shown, ': it is larger than 64 MiB');
		return fs.readFileSync(file);
	} catch (error) {
		if (systemCode(error) !== 'ENOENT') throw readError(error, shown);
		if (fs.lstatSync(file, {throwIfNoEntry: false})?.isSymbolicLink()) {
			throw new PharmerError('file', `can't read the vault \`${shown}\`: it is a symbolic link that leads nowhere`);
		}
		throw new PharmerError(
			'no-vault',
			`there is no vault at \`${shown}\``,
			'`pharmer` or `pharmer create credential` makes one',
		);
	}
}
