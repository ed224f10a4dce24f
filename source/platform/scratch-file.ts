import {
	accessSync,
	chmodSync,
	constants,
	lstatSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	statfsSync,
	writeFileSync,
} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, isAbsolute, join} from 'node:path';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import {type Found, findLock, holderText, isGone} from '../files/lock-holder.js';
import {undoAtEnd} from './ending.js';
import {decodeText, inputLimit, readingFailed} from './input-file.js';

/** A file of mode 0600 in a fresh directory of mode 0700, for an editor. */
export type ScratchFile = {
	readonly path: string;
	/** False when it is in memory only, as far as is known. */
	readonly onDisk: boolean;
	write(text: string): Promise<void>;
	/** Its text now, empty when the file is gone. Throws `invalid` and `file`. */
	read(): Promise<string>;
	/** Removes it with its directory and whatever an editor left there. Also happens when the process is ended. */
	remove(): void;
};

/** A directory that is removed with everything in it, also when the process is ended. */
export type ScratchFolder = {
	readonly folder: string;
	/** False when it is in memory only, as far as is known. */
	readonly onDisk: boolean;
	/**
	 * Records that another process uses it too: if this process is killed outright, nobody removes the folder before
	 * that one has ended.
	 */
	share(pid: number): void;
	remove(): void;
};

/** File systems that Linux keeps in memory: tmpfs and ramfs (statfs(2)). */
const memoryTypes = [0x01021994, 0x858458f6];

function isInMemory(folder: string): boolean {
	try {
		accessSync(folder, constants.W_OK | constants.X_OK);
		return memoryTypes.includes(statfsSync(folder).type);
	} catch {
		return false;
	}
}

/** Where a file stays in memory on Linux: the user's own run directory, then shared memory. */
function memoryFolder(environment: Environment): string | undefined {
	if (process.platform !== 'linux') return undefined;
	const run = environment.XDG_RUNTIME_DIR;
	return [...(run && isAbsolute(run) ? [run] : []), '/dev/shm'].find(isInMemory);
}

/**
 * Files in a scratch folder that say who uses it. The next process removes what a process that was killed outright
 * left.
 */
const ownerFile = '.owner';
const userFile = '.user';

const prefix = 'pharmer-';

/** Removes the scratch folders of processes that have ended, as far as that can be told from here. */
function sweep(parent: string): void {
	let names: readonly string[] = [];
	try {
		names = readdirSync(parent);
	} catch {
		// It can't be read, so nothing is known of any.
	}
	for (const name of names.filter(each => each.startsWith(prefix))) {
		const folder = join(parent, name);
		try {
			const status = lstatSync(folder);
			// Anyone may put something of that name in a directory that everybody may write to.
			if (!status.isDirectory() || (process.getuid && status.uid !== process.getuid())) continue;
			if (isLeft(folder)) erase(folder);
		} catch {
			// Another process was faster.
		}
	}
}

/** True when the folder has known users and all of them have ended. */
function isLeft(folder: string): boolean {
	const owner = findLock(join(folder, ownerFile));
	const user = findLock(join(folder, userFile));
	const hasEnded = (found: Found | undefined): boolean => found?.holder !== undefined && isGone(found.holder) === true;
	return hasEnded(owner) && (user === undefined || hasEnded(user));
}

/**
 * Removes a scratch folder. Whoever had its path may have put something else there, or taken permissions away. So
 * files go first, whatever happens to the rest, and the record of who owns the folder goes last.
 */
function erase(folder: string): void {
	if (lstatSync(folder, {throwIfNoEntry: false})?.isDirectory()) {
		chmodSync(folder, 0o700);
		const entries = readdirSync(folder, {withFileTypes: true}).filter(
			({name}) => name !== ownerFile && name !== userFile,
		);
		for (const entry of entries.filter(each => !each.isDirectory())) rmSync(join(folder, entry.name), {force: true});
		for (const entry of entries.filter(each => each.isDirectory())) eraseTree(join(folder, entry.name));
	}
	rmSync(folder, {recursive: true, force: true});
}

function eraseTree(folder: string): void {
	try {
		rmSync(folder, {recursive: true, force: true});
	} catch {
		permit(folder);
		rmSync(folder, {recursive: true, force: true});
	}
}

/** Restores the permissions that removal needs. */
function permit(folder: string): void {
	chmodSync(folder, 0o700);
	for (const entry of readdirSync(folder, {withFileTypes: true})) {
		if (entry.isDirectory()) permit(join(folder, entry.name));
	}
}

function makeIn(parent: string): string {
	sweep(parent);
	const folder = mkdtempSync(join(parent, prefix));
	try {
		writeFileSync(join(folder, ownerFile), holderText(basename(folder), new Date()), {mode: 0o600, flag: 'wx'});
	} catch (error) {
		erase(folder);
		throw error;
	}
	return folder;
}

function makeFolder(environment: Environment): {readonly folder: string; readonly onDisk: boolean} {
	const memory = memoryFolder(environment);
	try {
		if (memory !== undefined) return {folder: makeIn(memory), onDisk: false};
	} catch {
		// It is full, or not for us after all.
	}
	const parent = tmpdir();
	try {
		return {folder: makeIn(parent), onDisk: true};
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? 'an unknown error';
		throw new PharmerError('file', `no file can be made in \`${parent}\`: ${code}`, 'set TMPDIR to a folder of yours');
	}
}

/**
 * A fresh directory of mode 0700, in memory where the system has a place for that. Also removes those left by
 * processes that were killed outright. Throws `file`.
 */
export function makeScratchFolder(environment: Environment): ScratchFolder {
	const {folder, onDisk} = makeFolder(environment);
	const callOff = undoAtEnd(() => erase(folder));
	return {
		folder,
		onDisk,
		share(pid) {
			try {
				writeFileSync(join(folder, userFile), holderText(basename(folder), new Date(), pid), {mode: 0o600, flag: 'wx'});
			} catch {
				// The process may have removed the folder already.
			}
		},
		remove() {
			callOff();
			erase(folder);
		},
	};
}

/** Makes a scratch file, in memory where the system has a place for that. Throws `file`. */
export function makeScratchFile(environment: Environment): ScratchFile {
	const {folder, onDisk, remove} = makeScratchFolder(environment);
	const path = join(folder, 'credential.yaml');
	return {
		path,
		onDisk,
		remove,
		async write(text) {
			await writeFile(path, text, {mode: 0o600});
		},
		async read() {
			let bytes: Buffer;
			try {
				bytes = await readFile(path);
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
				throw readingFailed('the edited file', error);
			}
			if (bytes.length > inputLimit) throw new PharmerError('invalid', 'the edited file is larger than 1 MiB');
			return decodeText('the edited file', bytes);
		},
	};
}
