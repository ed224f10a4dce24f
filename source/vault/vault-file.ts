import fs from 'node:fs';
import path from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {systemCode} from '../files/errors.js';
import {readBeside, removeQuietly} from '../files/safe-file.js';
import {type Envelope, notOurs, parseEnvelope, sizeLimit} from './envelope.js';
import {readError} from './file-error.js';

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
