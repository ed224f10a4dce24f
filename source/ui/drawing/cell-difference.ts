import type {CellRow} from './cell-row.js';
import {blankLook, type Look, transition} from './sgr.js';

/** Where the cursor is, from the frame's top left; `x` is undefined where terminals disagree about it. */
export type Cursor = {readonly x: number | undefined; readonly y: number};

/** Unchanged cells in between that are looked at: more never cost less than a move over them. */
const mostBetween = 10;
const eraseRest = '\u001b[K';

/** Text that may be wider than the terminal: what is too much is left out, and no row moves. */
export const withoutWrap = (text: string): string => `\u001b[?7l${text}\u001b[?7h`;

const shortest = (...texts: readonly string[]): string =>
	texts.reduce((best, text) => (text.length < best.length ? text : best));

const move = (count: number, letter: string): string => (count === 1 ? `\u001b[${letter}` : `\u001b[${count}${letter}`);

function along(from: number | undefined, to: number): string {
	if (from === to) return '';
	if (to === 0) return '\r';
	const absolute = `\u001b[${to + 1}G`;
	if (from === undefined) return absolute;
	return shortest(absolute, to > from ? move(to - from, 'C') : shortest('\b'.repeat(from - to), move(from - to, 'D')));
}

/** The shortest way for the cursor within the frame. */
export function moveCursor(from: Cursor, to: {readonly x: number; readonly y: number}): string {
	const rows = to.y - from.y;
	if (rows === 0) return along(from.x, to.x);
	if (rows < 0) return move(-rows, 'A') + along(from.x, to.x);
	const [straight, feeds] = [move(rows, 'B') + along(from.x, to.x), '\n'.repeat(rows) + along(0, to.x)];
	// The system makes a line feed go to the start of the row, with a carriage return that counts too.
	return feeds.length + rows < straight.length ? feeds : straight;
}

/** Collects what is written, and knows where that leaves the cursor and in which look. */
class Pen {
	written = '';
	cursor: Cursor;
	#look: Look = '';
	readonly #columns: number;

	constructor(cursor: Cursor, columns: number) {
		this.cursor = cursor;
		this.#columns = columns;
	}

	goTo(x: number, y: number): void {
		const {cursor} = this;
		this.written += cursor.y === y && cursor.x === x ? '' : moveCursor(cursor, {x, y});
		this.cursor = {x, y};
	}

	/** Goes to a cell further right in the cursor's row, over cells that are on the screen already. */
	goOver(row: CellRow, x: number): void {
		const {cursor} = this;
		const from = cursor.x ?? x;
		if (x > from && x - from <= mostBetween) {
			const over = this.#strokes(row, from, x);
			const [onward, anew] = [lookOf(row, x, over.look), lookOf(row, x, this.#look)];
			const skip = along(from, x) + transition(this.#look, anew);
			if (Buffer.byteLength(over.text) + transition(over.look, onward).length <= skip.length) {
				this.written += over.text;
				this.#look = over.look;
				this.cursor = {x, y: cursor.y};
			}
		}
		this.goTo(x, cursor.y);
	}

	/** Writes the cells of a row from the cursor to `end`, which is not in the middle of a wide character. */
	cells(row: CellRow, end: number): void {
		const {text, look} = this.#strokes(row, this.cursor.x ?? end, end);
		this.written += text;
		this.#look = look;
		// Terminals wait in the last column for the next character.
		this.cursor = {x: end < this.#columns ? end : undefined, y: this.cursor.y};
	}

	erase(): void {
		this.#turn('');
		this.written += eraseRest;
	}

	/** Writes what is not certain to take as many cells as it seems to. */
	rest({rest, restLook}: CellRow): void {
		this.#turn(restLook);
		// It may leave a look that nobody here knows.
		this.written += withoutWrap(`${rest}\u001b[m`);
		this.#look = '';
		this.cursor = {x: undefined, y: this.cursor.y};
	}

	end(): void {
		this.#turn('');
	}

	#turn(look: Look): void {
		this.written += transition(this.#look, look);
		this.#look = look;
	}

	#strokes(row: CellRow, from: number, end: number): {readonly text: string; readonly look: Look} {
		let text = '';
		let look = this.#look;
		for (let x = from; x < end; x++) {
			if (row.texts[x] === '') continue;
			const next = lookOf(row, x, look);
			text += transition(look, next) + (row.texts[x] ?? ' ');
			look = next;
		}
		return {text, look};
	}
}

/** The look to write a cell in: the present one where it shows the same. */
function lookOf(row: CellRow, x: number, present: Look): Look {
	const look = row.looks[x] ?? '';
	return (row.texts[x] ?? ' ') === ' ' && blankLook(present) === look ? present : look;
}

const isSame = (a: CellRow, b: CellRow, x: number): boolean =>
	(a.texts[x] ?? ' ') === (b.texts[x] ?? ' ') && (a.looks[x] ?? '') === (b.looks[x] ?? '');

/** The cells of a row up to the blank ones at its end. */
function inked({texts, looks}: CellRow): number {
	let end = texts.length;
	while (end > 0 && texts[end - 1] === ' ' && looks[end - 1] === '') end--;
	return end;
}

function drawRow(pen: Pen, before: CellRow, after: CellRow, y: number): void {
	const sameRest = before.rest === after.rest && (before.rest === '' || before.texts.length === after.texts.length);
	const isCertain = sameRest && before.restLook === after.restLook;
	// From here on, nobody knows where the cells of the row before are.
	let end = isCertain
		? Math.max(before.texts.length, after.texts.length)
		: Math.min(before.rest === '' ? after.texts.length : before.texts.length, after.texts.length);
	if (!isCertain && after.texts[end] === '') end--;
	// Nothing is left at the end of a row that the terminal would hand over with a selection.
	const last = inked(after);
	const erases = isCertain && after.rest === '' && last < inked(before);
	const drawn = erases ? last : end;
	for (let x = 0; x < drawn; x++) {
		if (isSame(before, after, x)) continue;
		const start = after.texts[x] === '' ? x - 1 : x;
		let stop = x + 1;
		while (stop < drawn && (after.texts[stop] === '' || !isSame(before, after, stop))) stop++;
		if (pen.cursor.y === y) pen.goOver(after, start);
		else pen.goTo(start, y);
		pen.cells(after, stop);
		x = stop - 1;
	}
	if (isCertain && !erases) return;
	pen.goTo(erases ? last : end, y);
	pen.erase();
	if (isCertain) return;
	pen.cells(after, after.texts.length);
	if (after.rest !== '') {
		pen.goTo(after.texts.length, y);
		pen.rest(after);
	}
}

/**
 * What makes a terminal of that many columns show other rows than it does, from where its cursor is, and where that
 * leaves the cursor. There are as many rows as before; `cells` takes those of either frame apart.
 */
export function cellDifference(
	before: readonly string[],
	after: readonly string[],
	columns: number,
	cursor: Cursor,
	cells: {readonly before: (row: string) => CellRow; readonly after: (row: string) => CellRow},
): {readonly text: string; readonly cursor: Cursor} {
	const pen = new Pen(cursor, columns);
	for (const [y, row] of after.entries()) {
		const old = before[y] ?? '';
		if (old !== row) drawRow(pen, cells.before(old), cells.after(row), y);
	}
	pen.end();
	return {text: pen.written, cursor: pen.cursor};
}
