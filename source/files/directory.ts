import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {systemCode, unconfirmedError} from './errors.js';

/** What a system answers that can't bring a directory through to the disk at all. */
const noSync: readonly string[] = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR'];
const noAccess: readonly string[] = ['EACCES', 'EPERM'];

/**
 * Brings the names in a directory through to the disk. Does nothing where the system can't do that, or where a
 * directory may be written and not read. Throws the system's error for every other trouble.
 */
export function syncDirectory(directory: string): void {
	const handle = unless([...noSync, ...noAccess], () => fs.openSync(directory, 'r'));
	if (handle === undefined) return;
	try {
		unless(os.platform() === 'win32' ? [...noSync, ...noAccess] : noSync, () => fs.fsyncSync(handle));
	} finally {
		fs.closeSync(handle);
	}
}

function unless<Result>(codes: readonly string[], task: () => Result): Result | undefined {
	try {
		return task();
	} catch (error) {
		if (codes.includes(systemCode(error) ?? '')) return undefined;
		throw error;
	}
}

/**
 * Makes a directory of mode 0700 and those above it that are not there, through to the disk. Throws the system's
 * error.
 */
export function makeDirectory(directory: string): void {
	const first = fs.mkdirSync(directory, {recursive: true, mode: 0o700});
	if (first === undefined) return;
	const above = path.dirname(path.resolve(first));
	for (let made = path.resolve(directory); made !== above && made !== path.dirname(made); made = path.dirname(made))
		syncDirectory(path.dirname(made));
}

/**
 * After a file was put in its place: throws a `file` error that says so, with `shown` as its path, when the disk
 * does not confirm it.
 */
export function confirmPlaced(file: string, shown = file): void {
	try {
		syncDirectory(path.dirname(file));
	} catch (error) {
		throw unconfirmedError(error, shown);
	}
}
