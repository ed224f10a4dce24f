import type {CellStyle, Colour, Frame} from '../tools/cells.js';

/** What stands in a cell, as it is written: its style and its text. */
type Cell = {readonly style: string; readonly text: string};

/**
 * The bytes that lead a terminal from one frame to the other when only the cells that differ are written: a cursor
 * move to each run of them, the style where it is another one, and their text. Frames of one size.
 */
export function changedBytes(before: Frame, after: Frame): number {
	let bytes = 0;
	let style: string | undefined;
	for (let y = 0; y < after.rows; y++) {
		const [old, cells] = [cellsOf(before, y), cellsOf(after, y)];
		let last: number | undefined;
		for (const [x, cell] of cells.entries()) {
			const other = old[x];
			if (other?.text === cell.text && other.style === cell.style) continue;
			if (last === undefined) bytes += `\u001b[${y + 1};${x + 1}H`.length;
			else if (last !== x - 1) bytes += `\u001b[${x - 1 - last}C`.length;
			if (style !== cell.style) bytes += cell.style.length;
			bytes += Buffer.byteLength(cell.text);
			style = cell.style;
			last = x;
		}
	}
	return bytes;
}

/** The cells of a line; the second half of a wide character is empty. */
function cellsOf({lines}: Frame, y: number): readonly Cell[] {
	return (lines[y] ?? []).flatMap(({text, width, style, whole}) => {
		const written = sequenceOf(style);
		const texts = whole ? [text, ...Array.from({length: width - 1}, () => '')] : [...text];
		return texts.map((each): Cell => ({style: written, text: each}));
	});
}

/** The sequence that sets a style, whatever was set before. */
function sequenceOf({fg, bg, bold, dim, italic, underline, inverse}: CellStyle): string {
	const flags = [bold, dim, italic, underline, inverse].flatMap((isSet, at) => (isSet ? [[1, 2, 3, 4, 7][at]] : []));
	return `\u001b[${[0, ...flags, ...colour(fg, 30), ...colour(bg, 40)].join(';')}m`;
}

function colour(value: Colour, base: number): readonly number[] {
	if (value === undefined) return [];
	if (typeof value === 'string')
		return [base + 8, 2, ...[1, 3, 5].map(at => Number.parseInt(value.slice(at, at + 2), 16))];
	if (value < 8) return [base + value];
	return value < 16 ? [base + 52 + value] : [base + 8, 5, value];
}
