import {closeSync, openSync, writeSync} from 'node:fs';
import {isatty, ReadStream} from 'node:tty';
import {hangUp} from './ending.js';

/**
 * The terminal this process belongs to, for questions while standard input is something else; undefined when there is
 * none. Whoever opens it destroys it.
 */
export function openControllingTerminal(): ReadStream | undefined {
	let descriptor: number;
	try {
		descriptor = process.platform === 'win32' ? openSync('\\\\.\\CONIN$', 'r+') : openSync('/dev/tty', 'r');
	} catch {
		return undefined;
	}
	if (isatty(descriptor)) return endingWithTerminal(new ReadStream(descriptor), descriptor);
	closeSync(descriptor);
	return undefined;
}

/**
 * The same stream, whose end counts as a hang-up when the terminal at its descriptor is gone: the signal may come
 * later, or not at all.
 */
export function endingWithTerminal<Stream extends NodeJS.ReadableStream>(stream: Stream, descriptor: number): Stream {
	const onEnd = (): void => {
		if (!isatty(descriptor)) hangUp();
	};
	stream.on('end', onEnd).on('error', onEnd);
	return stream;
}

/** Writes to the terminal this process belongs to, wherever its output goes. Throws `Error` when there is none. */
export function writeOnControllingTerminal(text: string): void {
	const descriptor = openSync(process.platform === 'win32' ? '\\\\.\\CONOUT$' : '/dev/tty', 'w');
	try {
		writeSync(descriptor, text);
	} finally {
		closeSync(descriptor);
	}
}

/** Does the same, and nothing when the terminal is gone. */
export function writeToControllingTerminal(text: string): void {
	try {
		writeOnControllingTerminal(text);
	} catch {
		// The terminal is gone, and so is its reader.
	}
}
