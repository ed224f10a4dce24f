import {writeSync} from 'node:fs';

/** Whether a descriptor is a terminal. */
export function isTerminal(descriptor: number): boolean {
	return process.getBuiltinModule('node:tty').isatty(descriptor);
}

/**
 * Writes a text to standard output without opening its stream, which takes a while. Ends the process quietly when its
 * reader is gone, and with exit code 9 when it can't be written for another reason, as `guardStreams()` does.
 */
export function writeOut(text: string): void {
	const bytes = Buffer.from(text);
	try {
		for (let at = 0; at < bytes.length; ) at += written(bytes, at);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code !== 'EPIPE') writeSync(2, `pharmer: standard output can't be written: ${code}\n`);
		process.exit(code === 'EPIPE' ? 0 : 9);
	} finally {
		bytes.fill(0);
	}
}

/** How many bytes were written. Whoever shares the pipe may have made it one that does not wait. */
function written(bytes: Buffer, at: number): number {
	try {
		return writeSync(1, bytes, at);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
		return 0;
	}
}
