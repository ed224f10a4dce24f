import fs from 'node:fs';

/** What differs between two states of a file, or of what is at its path. */
export type Stamp = {
	readonly text: string;
	/** When the file was changed last, by the clock of its disk, in milliseconds since 1970. */
	readonly changed: number;
};

/** How coarse the clock of a disk may be, and how far from that of this machine, in milliseconds. */
const coarse = 3000;

/** The stamp of the file at a path; undefined when it can't be opened: a network disk looks anew then. */
export function stampOf(path: string): Stamp | undefined {
	const {O_RDONLY, O_NONBLOCK = 0} = fs.constants;
	try {
		const handle = fs.openSync(path, O_RDONLY | O_NONBLOCK);
		try {
			const {dev, ino, size, mtimeNs, ctimeNs} = fs.fstatSync(handle, {bigint: true});
			return {text: [dev, ino, size, mtimeNs, ctimeNs].join(' '), changed: Number(ctimeNs / 1_000_000n)};
		} finally {
			fs.closeSync(handle);
		}
	} catch {
		return undefined;
	}
}

/**
 * Whether a file that has this stamp after it was read, and the same one before, is as it was read for as long as it
 * has it. A file that was changed just now could be changed again at what its disk takes for the same time.
 */
export function isSteady({changed}: Stamp, now = Date.now()): boolean {
	return now - changed > coarse;
}
