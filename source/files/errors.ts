import {PharmerError} from '../domain/errors.js';

const reasons: Readonly<Record<string, string>> = {
	EACCES: 'permission denied',
	EPERM: 'the system does not permit it',
	EROFS: 'the file system is read-only',
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk quota is used up',
	EFBIG: 'the file would be larger than the system permits',
	EIO: 'the disk reports an input or output error',
	EEXIST: 'something else is there',
	EISDIR: 'it is a directory',
	ENOTDIR: 'a part of its path is not a directory',
	ENOENT: 'its directory does not exist',
	ELOOP: 'its symbolic links form a loop',
	ENAMETOOLONG: 'its path is too long',
	EMFILE: 'too many files are open',
	ENFILE: 'too many files are open',
	EINTR: 'the system interrupted it',
	EBUSY: 'it is in use',
	ETXTBSY: 'it is in use',
	ESTALE: 'its network disk has lost it',
	ERR_INVALID_ARG_VALUE: 'that is not a valid path',
};

/** The code of an error of the system or of Node.js; undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
	const code = error instanceof Error && 'code' in error && !(error instanceof PharmerError) ? error.code : undefined;
	return typeof code === 'string' ? code : undefined;
}

/**
 * The `file` error to throw when a file was written but the disk does not confirm it; an error that is not the
 * system's is returned unchanged.
 */
export function unconfirmedError(error: unknown, path: string): unknown {
	const code = systemCode(error);
	if (code === undefined) return error;
	return new PharmerError(
		'file',
		`\`${path}\` is written, but the disk has not confirmed it: ${reason(code)}`,
		'the change is in the file, and may be gone after a power cut: check the disk, then save something again',
	);
}

/** The reason in words for a system error code. */
export function reason(code: string): string {
	return reasons[code] ?? `the system says ${code}`;
}
