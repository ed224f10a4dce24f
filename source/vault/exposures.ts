import fs from 'node:fs';
import path from 'node:path';
import {PharmerError} from '../domain/errors.js';
import type {Exposure} from '../domain/exposure.js';
import {ownUser} from '../files/lock-holder.js';
import {realFile} from '../files/safe-file.js';
import {modeError} from './file-error.js';

const groupAndOthers = {read: 0o044, write: 0o022, all: 0o077} as const;
const sticky = 0o1000;

/**
 * How others can get at the vault at that path, which may not exist yet: through its directory, the directory of a
 * link to it, or the file itself. Judged by owner and permission bits; empty on Windows, and for what can't be
 * examined.
 */
export function exposuresOf(place: string): readonly Exposure[] {
	if (ownUser() === undefined) return [];
	const file = realFile(place);
	const directories = new Set([path.dirname(file), realFile(path.dirname(place))]);
	return [...[...directories].map(directoryExposure), fileExposure(file)].filter(each => each !== undefined);
}

function directoryExposure(directory: string): Exposure | undefined {
	const status = statusOf(directory);
	if (status?.isDirectory() !== true) return undefined;
	const isWritable = (status.mode & groupAndOthers.write) !== 0;
	const isForeign = status.uid !== 0 && !isOwn(status);
	if (!isWritable && !isForeign) return undefined;
	// Everybody is meant to write in a sticky directory, such as /tmp.
	const isClosable = isOwn(status) && (status.mode & sticky) === 0;
	return {path: directory, what: 'directory', others: 'write in', ...(isClosable ? {remedy: 'chmod go-w'} : {})};
}

function fileExposure(file: string): Exposure | undefined {
	const status = statusOf(file);
	if (status?.isFile() !== true) return undefined;
	const isReadable = (status.mode & groupAndOthers.read) !== 0;
	const isWritable = (status.mode & groupAndOthers.write) !== 0;
	if (!isReadable && !isWritable) return undefined;
	const others = isReadable && isWritable ? 'read and write to' : isReadable ? 'read' : 'write to';
	return {path: file, what: 'file', others, ...(isOwn(status) ? {remedy: 'chmod go-rwx'} : {})};
}

/** Applies the exposure's remedy, if it has one, to a file or directory that is still ours. Throws `file`. */
export function endExposure({path: place, what, remedy}: Exposure): void {
	if (remedy === undefined) return;
	const {O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0} = fs.constants;
	try {
		const handle = fs.openSync(place, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
		try {
			const status = fs.fstatSync(handle);
			if (!isOwn(status) || (what === 'file' ? !status.isFile() : !status.isDirectory()))
				throw new PharmerError(
					'file',
					`somebody has put something else in the place of \`${place}\``,
					'look at it first',
				);
			fs.fchmodSync(handle, status.mode & 0o7777 & ~groupAndOthers[remedy === 'chmod go-w' ? 'write' : 'all']);
		} finally {
			fs.closeSync(handle);
		}
	} catch (error) {
		throw modeError(error, place);
	}
}

function isOwn({uid}: fs.Stats): boolean {
	return uid === ownUser();
}

function statusOf(file: string): fs.Stats | undefined {
	try {
		return fs.lstatSync(file);
	} catch {
		return undefined;
	}
}
