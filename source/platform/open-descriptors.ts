import {fstatSync, lstatSync, readdirSync, readlinkSync} from 'node:fs';

/** A file descriptor, and which file is open there. */
export type OpenDescriptor = {readonly number: number; readonly device: number; readonly inode: number};

const folder = '/proc/self/fd';
const ends = {reading: 0o400, writing: 0o200} as const;

/** What /proc tells of a descriptor: what is open, and for which of `ends`; undefined when it was closed meanwhile. */
function lookAt(number: number): {readonly number: number; readonly link: string; readonly end: number} | undefined {
	try {
		const path = `${folder}/${number}`;
		return {number, link: readlinkSync(path), end: lstatSync(path).mode & (ends.reading | ends.writing)};
	} catch {
		return undefined;
	}
}

function describe(number: number): OpenDescriptor | undefined {
	try {
		const {dev: device, ino: inode} = fstatSync(number);
		return {number, device, inode};
	} catch {
		return undefined;
	}
}

/**
 * The descriptors from 3 on that this process was handed by whoever started it. To be called before any stream is
 * opened: what Node.js has open by then is its own event queues, and pipes of which it has both ends. Empty where
 * there is no /proc.
 */
export function givenDescriptors(): readonly OpenDescriptor[] {
	if (process.platform !== 'linux') return [];
	try {
		const open = readdirSync(folder)
			.map(Number)
			.filter(number => number > 2)
			.map(lookAt)
			.filter(each => each !== undefined);
		const isOpenFor = (link: string, end: number): boolean =>
			open.some(other => other.link === link && other.end === end);
		return open
			.filter(({link}) => !link.startsWith('anon_inode:'))
			.filter(({link}) => !(link.startsWith('pipe:') && isOpenFor(link, ends.reading) && isOpenFor(link, ends.writing)))
			.map(({number}) => describe(number))
			.filter(each => each !== undefined);
	} catch {
		return [];
	}
}

/** The numbers of those that are still what they were: one that was closed meanwhile may have become another file. */
export function stillOpen(given: readonly OpenDescriptor[]): readonly number[] {
	return given
		.filter(({number, device, inode}) => {
			const now = describe(number);
			return now?.device === device && now.inode === inode;
		})
		.map(({number}) => number);
}
