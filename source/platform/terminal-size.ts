import {openSync} from 'node:fs';
import process from 'node:process';
import {WriteStream} from 'node:tty';

export type WindowSize = {readonly columns: number; readonly rows: number};

/** A window whose size changes. */
export type SizedWindow = {
	size(): WindowSize;
	/** Calls `onChange` at every change until the returned function is called. */
	watch(onChange: () => void): () => void;
};

/** For a terminal that does not report its size. */
const usual: WindowSize = {columns: 80, rows: 24};

/** Opens the terminal this process belongs to. Throws `Error` when there is none. */
export const openOwnTerminal = (): number =>
	openSync(process.platform === 'win32' ? '\\\\.\\CONOUT$' : '/dev/tty', 'r+');

/** The size of that terminal's window. Throws `Error` when there is no terminal. */
export function terminalSize(): WindowSize {
	const stream = new WriteStream(openOwnTerminal());
	const {columns, rows} = stream;
	stream.destroy();
	return {columns: columns || usual.columns, rows: rows || usual.rows};
}

/** The size of the window, or the one it had when the terminal is gone. */
export function sizeOr(before: WindowSize): WindowSize {
	try {
		return terminalSize();
	} catch {
		return before;
	}
}

/** That terminal's window. */
export const ownWindow: SizedWindow = {
	size: () => sizeOr(usual),
	watch(onChange) {
		process.on('SIGWINCH', onChange);
		return () => process.off('SIGWINCH', onChange);
	},
};
