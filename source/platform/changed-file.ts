import {randomUUID} from 'node:crypto';
import fs from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {type Access, accessBeside} from '../files/access.js';
import {confirmPlaced, makeDirectory} from '../files/directory.js';
import {systemCode} from '../files/errors.js';
import {withLock} from '../files/lock.js';
import {realFile, removeQuietly, writeWhole} from '../files/safe-file.js';
import {decodeText, inputLimit} from './input-file.js';

const byteOrderMark = '\uFEFF';

/** The most links in a row that are followed, as on Linux. */
const linkLimit = 40;

/**
 * Replaces a file's text with what `edit` makes of it, all or nothing: others see the old text or the new one, and
 * the old one after a failure. Processes that do the same wait for each other. The mode, the owner and a byte order
 * mark are kept, symbolic links are followed, and a hard link still leads to the old text. A missing file counts as
 * `''`; it is made with mode 0600 for the owner of its directory, and the directory with 0700. Returns what `edit`
 * returned. Throws what `edit` throws, `file` and `invalid` for what can't be read as text or written, `busy`, and
 * `conflict` when somebody else wrote to the file in the meantime.
 */
export async function changeFile<Edited extends {readonly text: string}>(
	path: string,
	edit: (text: string) => Edited,
): Promise<Edited> {
	try {
		const target = followed(path);
		makeDirectory(dirname(target));
		return await withLock(lockOf(target), () => change(path, target, edit), {what: `\`${path}\``});
	} catch (error) {
		const code = systemCode(error);
		if (code === undefined) throw error;
		const at = error instanceof Error && 'path' in error ? ` (\`${error.path}\`)` : '';
		throw new PharmerError('file', `\`${path}\` can't be written: ${code}${at}`, 'it is as it was before');
	}
}

function change<Edited extends {readonly text: string}>(
	path: string,
	target: string,
	edit: (text: string) => Edited,
): Edited {
	const before = read(path, target);
	const old = before === undefined ? '' : decodeText(`\`${path}\``, before.bytes);
	const edited = edit(old);
	if (edited.text === old) return edited;
	const mark = before?.bytes.toString('utf8').startsWith(byteOrderMark) ? byteOrderMark : '';
	const fresh = freshFor(target);
	try {
		writeWhole(fresh, mark + edited.text, before === undefined ? accessBeside(target) : before.access);
		// Others may change the file without taking our lock.
		if (!isSame(read(path, target), before)) {
			throw new PharmerError('conflict', `\`${path}\` is being changed by somebody else`, 'run it again');
		}
		fs.renameSync(fresh, target);
	} catch (error) {
		removeQuietly(fresh);
		throw error;
	}
	confirmPlaced(target, path);
	return edited;
}

/** The lock of whoever replaces a file. A name of its own: other programs may use `config.lock`. */
export function lockOf(target: string): string {
	return join(dirname(target), `.${basename(target)}.pharmer`);
}

/** The path for what is put in the place of a file, which is locked. Removes what is left of earlier attempts. */
export function freshFor(target: string): string {
	removeLeftovers(target);
	return join(dirname(target), `${freshPrefix(target)}${randomUUID()}`);
}

/** The beginning of a new text's temporary name; what follows it makes the name unique. */
function freshPrefix(target: string): string {
	return `.${basename(target)}.pharmer.next-`;
}

/** Removes what processes left that were killed while they held the lock. */
export function removeLeftovers(target: string): void {
	for (const file of leftoversOf(target)) removeQuietly(file);
}

/** Whether such a process left something. */
export function isUntidy(target: string): boolean {
	try {
		return leftoversOf(target).length > 0;
	} catch {
		return false;
	}
}

function leftoversOf(target: string): readonly string[] {
	return fs
		.readdirSync(dirname(target))
		.filter(name => {
			const rest = name.startsWith(freshPrefix(target)) ? name.slice(freshPrefix(target).length) : '';
			return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(rest);
		})
		.map(name => join(dirname(target), name));
}

function isSame(one: Read | undefined, other: Read | undefined): boolean {
	return one === undefined || other === undefined ? one === other : one.bytes.equals(other.bytes);
}

type Read = {readonly bytes: Buffer; readonly access: Access};

/**
 * Reads a regular file; undefined when nothing is there. Throws `file` for a device, which must not be replaced, and
 * for a pipe, which must not be waited for.
 */
function read(path: string, target: string): Read | undefined {
	const {O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0, O_NOCTTY = 0} = fs.constants;
	let handle: number;
	try {
		handle = fs.openSync(target, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY);
	} catch (error) {
		if (systemCode(error) === 'ENOENT') return undefined;
		throw error;
	}
	try {
		const status = fs.fstatSync(handle);
		if (!status.isFile()) throw new PharmerError('file', `\`${path}\` is not a regular file`, 'it was left as it is');
		if (status.size > inputLimit)
			throw new PharmerError('file', `\`${path}\` is larger than 1 MiB`, 'it was left as it is');
		return {bytes: fs.readFileSync(handle), access: {uid: status.uid, gid: status.gid, mode: status.mode & 0o7777}};
	} finally {
		fs.closeSync(handle);
	}
}

/** Where a path leads, even when nothing is there yet. */
function followed(path: string): string {
	let target = path;
	for (let links = 0; links < linkLimit; links++) {
		try {
			target = resolve(dirname(target), fs.readlinkSync(target));
		} catch {
			break;
		}
	}
	return realFile(target);
}
