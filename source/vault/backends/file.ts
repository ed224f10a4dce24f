import fs from 'node:fs';
import path from 'node:path';
import type Conf from 'conf';
import {PharmerError} from '../../domain/errors.js';
import {accessOf} from '../../files/access.js';
import {confirmPlaced, makeDirectory, syncDirectory} from '../../files/directory.js';
import {systemCode} from '../../files/errors.js';
import {type Lock, type LockOptions, withLock} from '../../files/lock.js';
import {readBeside, realFile, removeQuietly, textOf, writeWhole} from '../../files/safe-file.js';
import type {Backend, Kept} from '../backend.js';
import {copyError} from '../file-error.js';
import {parseEnvelope, sizeLimit} from '../format/envelope.js';
import {type IsWhole, nextFile, readVaultFile, removeLeftovers, settle} from './vault-file.js';

/**
 * A vault's text in the file at that path, written through conf. Writers wait for each other through the lock beside
 * the file; `options` say for how long. `isWhole` tells a complete vault from a part of one. Nothing is touched
 * before a method is called. The first text of a vault also makes its directory, and throws `exists` when something
 * is at the path.
 */
export function fileBackend(place: string, isWhole: IsWhole, options: LockOptions): Backend {
	let last: Kept | undefined;
	let count = 0;

	/** One command reads the same bytes several times: equal bytes keep their tag. */
	function keptOf(bytes: Buffer): Kept {
		if (last?.bytes.equals(bytes) !== true) last = {bytes, tag: String(++count)};
		return last;
	}

	function read(file = realFile(place)): Kept | undefined {
		const bytes = readVaultFile(file, place, isWhole);
		return bytes && keptOf(bytes);
	}

	return {
		read: async () => read(),
		async replace(text, expected, onPlaced, keepAs) {
			const ConfClass = await loadConf();
			if (expected === undefined) {
				assertFree(place);
				makeDirectory(path.dirname(place));
			}
			const file = realFile(place);
			return withLock(
				file,
				lock => {
					if (expected === undefined) {
						assertFree(place);
						removeQuietly(nextFile(file));
					} else {
						// Of the file that is locked: the path may lead to another one by now.
						const found = read(file);
						if (found?.tag !== expected) throw replaced(place);
						settle(file, found.bytes);
						if (keepAs !== undefined) keepCopy(`${file}.${keepAs}`, file, found.bytes);
					}
					write(ConfClass, file, text, lock);
					onPlaced();
					return keptOf(Buffer.from(text)).tag;
				},
				options,
			);
		},
		async forget(keptAs) {
			const file = realFile(place);
			const copy = `${file}.${keptAs}`;
			if (!isSameVault(copy, read(file)?.bytes)) return undefined;
			try {
				fs.rmSync(copy);
				syncDirectory(path.dirname(copy));
				return {path: copy, gone: true};
			} catch {
				return {path: copy, gone: false};
			}
		},
		async prepare() {
			await loadConf();
		},
		async watch(listener) {
			return watch(await loadConf(), place, listener);
		},
	};
}

/**
 * Keeps the bytes of the vault `file` in a new file, unless that holds the same vault already. For the holder of the
 * lock. Throws `file`.
 */
function keepCopy(copy: string, file: string, bytes: Buffer): void {
	const access = accessOf(file);
	try {
		if (isSameVault(copy, bytes)) return;
		// Whole before it has its name: half a copy would be taken for one.
		writeWhole(nextFile(file), bytes.toString('latin1'), access && {...access, mode: 0o600});
		try {
			fs.linkSync(nextFile(file), copy);
		} catch (error) {
			if (!noLinks.includes(systemCode(error) ?? '')) throw error;
			fs.copyFileSync(nextFile(file), copy, fs.constants.COPYFILE_EXCL);
		}
		syncDirectory(path.dirname(copy));
	} catch (error) {
		throw copyError(error, copy);
	} finally {
		removeQuietly(nextFile(file));
	}
}

/** The errors of file systems without hard links. */
const noLinks: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV'];

/** Whether a file beside a vault is a whole vault with the same id as these bytes. */
function isSameVault(copy: string, bytes: Buffer | undefined): boolean {
	try {
		if (bytes === undefined) return false;
		return parseEnvelope(readBeside(copy, sizeLimit), copy).id === parseEnvelope(bytes, copy).id;
	} catch {
		return false;
	}
}

function replaced(place: string): PharmerError {
	return new PharmerError('conflict', `somebody else has changed \`${place}\` meanwhile`, 'run it again');
}

/** Throws `exists` when something is at that path, even a dangling link. */
export function assertFree(place: string): void {
	if (fs.lstatSync(place, {throwIfNoEntry: false}) !== undefined) {
		throw new PharmerError(
			'exists',
			`there is already something at \`${place}\``,
			'unlock it, or choose another path with `--vault`',
		);
	}
}

/** What conf sees: one member, so that its comparisons of whole stores cost almost nothing. */
type Plain = {readonly text: string};

/** Conf takes time to load: only callers that write or watch need it. */
async function loadConf(): Promise<typeof Conf> {
	return (await import('conf')).default;
}

function openConf(
	ConfClass: typeof Conf,
	file: string,
	{serialize, watch = false}: {readonly serialize: (plain: Plain) => string; readonly watch?: boolean},
): Conf<Plain> {
	return new ConfClass<Plain>({
		cwd: path.dirname(file),
		configName: path.basename(file),
		fileExtension: '',
		configFileMode: 0o600,
		accessPropertiesByDotNotation: false,
		watch,
		serialize,
		deserialize: text => ({text}),
	});
}

/** Writes a text while `lock` is held, all or nothing. Throws the system's error, `busy` and `file`. */
function write(ConfClass: typeof Conf, file: string, text: string, lock: Lock): void {
	let isReady = false;
	const serialize = (): string => {
		lock.assertHeld();
		const access = accessOf(file);
		// With the mode that conf gives the file: this one may have to take its place.
		writeWhole(nextFile(file), text, access && {...access, mode: 0o600});
		lock.assertHeld();
		assertNoLink(file);
		isReady = true;
		return text;
	};
	const before = textOf(file);
	let failure: unknown;
	try {
		openConf(ConfClass, file, {serialize}).set('text', text);
	} catch (error) {
		failure = error;
	}
	// Otherwise conf did not get as far as the file.
	if (!isReady) throw failure;
	land(file, text, before, failure);
}

/** Watches what is at a path, also where that is a link that is made to lead elsewhere. */
function watch(ConfClass: typeof Conf, place: string, listener: () => void): () => void {
	let target = realFile(place);
	let end = watchFile(ConfClass, place, onChange);
	function onChange(): void {
		const now = realFile(place);
		if (now !== target && fs.existsSync(place)) {
			end();
			target = now;
			end = watchFile(ConfClass, place, onChange);
		}
		listener();
	}
	return () => end();
}

function watchFile(ConfClass: typeof Conf, file: string, listener: () => void): () => void {
	const serialize = (): never => {
		throw new Error('a watcher does not write');
	};
	try {
		// Conf would make a missing file.
		if (!fs.existsSync(file)) return () => undefined;
		const conf = openConf(ConfClass, file, {serialize, watch: true});
		conf.events.addEventListener('change', listener);
		return () => conf._closeWatcher();
	} catch {
		return () => undefined;
	}
}

/** Throws `file` when somebody has put a link in place of the file in the meantime: conf's writer would follow it. */
function assertNoLink(file: string): void {
	if (fs.lstatSync(file, {throwIfNoEntry: false})?.isSymbolicLink()) {
		throw new PharmerError(
			'file',
			`somebody has put a link in the place of \`${file}\``,
			'nothing was written; check who can write there',
		);
	}
}

/**
 * After conf's write: throws `failure` when the file is unchanged, and otherwise makes sure that it holds all of
 * `text`. Also throws when the disk does not confirm it.
 */
function land(file: string, text: string, before: string | undefined, failure: unknown): void {
	const after = textOf(file);
	if (after === before) {
		removeLeftovers(file);
		throw failure ?? new PharmerError('file', `the change did not reach \`${file}\``);
	}
	if (after === text) removeQuietly(nextFile(file));
	else mend(file);
	confirmPlaced(file);
}

function mend(file: string): void {
	try {
		fs.renameSync(nextFile(file), file);
	} catch {
		throw new PharmerError(
			'file',
			`the disk cut the write of \`${file}\` short`,
			`nothing is lost: the next change repairs it from \`${nextFile(file)}\``,
		);
	}
}
