import fs from 'node:fs';
import process from 'node:process';

/** A terminal that another process can write to later: its path, and what is at it now. */
export type TerminalDevice = {readonly path: string; readonly identity: string};

/** The major number of the devices of pseudo-terminals on Linux. */
const pseudoTerminals = 136;

/**
 * What is at a descriptor. A terminal that is opened later under the number of one that was closed has another time;
 * writing to it changes that time as little as its owner does. Undefined unless it is a device of this user.
 */
function identityOf(descriptor: number): string | undefined {
	const {dev, ino, rdev, ctimeNs, uid, mode} = fs.fstatSync(descriptor, {bigint: true});
	const isOurs = Number(uid) === process.geteuid?.() && (Number(mode) & fs.constants.S_IFMT) === fs.constants.S_IFCHR;
	return isOurs ? [dev, ino, rdev, ctimeNs].join(' ') : undefined;
}

/** Opens a terminal for writing: it does not become this process's own, and is not waited for. */
function open(path: string): number {
	return fs.openSync(path, fs.constants.O_WRONLY | fs.constants.O_NOCTTY | fs.constants.O_NONBLOCK);
}

/**
 * The pseudo-terminal that this process belongs to; undefined where there is none, it is another user's, or the system
 * is not Linux, which alone tells its number.
 */
export function ownTerminalDevice(): TerminalDevice | undefined {
	if (process.platform !== 'linux') return undefined;
	try {
		// After the name of the program: state, parent, group, session, terminal.
		const [, , , , number] = fs
			.readFileSync('/proc/self/stat', 'latin1')
			.replace(/^.*\) /s, '')
			.split(' ');
		const device = Number(number);
		if (((device >> 8) & 0xfff) !== pseudoTerminals) return undefined;
		const path = `/dev/pts/${(device & 0xff) | ((device >> 12) & 0xfff00)}`;
		const descriptor = open(path);
		try {
			const identity = identityOf(descriptor);
			return identity === undefined ? undefined : {path, identity};
		} finally {
			fs.closeSync(descriptor);
		}
	} catch {
		return undefined;
	}
}

/** Writes to a terminal unless it is gone, or its path leads to another by now. Throws `Error` when it did not. */
export function writeToDevice({path, identity}: TerminalDevice, text: string): void {
	const descriptor = open(path);
	try {
		if (identityOf(descriptor) !== identity) throw new Error('another terminal is there');
		fs.writeSync(descriptor, text);
	} finally {
		fs.closeSync(descriptor);
	}
}
