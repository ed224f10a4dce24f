import {createHash} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import process from 'node:process';
import {isObject} from '../domain/json.js';
import {systemCode} from './errors.js';
import {readBeside} from './safe-file.js';

/** Who holds a lock, according to the lock's file. */
export type Holder = {
	readonly pid: number;
	readonly host: string;
	/**
	 * The namespaces of its process number and its clock, since containers can share a host name; empty where
	 * unknown.
	 */
	readonly space: string;
	/**
	 * When the process started, as the system counts, to tell it from a later one with the same pid; empty where
	 * unknown.
	 */
	readonly started: string;
	/** When it took the lock, RFC 3339. */
	readonly at: string;
};

/** A lock that exists. */
export type Found = {
	/** Distinguishes this lock from every other one that was or will be at its path. */
	readonly token: string;
	/** Milliseconds since 1970, by the disk's clock. */
	readonly modified: number;
	/** Undefined when the lock's file could not be understood. */
	readonly holder: Holder | undefined;
};

/**
 * Age in milliseconds at which a lock is stale when its holder can't be checked from here. Work under a lock takes
 * well below a second.
 */
const staleMs = 60_000;

/** The text of a lock's file for this process, or for the one with number `pid`. */
export function holderText(token: string, now: Date, pid = process.pid): string {
	return `${JSON.stringify({token, ...holderNow(now, pid)})}\n`;
}

/** This process as a holder, or the one with number `pid`. */
export function holderNow(now: Date, pid = process.pid): Holder {
	const started = processState(pid)?.started ?? '';
	return {pid, host: os.hostname(), space: pidSpace(), started, at: now.toISOString()};
}

/** The uid that owns the files this process makes; undefined on Windows. */
export function ownUser(): number | undefined {
	return process.geteuid?.();
}

/** Whether something belongs to this user or to root, as far as that can be told. */
export function isOurs({uid}: fs.Stats): boolean {
	const own = ownUser();
	return own === undefined || uid === own || uid === 0;
}

/** The lock at a path; undefined when there is none. Throws the system's error. */
export function findLock(file: string): Found | undefined {
	try {
		const text = readBeside(file).toString();
		const {ino, mtimeMs: modified} = fs.statSync(file);
		const parsed = parseHolder(text);
		const token = parsed?.token ?? createHash('sha256').update(`${ino} ${modified} ${text}`).digest('hex');
		return {token, modified, holder: parsed};
	} catch (error) {
		if (systemCode(error) === 'ENOENT') return undefined;
		if (isBeingRemoved(error)) return {token: '', modified: Number.POSITIVE_INFINITY, holder: undefined};
		throw error;
	}
}

/** Whether this is the error that Windows gives for a file that is being removed while somebody still reads it. */
export function isBeingRemoved(error: unknown): boolean {
	return process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(systemCode(error) ?? '');
}

/** Whether a lock is stale: nobody can hold it any more. `diskNow` is the time by the disk's clock. */
export function isDead({holder, modified}: Found, diskNow: number): boolean {
	return (holder && isGone(holder)) ?? diskNow - modified > staleMs;
}

/** Whether the process has ended; undefined when it can't be seen from here. */
export function isGone({pid, host, space, started, at}: Holder): boolean | undefined {
	if (host !== os.hostname() || space !== pidSpace()) return undefined;
	if (!isRunning(pid)) return true;
	if (started !== '') {
		const state = processState(pid);
		return state !== undefined && (state.ended || state.started !== started);
	}
	const booted = Date.now() - os.uptime() * 1000;
	return Date.parse(at) < booted - staleMs;
}

function parseHolder(text: string): (Holder & {readonly token: string}) | undefined {
	try {
		const value: unknown = JSON.parse(text);
		const {token, pid, host, space, started, at} = isObject(value) ? value : {};
		const isNumber = typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0;
		if (!isNumber || typeof token !== 'string' || typeof host !== 'string' || typeof space !== 'string')
			return undefined;
		return typeof started === 'string' && typeof at === 'string' ? {token, pid, host, space, started, at} : undefined;
	} catch {
		return undefined;
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return systemCode(error) !== 'ESRCH';
	}
}

/**
 * Reads Linux's /proc/PID/stat: field 3 is the state, field 22 the start, and field 2 may hold anything in
 * parentheses.
 */
function processState(pid: number): {readonly started: string; readonly ended: boolean} | undefined {
	try {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return {started: fields[19] ?? '', ended: fields[0] === 'Z' || fields[0] === 'X'};
	} catch {
		return undefined;
	}
}

function pidSpace(): string {
	const link = (name: string): string => {
		try {
			return fs.readlinkSync(`/proc/self/ns/${name}`);
		} catch {
			return '';
		}
	};
	// In another time namespace a process has another start.
	return `${link('pid')} ${link('time')}`.trim();
}
