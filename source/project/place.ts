import {createHash} from 'node:crypto';
import fs from 'node:fs';
import {homedir} from 'node:os';
import {basename, dirname, join, relative, resolve} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {reason, systemCode} from '../files/errors.js';
import {isOurs, ownUser} from '../files/lock-holder.js';
import {exposedAncestor} from '../platform/agent-socket.js';
import {decodeText} from '../platform/input-file.js';
import {isWorkTree} from '../platform/work-tree.js';

/** What a project file is called. */
const projectFileName = '.pharmer.yaml';

/** The largest project file, in bytes. */
const sizeLimit = 64 * 1024;

/** A project file that nobody else can change, as it was read. */
export type ProjectFile = {
	/** Its real path. */
	readonly path: string;
	/** The path that errors show: from the working directory. */
	readonly shown: string;
	readonly text: string;
	/** Of its bytes, in hex. */
	readonly sha256: string;
};

/**
 * The nearest project file: in a directory (the working directory, when left out), or above it up to the first that is
 * the root of a work tree or home's. Where none of those is above, only the directory itself is looked at. Undefined
 * when there is none. Throws `file` for one that somebody else could have written, that is a link or no regular file,
 * and `invalid` for one that is too large or not UTF-8. Windows tells no owner, so there only links are refused.
 */
export function findProjectFile(directory = here): ProjectFile | undefined {
	if (isGone(directory)) return undefined;
	const searched = searchedFrom(realDirectory(directory));
	const at = searched.findIndex(each => isThere(fileIn(each)));
	return at === -1 ? undefined : readSafely(searched.slice(0, at + 1));
}

/** The project file at a path, which may be that of its directory. Throws `usage`, and as `findProjectFile()` does. */
export function projectFileAt(path: string): ProjectFile {
	const directory = realDirectory(directoryOf(path));
	if (!isThere(fileIn(directory)))
		throw new PharmerError('file', `there is no \`${projectFileName}\` in \`${path}\``, 'check the path');
	return readSafely([directory]);
}

/** What became of a file: it is what it was, holds something else, is not there, or would not be used as it is now. */
export type Since = 'same' | 'changed' | 'gone' | 'refused';

/** What became of the project file at a real path that had this SHA-256. */
export function sinceTrusted({path, sha256}: Pick<ProjectFile, 'path' | 'sha256'>): Since {
	if (!isThere(path)) return 'gone';
	try {
		return projectFileAt(path).sha256 === sha256 ? 'same' : 'changed';
	} catch (error) {
		if (error instanceof PharmerError) return 'refused';
		throw error;
	}
}

/**
 * The real path of the project file at a path, which may be gone with its directory; without a path, that of the
 * nearest file, whoever can write it. Undefined when there is none.
 */
export function projectPath(path?: string): string | undefined {
	if (path === undefined) return isGone(here) ? undefined : searchedFrom(realDirectory(here)).map(fileIn).find(isThere);
	try {
		return fileIn(realDirectory(directoryOf(path)));
	} catch {
		return fileIn(resolve(directoryOf(path)));
	}
}

const here = '.';

const fileIn = (directory: string): string => join(directory, projectFileName);

function directoryOf(path: string): string {
	return basename(path) === projectFileName ? dirname(path) : path;
}

/** Whether a directory was removed while somebody works in it: nothing is found from there. */
function isGone(directory: string): boolean {
	try {
		return !fs.existsSync(resolve(directory));
	} catch {
		return true;
	}
}

function realDirectory(path: string): string {
	try {
		const real = fs.realpathSync(path);
		if (fs.statSync(real).isDirectory()) return real;
	} catch (error) {
		throw unreadable(path === here ? 'the working directory' : `\`${path}\``, error);
	}
	throw new PharmerError(
		'usage',
		`\`${path}\` is not called \`${projectFileName}\``,
		'name that file or its directory',
	);
}

/** The directories in which a file counts for somebody who works in a directory, from there on. */
function searchedFrom(start: string): readonly string[] {
	const home = realHome();
	const directories: string[] = [];
	for (let each = start; ; each = dirname(each)) {
		directories.push(each);
		if (each === home || isWorkTree(each)) return directories;
		if (dirname(each) === each) return [start];
	}
}

function realHome(): string | undefined {
	try {
		return fs.realpathSync(homedir());
	} catch {
		return undefined;
	}
}

/** Whether anything is at a path, a link too; also where that can't be told. */
function isThere(path: string): boolean {
	try {
		fs.lstatSync(path);
		return true;
	} catch (error) {
		return !['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
	}
}

/** Reads the file in the last of these directories, and checks that nobody else can write in any of them. */
function readSafely(directories: readonly string[]): ProjectFile {
	const directory = directories.at(-1) ?? '.';
	const path = fileIn(directory);
	try {
		if (fs.lstatSync(path).isSymbolicLink()) throw refused(path, 'it is a symbolic link', 'put the file itself there');
		const bytes = readRegular(path);
		if (ownUser() !== undefined) assertUnreachable(path, directories);
		return {
			path,
			shown: relative(realDirectory(here), path),
			text: decodeText(`\`${path}\``, bytes),
			sha256: createHash('sha256').update(bytes).digest('hex'),
		};
	} catch (error) {
		throw error instanceof PharmerError ? error : unreadable(`\`${path}\``, error);
	}
}

function readRegular(path: string): Buffer {
	const {O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOFOLLOW = 0} = fs.constants;
	const handle = fs.openSync(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
	try {
		const status = fs.fstatSync(handle);
		if (!status.isFile()) throw refused(path, 'it is not a regular file', 'put a file there');
		if (ownUser() !== undefined) assertOurs(path, path, status);
		const bytes = Buffer.alloc(sizeLimit + 1);
		let length = 0;
		for (let read = -1; read !== 0 && length < bytes.length; length += read)
			read = fs.readSync(handle, bytes, length, bytes.length - length, null);
		if (length <= sizeLimit) return bytes.subarray(0, length);
	} finally {
		fs.closeSync(handle);
	}
	throw new PharmerError('invalid', `\`${path}\` is larger than ${sizeLimit / 1024} KiB`, 'it only names credentials');
}

/**
 * Throws `file` when somebody else can write in one of these directories, or rename what leads to them. In a directory
 * where everybody may write but only rename what is theirs, such as /tmp, a file is not safe, and a directory is.
 */
function assertUnreachable(path: string, directories: readonly string[]): void {
	for (const each of directories) assertOurs(path, each, fs.lstatSync(each));
	const above = exposedAncestor(directories.at(-1) ?? '.');
	if (above === undefined) return;
	throw refused(path, `others can rename what is in \`${above}\``, 'move the project to a directory of yours');
}

function assertOurs(path: string, place: string, status: fs.Stats): void {
	const {uid, mode} = status;
	const what = place === path ? 'it' : `\`${place}\``;
	if (!isOurs(status)) throw refused(path, `${what} belongs to user ${uid}`, "only what is yours or root's is used");
	if ((mode & 0o022) === 0) return;
	const shown = (mode & 0o7777).toString(8).padStart(4, '0');
	throw refused(
		path,
		`others can write ${place === path ? 'to it' : `in ${what}`}, mode ${shown}`,
		'`chmod go-w` closes it',
	);
}

function refused(path: string, why: string, hint: string): PharmerError {
	return new PharmerError('file', `\`${path}\` is not used: ${why}`, hint);
}

function unreadable(what: string, error: unknown): unknown {
	const code = systemCode(error);
	if (code === undefined) return error;
	const why = code === 'ENOENT' ? 'it does not exist' : reason(code);
	return new PharmerError('file', `${what} can't be read: ${why}`, 'check its path and permissions');
}
