import {type CellStyle, type Colour, type Frame, sameStyle} from './cells.js';

const plain: CellStyle = {
	fg: undefined,
	bg: undefined,
	bold: false,
	dim: false,
	italic: false,
	underline: false,
	inverse: false,
};

function colourCodes(colour: Colour, base: 30 | 40): readonly number[] {
	if (colour === undefined) return [];
	if (typeof colour === 'string')
		return [base + 8, 2, ...[1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))];
	if (colour < 8) return [base + colour];
	return colour < 16 ? [base + 60 + colour - 8] : [base + 8, 5, colour];
}

function sgr(style: CellStyle): string {
	const flags = [style.bold, style.dim, style.italic, style.underline, false, false, style.inverse];
	const codes = [
		...flags.flatMap((on, index) => (on ? [index + 1] : [])),
		...colourCodes(style.fg, 30),
		...colourCodes(style.bg, 40),
	];
	return `\u001b[${[0, ...codes].join(';')}m`;
}

export type AnsiOptions = {readonly color: boolean; readonly columns?: number; readonly rows?: number};

/**
 * A frame as lines of text, with SGR sequences if `color`, cut to `columns` cells and `rows` lines. Invisible trailing
 * spaces are removed.
 */
export function frameLines(frame: Frame, {color, columns = frame.columns, rows = frame.rows}: AnsiOptions): string[] {
	return frame.lines.slice(0, rows).map(runs => {
		let line = '';
		let style = plain;
		for (const run of runs) {
			const room = columns - run.x;
			if (room <= 0 || (run.width > room && run.whole)) break;
			if (color && !sameStyle(style, run.style)) line += sgr(run.style);
			style = run.style;
			line += run.width > room ? run.text.slice(0, room) : run.text;
		}
		if (!color) return line.trimEnd();
		return sameStyle(style, plain) ? line.trimEnd() : `${line}\u001b[0m`;
	});
}
