import fs from 'node:fs';
import {systemCode} from '../files/errors.js';
import {keyBytes} from '../vault/keys/cipher.js';
import type {TimedClearing} from './clearings.js';
import {keyMemory} from './key-memory.js';
import {type Lease, parseLease, parseLine, parseTimedClearing, requestLimit} from './protocol.js';

/**
 * What a new agent is told: where its socket is to be, and the first vault with its key; or a clipboard to empty, and
 * no socket where nobody is to reach it.
 */
export type Start =
	| {readonly socket: string; readonly lease: Lease; readonly key: Buffer}
	| {readonly socket: string; readonly timed: TimedClearing}
	| {readonly socket: undefined; readonly timed: TimedClearing};

/** What a new agent says once it serves. */
export const readyLine = 'ready\n';

/** The line that a new agent reads. After that of a lease follow the key's raw bytes. */
export function startLine(socket: string | undefined, first: Lease | TimedClearing): string {
	return `${JSON.stringify({socket, ...first})}\n`;
}

/**
 * Reads once, to that place, and returns the number of bytes; undefined when there was nothing yet. Node.js has made
 * standard input a pipe that does not wait, and whoever writes to it may be slow.
 */
function readSome(descriptor: number, bytes: Buffer, at: number): number | undefined {
	try {
		return fs.readSync(descriptor, bytes, at, bytes.length - at, null);
	} catch (error) {
		if (systemCode(error) !== 'EAGAIN') throw error;
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
		return undefined;
	}
}

/** Reads it from a descriptor, to its end. Throws `Error` for anything else. */
export function readStart(descriptor: number): Start {
	const bytes = Buffer.allocUnsafeSlow(requestLimit + keyBytes + 1);
	let length = 0;
	try {
		for (let read: number | undefined; read !== 0 && length < bytes.length; length += read ?? 0)
			read = readSome(descriptor, bytes, length);
		const end = bytes.subarray(0, length).indexOf('\n');
		const {socket, ...members} = parseLine(bytes.toString('utf8', 0, Math.max(0, end)));
		const [lease, timed] = [parseLease(members), parseTimedClearing(members)];
		const isPlace = typeof socket === 'string';
		const rest = length - end - 1;
		if (timed !== undefined && rest === 0) {
			if (isPlace) return {socket, timed};
			if (socket === undefined) return {socket, timed};
		}
		if (!isPlace || lease === undefined || rest !== keyBytes) throw new Error('it was not started by pharmer');
		const key = keyMemory(keyBytes);
		bytes.copy(key, 0, end + 1, length);
		return {socket, lease, key};
	} finally {
		bytes.fill(0);
	}
}
