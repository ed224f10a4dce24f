import {accessSync, chmodSync, constants, existsSync, mkdtempSync, rmSync, statfsSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import type {Environment} from '../providers/environment.js';
import {undoAtEnd} from './ending.js';
import {decodeText, inputLimit, readingFailed} from './input-file.js';

/** A file of mode 0600 in a fresh directory of mode 0700, for an editor. */
export type ScratchFile = {
	readonly path: string;
	/** False when it is in memory only, as far as can be told. */
	readonly onDisk: boolean;
	write(text: string): Promise<void>;
	/** Its text now, empty when it is gone. Throws `invalid` and `file`. */
	read(): Promise<string>;
	/** Removes it with its directory and whatever an editor left there. Happens by itself when the process is ended. */
	remove(): void;
};

/** A directory that goes with everything in it, by itself when the process is ended. */
export type ScratchFolder = {
	readonly folder: string;
	/** False when it is in memory only, as far as can be told. */
	readonly onDisk: boolean;
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

function makeFolder(environment: Environment): {readonly folder: string; readonly onDisk: boolean} {
	const memory = memoryFolder(environment);
	try {
		if (memory !== undefined) return {folder: mkdtempSync(join(memory, 'pharmer-')), onDisk: false};
	} catch {
		// Full, or not for us after all.
	}
	const parent = tmpdir();
	try {
		return {folder: mkdtempSync(join(parent, 'pharmer-')), onDisk: true};
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? 'an unknown error';
		throw new PharmerError('file', `no file can be made in \`${parent}\`: ${code}`, 'set TMPDIR to a folder of yours');
	}
}

/** A fresh directory of mode 0700, in memory where the system has a place for that. Throws `file`. */
export function makeScratchFolder(environment: Environment): ScratchFolder {
	const {folder, onDisk} = makeFolder(environment);
	const erase = (): void => {
		// Whoever had the path may have taken the permissions away.
		if (existsSync(folder)) chmodSync(folder, 0o700);
		rmSync(folder, {recursive: true, force: true});
	};
	const callOff = undoAtEnd(erase);
	return {
		folder,
		onDisk,
		remove() {
			callOff();
			erase();
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
