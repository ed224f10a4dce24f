import {fstatSync, statSync, writeSync} from 'node:fs';

const devNull = '/dev/null';

/** Whether a descriptor is a terminal. For what can't be one, `node:tty` is not loaded, which takes 2 ms. */
export function isTerminal(descriptor: number): boolean {
	return mayBeTerminal(descriptor) && process.getBuiltinModule('node:tty').isatty(descriptor);
}

/** Whether a descriptor is a terminal, or was one that is gone. */
export function mayBeTerminal(descriptor: number): boolean {
	if (process.platform === 'win32') return true;
	try {
		const status = fstatSync(descriptor);
		return status.isCharacterDevice() && status.rdev !== statSync(devNull).rdev;
	} catch {
		return false;
	}
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
