import {close, fstatSync, read} from 'node:fs';
import {isatty} from 'node:tty';
import {promisify} from 'node:util';
import {PharmerError} from '../domain/errors.js';
import {decodeText, inputLimit, readingFailed} from './input-file.js';

const readDescriptor = promisify(read);
const closeDescriptor = promisify(close);

/** How long a non-blocking descriptor may have nothing to read, in milliseconds. */
const patience = 30_000;
const pause = 20;

/** Throws `usage` unless `descriptor` is open, can be read to its end, and is not a terminal. */
function assertReadable(descriptor: number): void {
	let kind: ReturnType<typeof fstatSync>;
	try {
		kind = fstatSync(descriptor);
	} catch {
		throw new PharmerError(
			'usage',
			`file descriptor ${descriptor} is not open`,
			`redirect something to it, such as ${descriptor}< FILE`,
		);
	}
	if (isatty(descriptor)) {
		throw new PharmerError(
			'usage',
			`file descriptor ${descriptor} is a terminal`,
			'leave the flag out to be asked for the passphrase',
		);
	}
	if (!kind.isFile() && !kind.isFIFO() && !kind.isSocket() && !kind.isCharacterDevice()) {
		throw new PharmerError('usage', `file descriptor ${descriptor} is not a file or a pipe`);
	}
}

/** Reads once and returns the number of bytes; undefined when there is nothing yet. */
async function readSome(descriptor: number, buffer: Buffer, length: number): Promise<number | undefined> {
	try {
		return (await readDescriptor(descriptor, buffer, length, buffer.length - length, null)).bytesRead;
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'EAGAIN') return undefined;
		// Windows reports the end of a pipe as an error.
		if (code === 'EOF') return 0;
		throw error;
	}
}

/**
 * Reads an open file descriptor to its end, as text, and closes it, unless it is a standard stream, so that no child
 * process inherits it. Throws `usage` when nothing readable is open there or it is a terminal, `file`, and `invalid`
 * when it gives more than 1 MiB or text that is not UTF-8.
 */
export async function readFromDescriptor(descriptor: number): Promise<string> {
	assertReadable(descriptor);
	const what = `file descriptor ${descriptor}`;
	const buffer = Buffer.alloc(inputLimit + 1);
	let length = 0;
	let waited = 0;
	try {
		while (length < buffer.length) {
			const count = await readSome(descriptor, buffer, length);
			if (count === 0) break;
			if (count !== undefined) {
				length += count;
				waited = 0;
				continue;
			}
			if (waited >= patience) throw Object.assign(new Error(), {code: 'ETIMEDOUT'});
			waited += pause;
			await new Promise(resolve => setTimeout(resolve, pause));
		}
		if (descriptor > 2) await closeDescriptor(descriptor);
	} catch (error) {
		throw readingFailed(what, error);
	}
	if (length > inputLimit) throw new PharmerError('invalid', `${what} gives more than 1 MiB`);
	return decodeText(what, buffer.subarray(0, length));
}
