import assert from 'node:assert/strict';
import {stripVTControlCharacters} from 'node:util';
import {Box} from 'ink';
import {render} from 'ink-testing-library';
import type {ReactNode} from 'react';
import stringWidth from 'string-width';
import {makeTheme, ThemeContext} from '../../source/ui/theme.js';

/** A window in cells. */
type Window = {readonly columns: number; readonly rows: number};

export type FrameOptions = Partial<Window> & {
	/** The terminal shows nothing beyond ASCII. */
	readonly ascii?: boolean;
};

/** A live element in a window of its own; end it with `close`. */
export function openFrame(element: ReactNode, {columns = 80, rows = 24, ascii = false}: FrameOptions = {}) {
	const instance = render(<Box />);
	// The library's window is always 100 columns wide and as tall as the terminal that runs the tests.
	Object.defineProperties(instance.stdout, {
		columns: {get: () => columns, configurable: true},
		rows: {get: () => rows, configurable: true},
	});
	const show = (next: ReactNode): void =>
		instance.rerender(<ThemeContext value={makeTheme(!ascii, false)}>{next}</ThemeContext>);
	show(element);
	return {
		show,
		stdin: instance.stdin,
		/**
		 * Every row as it is read, without styles; fails when one is wider than the window, or there are more than it
		 * has.
		 */
		lines(): readonly string[] {
			const lines = stripVTControlCharacters(instance.lastFrame() ?? '').split('\n');
			const wide = lines.filter(line => stringWidth(line) > columns);
			assert.deepEqual(wide, [], `wider than ${columns} columns`);
			assert.ok(lines.length <= rows, `${lines.length} rows in a window of ${rows}:\n${lines.join('\n')}`);
			return lines;
		},
		/** Everything that was ever drawn. */
		frames: (): readonly string[] => instance.frames,
		close: instance.unmount,
	};
}

/** The rows of an element in a window of its own. */
export function linesOf(element: ReactNode, options: FrameOptions = {}): readonly string[] {
	const frame = openFrame(element, options);
	try {
		return frame.lines();
	} finally {
		frame.close();
	}
}

/** The rows as one text, without the empty rows and columns around them. */
function cropped(lines: readonly string[]): string {
	const first = lines.findIndex(line => line !== '');
	const last = lines.findLastIndex(line => line !== '');
	const inner = lines.slice(Math.max(0, first), last + 1);
	const indent = Math.min(...inner.filter(line => line !== '').map(line => line.search(/\S/)));
	return inner.map(line => line.slice(indent)).join('\n');
}

/** What an element shows, without the empty rows and columns around it. */
export function frameOf(element: ReactNode, options: FrameOptions = {}): string {
	return cropped(linesOf(element, options));
}

/** A picture in a test: its rows without the indentation of the code around them. */
export function picture(strings: TemplateStringsArray): string {
	const rows = strings.join('').split('\n').slice(1, -1);
	return rows.map(row => row.replace(/^\t+/, '')).join('\n');
}
