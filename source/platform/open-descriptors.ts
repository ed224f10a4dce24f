import {fstatSync, lstatSync, readdirSync, readlinkSync, statSync} from 'node:fs';

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

type File = {readonly device: number; readonly inode: number};

/** Which file is open at a descriptor, or is at a path; undefined when none is. */
function describe(place: number | string): File | undefined {
	try {
		const {dev: device, ino: inode} = typeof place === 'number' ? fstatSync(place) : statSync(place);
		return {device, inode};
	} catch {
		return undefined;
	}
}

function isSame(one: File, other: File | undefined): boolean {
	return one.device === other?.device && one.inode === other.inode;
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
			.flatMap(({number}) => {
				const file = describe(number);
				return file === undefined ? [] : [{number, ...file}];
			});
	} catch {
		return [];
	}
}

/** Higher ones than this Node.js leaves open by itself, unless all below them are. */
const highest = 255;

/**
 * The numbers of those that are still what they were: one that was closed meanwhile may have become another file. None
 * is one of the files at `secret` paths, such as /dev/fd/7.
 */
export function stillOpen(given: readonly OpenDescriptor[], secret: readonly string[]): readonly number[] {
	const hidden = secret.map(path => describe(path));
	return given
		.filter(({number}) => number <= highest)
		.filter(each => isSame(each, describe(each.number)) && !hidden.some(other => isSame(each, other)))
		.map(({number}) => number);
}
