import {fstatSync, lstatSync, readdirSync, readFileSync, readlinkSync, statSync} from 'node:fs';

/** A file descriptor, and which file is open at it. */
export type OpenDescriptor = {readonly number: number; readonly device: number; readonly inode: number};

const folder = '/proc/self/fd';
const ends = {reading: 0o400, writing: 0o200} as const;

/** A descriptor, and its link in /proc to what is open at it. */
type Descriptor = {readonly number: number; readonly path: string};

/** All descriptors from 3 on; undefined where there is no /proc. */
export function openDescriptors(): readonly Descriptor[] | undefined {
	try {
		return readdirSync(folder)
			.map(Number)
			.filter(number => number > 2)
			.map(number => ({number, path: `${folder}/${number}`}));
	} catch {
		return undefined;
	}
}

/** What is open at a descriptor; empty when it was closed in the meantime. */
function linkOf(path: string): string {
	try {
		return readlinkSync(path);
	} catch {
		return '';
	}
}

/** For which of `ends` a descriptor is open. */
function endOf({path}: Descriptor): number {
	const {mode = 0} = lstatSync(path, {throwIfNoEntry: false}) ?? {};
	return mode & (ends.reading | ends.writing);
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
	const open = (openDescriptors() ?? []).map(each => ({...each, link: linkOf(each.path)}));
	const isOwnPipe = (link: string): boolean => {
		const same = open.filter(other => other.link === link);
		if (same.length < 2) return false;
		const found = same.map(endOf);
		return found.includes(ends.reading) && found.includes(ends.writing);
	};
	return open
		.filter(({link}) => link !== '' && !link.startsWith('anon_inode:'))
		.filter(({link}) => !(link.startsWith('pipe:') && isOwnPipe(link)))
		.flatMap(({number}) => {
			const file = describe(number);
			return file === undefined ? [] : [{number, ...file}];
		});
}

/** Node.js leaves higher ones open by itself, unless all below them are open. */
const highest = 255;
/** O_CLOEXEC, as /proc has it. */
const closesOnExec = 0o2000000;

/** Whether a child process would be without a descriptor that is not passed on: Node.js has seen to that. */
function isClosedInChild(number: number): boolean {
	try {
		const [, flags = ''] = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${number}`, 'utf8')) ?? [];
		return (Number.parseInt(flags, 8) & closesOnExec) !== 0;
	} catch {
		return true;
	}
}

/**
 * The numbers of the descriptors that have to be passed on and are still the same: one that was closed in the meantime
 * may be another file by now. Leaves out the files at the `secret` paths, such as /dev/fd/7.
 */
export function stillOpen(given: readonly OpenDescriptor[], secret: readonly string[]): readonly number[] {
	const hidden = secret.map(path => describe(path));
	return given
		.filter(({number}) => number <= highest && isClosedInChild(number))
		.filter(each => isSame(each, describe(each.number)) && !hidden.some(other => isSame(each, other)))
		.map(({number}) => number);
}
