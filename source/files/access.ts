import fs from 'node:fs';
import path from 'node:path';

/** A file's owner, group and permission bits. */
export type Access = {readonly uid: number; readonly gid: number; readonly mode: number};

/** The access of a file; undefined when it can't be examined. */
export function accessOf(file: string): Access | undefined {
	try {
		const {uid, gid, mode} = fs.statSync(file);
		return {uid, gid, mode: mode & 0o7777};
	} catch {
		return undefined;
	}
}

/**
 * The access for a file beside `file`: the same owner, readable by whoever may read `file`. Without `file`, the owner
 * of its directory, and mode 0600. So what root leaves in a user's directory belongs to that user.
 */
export function accessBeside(file: string): Access | undefined {
	const access = accessOf(file);
	if (access !== undefined) return {...access, mode: 0o600 | (access.mode & 0o044)};
	const directory = accessOf(path.dirname(file));
	return directory && {...directory, mode: 0o600};
}

/** Gives a newly made file that access, as far as the system permits: only root may give files away. */
export function giveAccess(handle: number, {uid, gid, mode}: Access): void {
	try {
		const given = fs.fstatSync(handle);
		if (given.uid !== uid || given.gid !== gid) fs.fchownSync(handle, uid, gid);
		if ((given.mode & 0o7777) !== mode) fs.fchmodSync(handle, mode);
	} catch {}
}
