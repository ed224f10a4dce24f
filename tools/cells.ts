import type {Terminal} from '@xterm/headless';

/** An index of the 256-colour palette, `#rrggbb`, or undefined for the terminal's default. */
export type Colour = number | string | undefined;

export type CellStyle = {
	readonly fg: Colour;
	readonly bg: Colour;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly italic: boolean;
	readonly underline: boolean;
	readonly inverse: boolean;
};

/** Adjacent cells of the same style. */
export type Run = {
	readonly x: number;
	/** In cells. */
	readonly width: number;
	readonly text: string;
	readonly style: CellStyle;
	/** A single character, because it is wide or has several UTF-16 units. In other runs each unit has one cell. */
	readonly whole: boolean;
};

/** A terminal's screen at one moment. */
export type Frame = {
	readonly columns: number;
	readonly rows: number;
	readonly lines: readonly (readonly Run[])[];
	/** The cursor's position; undefined while it is hidden. */
	readonly cursor: {readonly x: number; readonly y: number} | undefined;
};

type Buffer = Terminal['buffer']['active'];
type Cell = ReturnType<Buffer['getNullCell']>;

function styleOf(cell: Cell): CellStyle {
	const colour = (isRgb: boolean, isPalette: boolean, value: number): Colour =>
		isRgb ? `#${value.toString(16).padStart(6, '0')}` : isPalette ? value : undefined;
	return {
		fg: colour(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor()),
		bg: colour(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor()),
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
		italic: cell.isItalic() !== 0,
		underline: cell.isUnderline() !== 0,
		inverse: cell.isInverse() !== 0,
	};
}

export function sameStyle(a: CellStyle, b: CellStyle): boolean {
	return (Object.keys(a) as (keyof CellStyle)[]).every(key => a[key] === b[key]);
}

function readLine(buffer: Buffer, y: number, columns: number): readonly Run[] {
	const line = buffer.getLine(buffer.viewportY + y);
	const runs: Run[] = [];
	for (let x = 0; x < columns; x++) {
		const cell = line?.getCell(x);
		// The second half of a wide character has no width of its own.
		if (cell === undefined || cell.getWidth() === 0) continue;
		const [text, width, style] = [cell.getChars() || ' ', cell.getWidth(), styleOf(cell)];
		const whole = width !== 1 || text.length !== 1;
		const before = runs.at(-1);
		if (before !== undefined && !whole && !before.whole && sameStyle(before.style, style)) {
			runs[runs.length - 1] = {...before, width: before.width + 1, text: before.text + text};
		} else {
			runs.push({x, width, text, style, whole});
		}
	}
	return runs;
}

/** Reads the emulator's current screen. */
export function readFrame(terminal: Terminal, cursorShown: boolean): Frame {
	const {cols: columns, rows} = terminal;
	const buffer = terminal.buffer.active;
	return {
		columns,
		rows,
		lines: Array.from({length: rows}, (_, y) => readLine(buffer, y, columns)),
		cursor: cursorShown ? {x: buffer.cursorX, y: buffer.cursorY} : undefined,
	};
}

/** Tracks whether the emulator's cursor is visible, which its buffer does not record. Call before the first write. */
export function followCursor(terminal: Terminal): () => boolean {
	let shown = true;
	for (const [final, value] of [
		['h', true],
		['l', false],
	] as const) {
		terminal.parser.registerCsiHandler({prefix: '?', final}, parameters => {
			if (parameters.includes(25)) shown = value;
			return false;
		});
	}
	return () => shown;
}
