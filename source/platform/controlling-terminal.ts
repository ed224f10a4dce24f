import {closeSync, openSync} from 'node:fs';
import {isatty, ReadStream} from 'node:tty';

/**
 * The terminal this process belongs to, for questions while standard input is something else, or undefined when there is
 * none. Whoever opens it destroys it.
 */
export function openControllingTerminal(): ReadStream | undefined {
	let descriptor: number;
	try {
		descriptor = process.platform === 'win32' ? openSync('\\\\.\\CONIN$', 'r+') : openSync('/dev/tty', 'r');
	} catch {
		return undefined;
	}
	if (isatty(descriptor)) return new ReadStream(descriptor);
	closeSync(descriptor);
	return undefined;
}
