import fs from 'node:fs';
import path from 'node:path';

/** Whose a file is, and its permission bits. */
export type Access = {readonly uid: number; readonly gid: number; readonly mode: number};

/** The access of a file, or undefined where none can be looked at. */
export function accessOf(file: string): Access | undefined {
	try {
		const {uid, gid, mode} = fs.statSync(file);
		return {uid, gid, mode: mode & 0o7777};
	} catch {
		return undefined;
	}
}

/**
 * The access for what lies beside `file`: its owner's, to read for whoever may read that one. Where there is no
 * such file, the owner's of its directory. So what root leaves in somebody's directory is theirs.
 */
export function accessBeside(file: string): Access | undefined {
	const access = accessOf(file);
	if (access !== undefined) return {...access, mode: 0o600 | (access.mode & 0o044)};
	const directory = accessOf(path.dirname(file));
	return directory && {...directory, mode: 0o600};
}

/** Gives a file that was just made that access, as far as the system permits it: only root may give files away. */
export function giveAccess(handle: number, {uid, gid, mode}: Access): void {
	try {
		const given = fs.fstatSync(handle);
		if (given.uid !== uid || given.gid !== gid) fs.fchownSync(handle, uid, gid);
		if ((given.mode & 0o7777) !== mode) fs.fchmodSync(handle, mode);
	} catch {}
}
