import fs from 'node:fs';
import path from 'node:path';
import type Conf from 'conf';
import {PharmerError} from '../../domain/errors.js';
import {accessOf} from '../../files/access.js';
import {confirmPlaced} from '../../files/directory.js';
import {systemCode} from '../../files/errors.js';
import type {Lock} from '../../files/lock.js';
import {bytesOf, realFile, removeQuietly, writeWhole} from '../../files/safe-file.js';
import {nextFile, removeLeftovers} from './vault-file.js';

/** What conf sees: one member, so that its comparisons of whole stores cost almost nothing. */
type Plain = {readonly text: string};

/** Conf takes time to load: only callers that write or watch need it. */
export async function loadConf(): Promise<typeof Conf> {
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

/**
 * Writes a text while `lock` is held, all or nothing, in place of the bytes `before`, or of nothing. Throws the
 * system's error, `busy` and `file`.
 */
export function write(
	ConfClass: typeof Conf,
	file: string,
	text: string,
	before: Buffer | undefined,
	lock: Lock,
): void {
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
	let failure: unknown;
	try {
		openConf(ConfClass, file, {serialize}).set('text', text);
	} catch (error) {
		failure = error;
	}
	// Otherwise conf did not get as far as the file.
	if (!isReady) {
		// Whoever has taken the lock over may have a file there.
		if (systemCode(failure) !== undefined) removeQuietly(nextFile(file));
		throw failure;
	}
	land(file, text, before, failure);
}

/**
 * Calls `listener` some time after any change of what is at a path, also where that is a link that is made to lead
 * elsewhere, until the returned function is called.
 */
export function watch(ConfClass: typeof Conf, place: string, listener: () => void): () => void {
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
function land(file: string, text: string, before: Buffer | undefined, failure: unknown): void {
	const after = bytesOf(file);
	if (before === undefined ? after === undefined : after?.equals(before)) {
		removeLeftovers(file);
		throw failure ?? new PharmerError('file', `the change did not reach \`${file}\``);
	}
	if (after?.equals(Buffer.from(text))) removeQuietly(nextFile(file));
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
