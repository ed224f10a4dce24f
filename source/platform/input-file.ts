import {constants, type Stats} from 'node:fs';
import {type FileHandle, lstat, open, readlink, realpath} from 'node:fs/promises';
import {sep} from 'node:path';
import {PharmerError} from '../domain/errors.js';

/** The largest input that is read, in bytes. */
export const inputLimit = 1024 * 1024;

const reasons: Readonly<Record<string, readonly [problem: string, hint: string]>> = {
	ENOENT: ['does not exist', 'check the path'],
	ENOTDIR: ['does not exist', 'check the path'],
	EACCES: ['may not be read', 'check its permissions'],
	EPERM: ['may not be read', 'check its permissions'],
	EISDIR: ['is a directory', 'name a file'],
};

/** The errors of opening a path where nothing is. */
const absent = ['ENOENT', 'ENOTDIR', 'ELOOP'];

/** The `file` error for a failure to read `what` (a path in back-ticks, or `standard input`). */
export function readingFailed(what: string, error: unknown): PharmerError {
	const code = (error as NodeJS.ErrnoException).code ?? 'an unknown error';
	const [problem, hint] = reasons[code] ?? [`can't be read: ${code}`, undefined];
	return new PharmerError('file', `${what} ${problem}`, hint);
}

/** The error for a path where nothing is. */
export function missingFile(path: string): PharmerError {
	return readingFailed(`\`${path}\``, {code: 'ENOENT'});
}

/** The text of `bytes`, without a byte order mark. Throws `invalid` when they are not UTF-8. */
export function decodeText(what: string, bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		throw new PharmerError('invalid', `${what} is not UTF-8 text`, 'save it as UTF-8 and try again');
	}
}

function tooLarge(what: string, limit = inputLimit): PharmerError {
	const size = limit < inputLimit ? `${limit / 1024} KiB` : `${limit / inputLimit} MiB`;
	const usual = limit > inputLimit ? 'a template' : 'a credential';
	return new PharmerError('invalid', `${what} is larger than ${size}`, `${usual} is much smaller: check the path`);
}

/** Reads at most one byte more than the limit, however long the file is. A short file takes little memory. */
async function readHandle(handle: FileHandle, limit = inputLimit): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	while (length <= limit) {
		const chunk = Buffer.alloc(Math.min(inputLimit, limit - length) + 1);
		const {bytesRead} = await handle.read(chunk, 0, chunk.length, null);
		if (bytesRead === 0) break;
		chunks.push(chunk.subarray(0, bytesRead));
		length += bytesRead;
	}
	return Buffer.concat(chunks);
}

async function readStream(stream: AsyncIterable<Buffer | string>, limit = inputLimit): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream) {
		const bytes = Buffer.from(chunk);
		chunks.push(bytes);
		length += bytes.length;
		if (length > limit) break;
	}
	return Buffer.concat(chunks);
}

/** The text of a file that was read, and whether users other than its owner may read it. */
export type InputFile = {readonly text: string; readonly exposed: boolean};

/**
 * The text of the file at `path`, which may be a pipe or a device, up to 1 MiB. Throws `file` with the reason when it
 * can't be read, `invalid` when it is larger or not UTF-8.
 */
export async function readInputFile(path: string): Promise<InputFile> {
	const what = `\`${path}\``;
	let bytes: Buffer;
	let exposed: boolean;
	try {
		const handle = await open(path, 'r');
		try {
			const status = await handle.stat();
			exposed = process.platform !== 'win32' && status.isFile() && (status.mode & 0o044) !== 0;
			bytes = await readHandle(handle);
		} finally {
			await handle.close();
		}
	} catch (error) {
		throw readingFailed(what, error);
	}
	if (bytes.length > inputLimit) throw tooLarge(what);
	return {text: decodeText(what, bytes), exposed};
}

/**
 * The text of a regular file, up to `limit` bytes, and its permission bits. Undefined when nothing is there, or when
 * the file lies outside the directory `within` once links are followed. A pipe, a device or a file that would block is
 * not read. Throws `file` and `invalid`.
 */
export async function readOrdinaryFile(
	path: string,
	limit = inputLimit,
	within?: string,
): Promise<{readonly text: string; readonly mode: number} | undefined> {
	const what = `\`${path}\``;
	const {O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0} = constants;
	let bytes: Buffer;
	let mode: number;
	try {
		const handle = await open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
		try {
			const status = await handle.stat();
			if (within !== undefined && !(await isWithin(within, path, handle, status))) return undefined;
			if (!status.isFile()) throw new PharmerError('file', `${what} is not a regular file`, 'check the path');
			mode = status.mode & 0o777;
			if (status.size > limit) throw tooLarge(what, limit);
			bytes = await readHandle(handle, limit);
		} finally {
			await handle.close();
		}
	} catch (error) {
		if (error instanceof PharmerError) throw error;
		if (absent.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
		throw readingFailed(what, error);
	}
	if (bytes.length > limit) throw tooLarge(what, limit);
	return {text: decodeText(what, bytes), mode};
}

const liesIn = (directory: string, path: string): boolean =>
	path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);

/** Where a path leads through all links; undefined when that is neither `directory` nor inside it. */
export async function placeWithin(directory: string, path: string): Promise<string | undefined> {
	try {
		const [whole, target] = await Promise.all([realpath(directory), realpath(path)]);
		return liesIn(whole, target) ? target : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Whether the file that was opened at a path is inside the directory: somebody may have put a link there for a
 * moment.
 */
async function isWithin(directory: string, path: string, {fd}: FileHandle, opened: Stats): Promise<boolean> {
	const target = await placeWithin(directory, path);
	if (target === undefined) return false;
	if (process.platform === 'linux') {
		// The kernel knows where the open file is; any path can lead elsewhere by now.
		const place = await readlink(`/proc/self/fd/${fd}`).catch(() => undefined);
		if (place !== undefined) return liesIn(await realpath(directory), place);
	}
	const {ino, dev} = await lstat(target);
	return ino === opened.ino && dev === opened.dev;
}

/** All of standard input as text, up to 1 MiB. Throws as `readInputFile()` does. */
export async function readStandardInput(stream: AsyncIterable<Buffer | string>): Promise<string> {
	let bytes: Buffer;
	try {
		bytes = await readStream(stream);
	} catch (error) {
		throw readingFailed('standard input', error);
	}
	if (bytes.length > inputLimit) throw tooLarge('standard input');
	return decodeText('standard input', bytes);
}

/** The largest template that is read, in bytes. */
const templateLimit = 16 * inputLimit;

/**
 * The bytes of the file at `path`, which may be a pipe or a device, or of `input` for `-`, up to 16 MiB. Throws `file`
 * and `invalid`.
 */
export async function readTemplateFile(path: string, input: AsyncIterable<Buffer | string>): Promise<Buffer> {
	const what = path === '-' ? 'standard input' : `\`${path}\``;
	let bytes: Buffer;
	try {
		if (path === '-') {
			bytes = await readStream(input, templateLimit);
		} else {
			const handle = await open(path, 'r');
			try {
				bytes = await readHandle(handle, templateLimit);
			} finally {
				await handle.close();
			}
		}
	} catch (error) {
		throw readingFailed(what, error);
	}
	if (bytes.length > templateLimit) throw tooLarge(what, templateLimit);
	return bytes;
}
