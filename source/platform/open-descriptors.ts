import {fstatSync, lstatSync, readdirSync, readlinkSync, statSync} from 'node:fs';

/** A file descriptor, and which file is open at it. */
export type OpenDescriptor = {readonly number: number; readonly device: number; readonly inode: number};

const folder = '/proc/self/fd';
const ends = {reading: 0o400, writing: 0o200} as const;

/**
 * What /proc says of a descriptor: what is open, and for which of `ends`; undefined when it was closed in the
 * meantime.
 */
function lookAt(number: number): {readonly number: number; readonly link: string; readonly end: number} | undefined {
	try {
		const path = `${folder}/${number}`;
		return {number, link: readlinkSync(path), end: lstatSync(path).mode & (ends.reading | ends.writing)};
	} catch {
		return undefined;
	}
}

type File = {readonly device: number; readonly inode: number};

/** The file that is open at a descriptor, or is at a path; undefined when there is none. */
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
 * The descriptors from 3 on that the parent passed to this process. Call it before any stream is opened: all that
 * Node.js itself has open by then is its event queues, and pipes of which it has both ends. Empty where there is no
 * /proc.
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

/** Node.js leaves higher ones open by itself, unless all below them are open. */
const highest = 255;

/**
 * The numbers of the descriptors that are still the same: one that was closed in the meantime may be another file by
 * now. Leaves out the files at the `secret` paths, such as /dev/fd/7.
 */
export function stillOpen(given: readonly OpenDescriptor[], secret: readonly string[]): readonly number[] {
	const hidden = secret.map(path => describe(path));
	return given
		.filter(({number}) => number <= highest)
		.filter(each => isSame(each, describe(each.number)) && !hidden.some(other => isSame(each, other)))
		.map(({number}) => number);
}
