import fs from 'node:fs';
import {timestamp} from '../../domain/time.js';
import {noUses} from '../../domain/use.js';
import {accessBeside, giveAccess} from '../../files/access.js';
import {systemCode} from '../../files/errors.js';
import {type Lock, withLock} from '../../files/lock.js';
import {realFile} from '../../files/safe-file.js';
import {
	knownUses,
	type Lines,
	lineBytes,
	logKey,
	type Noted,
	newestOf,
	openedLines,
	sealedLine,
	type UseLog,
} from '../use-log.js';

/** Sizes of a log, in bytes. */
type LogSizes = {
	/** It is shortened when it grows past a multiple of this, if a quarter of it is gained. */
	readonly step: number;
	/** No more is read of it, from its end. Half of this is kept when it is shortened. */
	readonly most: number;
};

const usual: LogSizes = {step: 256 * 1024, most: 8 * 1024 * 1024};

/** How often an append or a read begins anew because the log was shortened meanwhile. */
const tries = 5;
/** How many lines are opened before others have their turn. */
const linesAtOnce = 500;
/** The number of lines that are kept although they do not open: another vault's, or of another key. */
const foreignKept = 1024;

/**
 * The log of a vault, beside its file at `place`: `.used`, and `.used.old` while it is shortened. A note is one write
 * to the end of the file. To shorten it the file is moved away first, so that what comes meanwhile makes a new one;
 * what is kept follows there. So nothing is lost, whoever writes and whenever a process is killed.
 */
export function logBeside(place: string, vaultId: string, vaultKey: Buffer, sizes = usual): UseLog {
	const file = realFile(place);
	const log = `${file}.used`;
	const old = `${log}.old`;
	let key = logKey(vaultKey);
	let isClosed = false;

	const sealed = (noted: readonly Noted[]): string => noted.map(each => sealedLine(key, vaultId, each)).join('');

	type Known = ReadonlySet<string> | undefined;

	/** What is kept of a file of the log. Throws the system's error. */
	function keptOf(of: string, from: Buffer, known: Known): Lines {
		const {texts, isCut} = endOf(of, sizes.most);
		const {noted, foreign} = openedLines(from, vaultId, texts);
		// While it gets another key, some lines have that already.
		const all = from === key ? noted : [...noted, ...openedLines(key, vaultId, foreign).noted];
		const about = known === undefined ? all : all.filter(({id}) => id === '' || known.has(id));
		return {
			noted: newestOf(about, sizes.most / 2 / lineBytes, isCut),
			foreign: from === key ? foreign.slice(-foreignKept) : [],
		};
	}

	/** Puts what is kept of the moved file at the end of the log. Throws the system's error. */
	function fold(lock: Lock, from: Buffer, known: Known): void {
		const {noted, foreign} = keptOf(old, from, known);
		// A line that has the right key stays as it is.
		const isOf = ({line}: Noted): boolean => from === key && line !== undefined;
		const whole = [...foreign, ...noted.filter(isOf).map(({line}) => line)].map(line => `${line}\n`);
		const text = whole.join('') + sealed(noted.filter(each => !isOf(each)));
		if (text !== '') appendTo(log, Buffer.from(text), file);
		lock.assertHeld();
		fs.rmSync(old);
	}

	/** By how many bytes the log would be shorter. Throws the system's error. */
	function gainOf(known: Known): number {
		const {noted, foreign} = keptOf(log, key, known);
		return fs.lstatSync(log).size - (noted.length + foreign.length) * lineBytes;
	}

	/** Shortens the log, which is sealed under that key, where enough is gained or it is to have another key. */
	async function shorten(from: Buffer, known: Known, waitMs: number): Promise<void> {
		const section = (lock: Lock): void => {
			// A process that was killed has left it.
			if (isOurs(old)) fold(lock, from, known);
			if (!isOurs(log) || (from === key && gainOf(known) < sizes.step / 4)) return;
			fs.renameSync(log, old);
			fold(lock, from, known);
		};
		await withLock(file, section, {waitMs});
	}

	return {
		async note(ids, kind, now, known) {
			if (isClosed) return;
			try {
				const at = timestamp(now);
				const bytes = Buffer.from(sealed(ids.map(id => ({id, kind, at}))));
				if (bytes.length === 0) return;
				const size = appendTo(log, bytes, file);
				const isDue = Math.floor(size / sizes.step) > Math.floor((size - bytes.length) / sizes.step);
				if (isDue) await shorten(key, known, 0);
			} catch {}
		},
		version: () => versionOf(log),
		async read() {
			for (let round = 0; ; round++) {
				const before = identityOf(log);
				// The one that is moved away first: its lines are in the log before it goes.
				const parts = [readable(old, sizes.most), readable(log, sizes.most)];
				if (before !== identityOf(log) && round < tries) continue;
				const texts = parts.flatMap(each => each.texts);
				const noted: Noted[] = [];
				for (let at = 0; at < texts.length && !isClosed; at += linesAtOnce) {
					noted.push(...openedLines(key, vaultId, texts.slice(at, at + linesAtOnce)).noted);
					await new Promise(resolve => setImmediate(resolve));
				}
				if (isClosed) return noUses;
				return knownUses(
					noted,
					parts.some(({isCut}) => isCut),
				);
			}
		},
		async renew(vaultKey) {
			const before = key;
			key = logKey(vaultKey);
			try {
				await shorten(before, undefined, 1000);
			} catch {}
			before.fill(0);
		},
		close() {
			isClosed = true;
			key.fill(0);
		},
	};
}

/** Appends bytes in one write. Returns the size of the log then. Throws the system's error, and `Error`. */
function appendTo(log: string, bytes: Buffer, vault: string): number {
	for (let round = 0; round < tries; round++) {
		const handle = openToAppend(log, vault);
		try {
			if (fs.writeSync(handle, bytes) !== bytes.length) throw new Error('only a part was written');
			const {dev, ino, size} = fs.fstatSync(handle, {bigint: true});
			// Moved away before the write: whoever shortens it may have read it already.
			if (`${dev} ${ino}` === identityOf(log)) return Number(size);
		} finally {
			fs.closeSync(handle);
		}
	}
	throw new Error('it is shortened all the time');
}

/** Opens the log, which is made when it is missing, for the vault's owner. Throws for anything but a file of ours. */
function openToAppend(log: string, vault: string): number {
	const {O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NONBLOCK = 0, O_NOFOLLOW = 0} = fs.constants;
	const flags = O_WRONLY | O_APPEND | O_NONBLOCK | O_NOFOLLOW;
	const open = (): number => {
		const handle = fs.openSync(log, flags);
		const status = fs.fstatSync(handle);
		if (status.isFile() && status.nlink <= 1) return handle;
		fs.closeSync(handle);
		throw new Error('not a file of ours');
	};
	try {
		return open();
	} catch (error) {
		if (systemCode(error) !== 'ENOENT') throw error;
	}
	try {
		const handle = fs.openSync(log, flags | O_CREAT | O_EXCL, 0o600);
		const access = accessBeside(vault);
		if (access !== undefined) giveAccess(handle, {...access, mode: 0o600});
		return handle;
	} catch (error) {
		if (systemCode(error) !== 'EEXIST') throw error;
		return open();
	}
}

/** The last lines of a file, and whether there are more before them. */
type End = {readonly texts: readonly string[]; readonly isCut: boolean};

/** The lines in the last bytes of a file, at most so many. Throws the system's error, and `Error` for a pipe. */
function endOf(file: string, most: number): End {
	const {O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0} = fs.constants;
	const handle = fs.openSync(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
	try {
		const status = fs.fstatSync(handle);
		if (!status.isFile()) throw new Error('not a file of ours');
		const bytes = Buffer.alloc(Math.min(status.size, most));
		const length = fs.readSync(handle, bytes, 0, bytes.length, status.size - bytes.length);
		return {texts: bytes.toString('latin1', 0, length).split('\n'), isCut: status.size > most};
	} finally {
		fs.closeSync(handle);
	}
}

/** The same; none when it can't be read. */
function readable(file: string, most: number): End {
	try {
		return endOf(file, most);
	} catch {
		return {texts: [], isCut: false};
	}
}

/** Which file is at a path; undefined when there is none. */
function identityOf(file: string): string | undefined {
	try {
		const {dev, ino} = fs.lstatSync(file, {bigint: true});
		return `${dev} ${ino}`;
	} catch {
		return undefined;
	}
}

/** Which file is at a path, and how large and old it is; empty when there is none. */
function versionOf(file: string): string {
	try {
		const {ino, size, mtimeNs} = fs.lstatSync(file, {bigint: true});
		return `${ino} ${size} ${mtimeNs}`;
	} catch {
		return '';
	}
}

/** Whether a file can be one of ours: not a link, a pipe, or a second name of another file. */
function isOurs(file: string): boolean {
	const status = fs.lstatSync(file, {throwIfNoEntry: false});
	return status?.isFile() === true && status.nlink <= 1;
}
