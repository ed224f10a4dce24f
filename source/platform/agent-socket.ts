import {lstatSync, realpathSync, statSync} from 'node:fs';
import {dirname, isAbsolute, join, resolve} from 'node:path';
import type {Environment} from '../domain/environment.js';

/** The longest path of a socket, in bytes: Node.js 20 cuts a longer one without a word (sun_path has 104 to 108). */
export const socketPathLimit = 100;

/** Where the agent's socket can be. */
export type SocketPlaces = {
	/** The directories, the preferred one first. */
	readonly directories: readonly string[];
	/** The system's own directory for sockets of this user, if the environment names one. */
	readonly runtime: string | undefined;
};

/** The places, for the directory of the settings. Looks at nothing. */
export function socketPlaces({XDG_RUNTIME_DIR: named}: Environment, settings: string): SocketPlaces {
	const own = join(settings, 'run');
	if (!named || !isAbsolute(named)) return {directories: [own], runtime: undefined};
	// Without a slash at its end.
	const runtime = resolve(named);
	return {directories: [inRuntime(runtime), own], runtime};
}

/** The socket in the first directory that nobody else can reach; undefined when there is none. Makes nothing. */
export function findSocket({directories}: SocketPlaces): string | undefined {
	for (const directory of directories) {
		const found = safeDirectory(directory);
		if (found !== undefined) return socketIn(found);
	}
	return undefined;
}

/** All sockets that can be this user's, also where the environment of another of their processes puts one. */
export function allSockets({directories}: SocketPlaces): readonly string[] {
	const usual = inRuntime(`/run/user/${process.geteuid?.()}`);
	const found = [...directories, usual].flatMap(directory => safeDirectory(directory) ?? []);
	return [...new Set(found)].flatMap(directory => socketIn(directory) ?? []);
}

const inRuntime = (runtime: string): string => join(runtime, 'pharmer');

/**
 * The real path of a directory for the socket, by which it has to be used; undefined unless nobody else can enter it,
 * nor put another one in the place of it or of one that it is in.
 */
export function safeDirectory(directory: string): string | undefined {
	if (!isOurs(directory)) return undefined;
	try {
		const real = realpathSync.native(directory);
		return exposedAncestor(real) === undefined ? real : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The nearest directory above a real path in which somebody else can rename what this user has there; undefined when
 * there is none. What belongs to somebody else is theirs, as after `su`.
 */
export function exposedAncestor(real: string): string | undefined {
	const parent = dirname(real);
	if (letsOthersRename(statSync(parent), process.geteuid?.())) return parent;
	return parent === real ? undefined : exposedAncestor(parent);
}

/** Whether somebody other than that user and root can rename what the user has in a directory with this status. */
export function letsOthersRename(
	{uid, mode}: {readonly uid: number; readonly mode: number},
	user: number | undefined,
): boolean {
	const isSticky = (mode & 0o1000) !== 0;
	return (uid !== user && uid !== 0) || (!isSticky && (mode & 0o022) !== 0);
}

/** Whether that is a directory, no link, which belongs to this user and which nobody else can enter. */
export function isOurs(directory: string): boolean {
	try {
		const status = lstatSync(directory);
		return status.isDirectory() && status.uid === process.geteuid?.() && (status.mode & 0o077) === 0;
	} catch {
		return false;
	}
}

/** The socket in such a directory; undefined when its path is longer than a socket's can be. */
export function socketIn(directory: string): string | undefined {
	const socket = join(directory, 'agent.sock');
	return Buffer.byteLength(socket) <= socketPathLimit ? socket : undefined;
}

/** Which file is at a path; undefined when there is none. */
export function identityOf(file: string): string | undefined {
	try {
		const {dev, ino} = lstatSync(file, {bigint: true});
		return `${dev} ${ino}`;
	} catch {
		return undefined;
	}
}
