import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type Conf from 'conf';
import {PharmerError} from '../../domain/errors.js';
import {makeDirectory} from '../../files/directory.js';
import {systemCode} from '../../files/errors.js';
import {type Lock, type LockOptions, withLock} from '../../files/lock.js';
import {bytesOf, readBeside, realFile, removeQuietly, textOf} from '../../files/safe-file.js';
import {isSteady, stampOf} from '../../files/stamp.js';
import type {Backend, Kept} from '../backend.js';
import {copyError} from '../file-error.js';
import {sizeLimit} from '../format/envelope.js';
import type {Rekeyed} from '../vault.js';
import {loadConf, watch, write} from './conf-file.js';
import {type IsWhole, nextFile, readVaultFile, settle, skimVaultFile} from './vault-file.js';

export type FileOptions = LockOptions & {
	/** Told why the copy of the day can't be kept, once a day: the change is made all the same. */
	readonly onUnkept?: (why: string) => void;
};

type Copies = typeof import('./copies.js');

/** What only writing needs, loaded with it. */
type Tools = {readonly ConfClass: typeof Conf; readonly copies: Copies};

/** Nothing is known of the copies after a new key. */
const unrenewed: Rekeyed = {unkept: 'the copies beside the vault could not be looked at', removed: [], left: []};

/**
 * A vault's text in the file at that path, written through conf. Writers wait for each other through the lock beside
 * the file; `options` say for how long. `isWhole` tells a complete vault from a part of one. Nothing is touched
 * before a method is called. The first text of a vault also makes its directory, and throws `exists` when something
 * is at the path.
 */
export function fileBackend(place: string, isWhole: IsWhole, options: FileOptions): Backend {
	const {now = () => new Date(), onUnkept = () => {}} = options;
	/** What was read or written last, and the stamp of its file. */
	let last: {readonly tag: string; readonly stamp?: string} | undefined;

	function read(file = realFile(place)): Kept | undefined {
		const before = stampOf(file);
		const bytes = readVaultFile(file, place, isWhole);
		if (bytes === undefined) return undefined;
		const tag = tagOf(bytes);
		const after = stampOf(file);
		const isSame = after !== undefined && before?.text === after.text && isSteady(after);
		last = {tag, ...(isSame ? {stamp: after.text} : {})};
		return {bytes, tag};
	}

	/** Writes a text under the lock, as `task` does it with the real file. */
	async function writing<Result>(task: (tools: Tools, file: string, lock: Lock) => Result): Promise<Result> {
		const [ConfClass, copies] = await Promise.all([loadConf(), loadCopies()]);
		const file = realFile(place);
		return withLock(file, lock => task({ConfClass, copies}, file, lock), options);
	}

	/** Writes a text, with a copy of the day of what it replaces. The copy gives way when both don't fit on the disk. */
	function writeWithCopy({ConfClass, copies}: Tools, file: string, text: string, before: Buffer, lock: Lock): void {
		let copy: string | undefined;
		try {
			copy = copies.keepDay(file, before, now());
		} catch (error) {
			unkept(error);
		}
		try {
			write(ConfClass, file, text, before, lock);
		} catch (error) {
			const isUnchanged = copy !== undefined && bytesOf(file)?.equals(before) === true;
			if (copy === undefined || !isUnchanged) throw error;
			removeQuietly(copy);
			if (!isFull(error)) throw error;
			write(ConfClass, file, text, before, lock);
			unkept(copyError(error, copy));
			copy = undefined;
		}
		if (copy !== undefined) copies.dropOldDays(file, before);
	}

	let told = '';

	/** Says once a day that the copy of the day can't be kept. */
	function unkept(error: unknown): void {
		if (!(error instanceof PharmerError)) throw error;
		const day = now().toISOString().slice(0, 10);
		if (told !== day) onUnkept(error.message);
		told = day;
	}

	return {
		read: async () => read(),
		holds: tag => last?.tag === tag && last.stamp !== undefined && stampOf(realFile(place))?.text === last.stamp,
		skim: async look => skimVaultFile(realFile(place), place, look),
		async replace(text, expected, onPlaced, {version, daily} = {daily: false}) {
			if (expected === undefined) {
				assertFree(place);
				makeDirectory(path.dirname(place));
			}
			return writing((tools, file, lock) => {
				if (expected === undefined) {
					assertFree(place);
					removeQuietly(nextFile(file));
					tellWhenPlaced(file, text, onPlaced, () => write(tools.ConfClass, file, text, undefined, lock));
				} else {
					// Of the file that is locked: the path may lead to another one by now.
					const found = read(file);
					if (found?.tag !== expected) throw replaced(place);
					settle(file, found.bytes);
					if (version !== undefined) tools.copies.keepVersion(file, found.bytes, version);
					tellWhenPlaced(file, text, onPlaced, () => {
						if (daily) writeWithCopy(tools, file, text, found.bytes, lock);
						else write(tools.ConfClass, file, text, found.bytes, lock);
					});
				}
				last = {tag: tagOf(text)};
				return last.tag;
			});
		},
		async supplant(text, remembering, where) {
			if (where === 'free') assertFree(place);
			makeDirectory(path.dirname(place));
			return writing(({ConfClass, copies}, file, lock) => {
				if (where === 'free') assertFree(place);
				const before = read(file)?.bytes;
				if (before !== undefined && isWhole(before)) settle(file, before);
				else assertNoNext(file, text, isWhole);
				const isSame = before?.equals(Buffer.from(text)) === true;
				const copy = before && !isSame ? copies.keepAside(file, before, now()) : undefined;
				remembering.begin();
				if (isSame) return undefined;
				try {
					write(ConfClass, file, text, before, lock);
				} catch (error) {
					// Where nothing was replaced, nothing is left of it.
					const now = bytesOf(file);
					if (before === undefined ? now === undefined : now?.equals(before)) {
						remembering.undo();
						if (copy !== undefined) removeQuietly(copy);
					}
					throw error;
				}
				return copy;
			});
		},
		async renew() {
			try {
				return await writing(({copies}, file) => {
					const bytes = read(file)?.bytes ?? Buffer.alloc(0);
					return isWhole(bytes) ? copies.renewCopies(file, bytes, now()) : unrenewed;
				});
			} catch {
				return unrenewed;
			}
		},
		async copies() {
			try {
				const bytes = read()?.bytes;
				return bytes === undefined ? [] : (await loadCopies()).copyPaths(realFile(place), bytes);
			} catch {
				return [];
			}
		},
		async prepare() {
			await Promise.all([loadConf(), loadCopies()]);
		},
		async watch(listener) {
			return watch(await loadConf(), place, listener);
		},
	};
}

/** The same for the same bytes. They are not kept to be compared: whoever was given them may wipe them. */
function tagOf(bytes: Buffer | string): string {
	return createHash('sha256').update(bytes).digest('base64');
}

function replaced(place: string): PharmerError {
	return new PharmerError('conflict', `somebody else has changed \`${place}\` meanwhile`, 'run it again');
}

/** Runs `task`, which writes a text, and calls `onPlaced` when it is there, also when the disk has not confirmed it. */
function tellWhenPlaced(file: string, text: string, onPlaced: () => void, task: () => void): void {
	try {
		task();
	} catch (error) {
		if (textOf(file) === text) onPlaced();
		throw error;
	}
	onPlaced();
}

/** Whether a write failed because no more fits on the disk. */
function isFull(error: unknown): boolean {
	return ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '');
}

/**
 * Throws `file` when a writer left a whole vault beside one that is damaged or gone, unless that is the text that is
 * to be written anyway.
 */
function assertNoNext(file: string, text: string, isWhole: IsWhole): void {
	const next = leftNext(file);
	if (next === undefined || !isWhole(next) || next.equals(Buffer.from(text))) return;
	throw new PharmerError(
		'file',
		`\`${nextFile(file)}\` was left by a writer, and may be the last good copy of the vault`,
		'nothing was written; move it away first',
	);
}

/** The bytes that a writer left beside a file; undefined when there are none. A pipe or link there is not followed. */
function leftNext(file: string): Buffer | undefined {
	try {
		return readBeside(nextFile(file), sizeLimit);
	} catch {
		return undefined;
	}
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

/** Only callers that write need it. */
function loadCopies(): Promise<Copies> {
	return import('./copies.js');
}
