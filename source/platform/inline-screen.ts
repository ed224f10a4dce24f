import {closeSync, writeSync} from 'node:fs';
import process from 'node:process';
import {undoAtEnd} from './ending.js';
import {openOwnTerminal, sizeOr, terminalSize, type WindowSize} from './terminal-size.js';

/** Lines at the cursor of the terminal this process belongs to, wherever its output goes. */
export type InlineScreen = {
	/** Puts these lines there, the caret into that column of the first. None may be wider than the window. */
	draw(lines: readonly string[], caret: number): void;
	/** Erases the lines, and puts the cursor where it was. */
	close(): void;
};

/**
 * Opens lines at the cursor, and tells `onResize` of every other size of the window until they are closed. Where the
 * process ends early they are erased, too. Throws `Error` when there is no terminal.
 */
export function openInlineScreen(onResize: (size: WindowSize) => void): InlineScreen {
	const descriptor = openOwnTerminal();
	let size = terminalSize();
	/** How many lines are reserved: 0 before the first are drawn, and after the window has changed. */
	let height = 0;
	let isMoved = false;

	/** Makes room below the cursor without changing its column, and begins on a line that nothing stands on. */
	function reserve(lines: number): string {
		const room = `${'\u001bD'.repeat(lines)}\u001b[${lines}A`;
		if (isMoved) return room;
		// From the first column, so many spaces end on the same line, and from any other on the next.
		return `${room}\u001b7${' '.repeat(size.columns)}\r\u001b[K`;
	}

	function erase(): string {
		if (height === 0) return '';
		const blank = `${'\r\u001b[K\u001b[B'.repeat(height)}\u001b[${height}A`;
		return isMoved ? `${blank}\r` : `${blank}\u001b8\u001b[K`;
	}

	const modes = {on: '\u001b[?2004h', off: '\u001b[?2004l\u001b[?25h'};
	const write = (text: string): void => {
		try {
			writeSync(descriptor, text);
		} catch {
			// The terminal is gone, and its end is what ends this process.
		}
	};
	const leave = (): void => write(erase() + modes.off);
	const callOff = undoAtEnd(leave);
	const onChange = (): void => {
		size = sizeOr(size);
		// Whatever the terminal has made of the lines, they are below the caret.
		if (height > 0) write('\r\u001b[J');
		height = 0;
		isMoved = true;
		onResize(size);
	};
	process.on('SIGWINCH', onChange);
	write(modes.on);
	return {
		draw(lines, caret) {
			const start = height === lines.length ? '' : erase() + reserve(lines.length);
			height = lines.length;
			const text = lines.map(line => `\r${line}\u001b[0m\u001b[K`).join('\u001b[B');
			const up = lines.length > 1 ? `\u001b[${lines.length - 1}A` : '';
			const right = caret > 0 ? `\u001b[${caret}C` : '';
			write(`\u001b[?25l${start}${text}${up}\r${right}\u001b[?25h`);
		},
		close() {
			process.off('SIGWINCH', onChange);
			callOff();
			leave();
			closeSync(descriptor);
		},
	};
}
