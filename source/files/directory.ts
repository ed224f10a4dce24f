import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {systemCode, unconfirmedError} from './errors.js';

/** Errors of systems that can't sync a directory to disk at all. */
const noSync: readonly string[] = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR'];
const noAccess: readonly string[] = ['EACCES', 'EPERM'];

/**
 * Syncs the names in a directory to disk. Does nothing where the system can't do that, or where the directory may be
 * written but not read. Throws the system's error for any other failure.
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

/** Makes a directory of mode 0700 and its missing parents, synced to disk. Throws the system's error. */
export function makeDirectory(directory: string): void {
	const missing: string[] = [];
	for (
		let each = path.resolve(directory);
		!fs.existsSync(each) && each !== path.dirname(each);
		each = path.dirname(each)
	)
		missing.unshift(each);
	// One after the other: where a parent can't be made, such as below /proc, Node.js's recursive mkdir never ends.
	for (const each of missing) unless(['EEXIST'], () => fs.mkdirSync(each, {mode: 0o700}));
	if (!fs.statSync(directory).isDirectory()) throw Object.assign(new Error('not a directory'), {code: 'EEXIST'});
	for (const each of missing.reverse()) syncDirectory(path.dirname(each));
}

/**
 * Confirms that a file that was put in its place is on disk. When the disk does not confirm it, throws a `file` error
 * that says so, with `shown` as the path.
 */
export function confirmPlaced(file: string, shown = file): void {
	try {
		syncDirectory(path.dirname(file));
	} catch (error) {
		throw unconfirmedError(error, shown);
	}
}
