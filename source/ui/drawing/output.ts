import {certainCells} from './cell-row.js';
import {FrameCache} from './frame-cache.js';

/** A character with its styles, as `@alcalzone/ansi-tokenize` makes them. */
type Character = {readonly value: string; readonly fullWidth: boolean; readonly styles: readonly unknown[]};

/** What Ink takes texts apart with. */
type Tools = {
	charactersOf(text: string): readonly Character[];
	textOf(characters: readonly Character[]): string;
	widthOf(text: string): number;
};

type Transformer = (line: string, index: number) => string;
/** The part of the frame that is drawn on, without its ends; undefined where it goes on. */
type Clip = {readonly [edge in 'x1' | 'x2' | 'y1' | 'y2']: number | undefined};
/** Characters of one row that are written from a column on. */
type Piece = {readonly x: number; readonly text: string};
type Line = {readonly characters: readonly Character[]; readonly widths: readonly number[]};
type Block = {
	readonly lines: readonly {
		readonly text: string;
		readonly width: number;
		/** Whether its characters fill its width, from the first to the last. */
		readonly isFull: boolean;
	}[];
	readonly width: number;
};

type Row = {readonly pieces: readonly Piece[]; readonly width: number; readonly text: string};

const isSameRow = (a: readonly Piece[], b: readonly Piece[]): boolean =>
	a.length === b.length && a.every(({x, text}, index) => x === b[index]?.x && text === b[index].text);

const blank: Character = {value: ' ', fullWidth: false, styles: []};
/** A space in the place of a wide character that is not shown whole. */
const blankOf = (character: Character): Character => ({...character, value: ' ', fullWidth: false});

const everything: Clip = {x1: undefined, x2: undefined, y1: undefined, y2: undefined};

const tighter = (choose: (a: number, b: number) => number, a: number | undefined, b: number | undefined) =>
	a === undefined ? b : b === undefined ? a : choose(a, b);

/** What is in both. */
const within = (outer: Clip, inner: Clip): Clip => ({
	x1: tighter(Math.max, outer.x1, inner.x1),
	x2: tighter(Math.min, outer.x2, inner.x2),
	y1: tighter(Math.max, outer.y1, inner.y1),
	y2: tighter(Math.min, outer.y2, inner.y2),
});

const isEmpty = ({x1, x2, y1, y2}: Clip): boolean =>
	(x1 !== undefined && x2 !== undefined && x1 >= x2) || (y1 !== undefined && y2 !== undefined && y1 >= y2);

/**
 * Makes Ink's class `Output`, which a frame is drawn on. Ink draws every row of every frame anew; this one draws a row
 * again only where something else is written on it. Texts whose cells are certain are put side by side as they are, any
 * other is taken apart, once for as long as a frame has it.
 */
export function outputWith({charactersOf, textOf, widthOf}: Tools) {
	const blocks = new FrameCache<string, Block>();
	const lines = new FrameCache<string, Line>();
	const slices = new FrameCache<string, string>();
	const widths = new FrameCache<string, number>();
	const certain = new FrameCache<string, number>();
	/** The rows of the latest frame. */
	let latest: readonly Row[] = [];

	const widthOfCharacter = ({value}: Character): number =>
		value.length === 1 && value >= ' ' && value <= '~' ? 1 : widths.get(value, () => widthOf(value));

	const lineOf = (text: string): Line =>
		lines.get(text, () => {
			const characters = charactersOf(text);
			return {characters, widths: characters.map(widthOfCharacter)};
		});

	/** The cells of a text, where they are certain; -1 where they are not. */
	const cellsOf = (text: string): number => certain.get(text, () => certainCells(text) ?? -1);

	/** The lines of a text. A style goes on over a line's end. */
	const blockOf = (text: string): Block =>
		blocks.get(text, () => {
			const width = cellsOf(text);
			if (width >= 0) return {lines: [{text, width, isFull: true}], width};
			const characters = charactersOf(text);
			const split: Character[][] = [[]];
			for (const character of characters) {
				if (character.value === '\n') split.push([]);
				else split.at(-1)?.push(character);
			}
			const made = split.map(row => {
				const line = textOf(row);
				const [width, each] = [widthOf(line), row.map(widthOfCharacter)];
				// A line that is the whole text is not taken apart twice.
				if (line === text) lines.get(text, () => ({characters, widths: each}));
				const isFull = each[0] !== 0 && each.at(-1) !== 0 && each.reduce((sum, one) => sum + one, 0) === width;
				return {text: line, width, isFull};
			});
			return {lines: made, width: Math.max(0, ...text.split('\n').map(widthOf))};
		});

	/** The columns of a line from one to another, which may both be in the middle of a wide character. */
	const slice = (text: string, from: number, to: number): string =>
		from >= to
			? ''
			: slices.get(`${from} ${to} ${text}`, () => {
					const {characters, widths} = lineOf(text);
					const shown: Character[] = [];
					let end = 0;
					for (const [index, character] of characters.entries()) {
						const start = end;
						end += widths[index] ?? 0;
						if (end <= from) continue;
						if (start >= to) break;
						const isWhole = end - start <= 1 || (start >= from && end <= to);
						shown.push(isWhole ? character : blankOf(character));
					}
					return textOf(shown);
				});

	function put(row: Character[], {x, text}: Piece): void {
		const {characters, widths} = lineOf(text);
		if (characters.length === 0) return;
		let column = x;
		const before = row[column - 1];
		if (row[column]?.value === '' && before !== undefined && widthOfCharacter(before) > 1)
			row[column - 1] = blankOf(before);
		for (const [index, character] of characters.entries()) {
			const width = Math.max(1, widths[index] ?? 1);
			row[column] = character;
			for (let offset = 1; offset < width; offset++) {
				// The second half stays visible where the first is outside of the frame.
				row[column + offset] = {...character, value: column < 0 ? ' ' : '', fullWidth: false};
			}
			column += width;
		}
		const after = row[column];
		if (after?.value === '') row[column] = blankOf(after);
	}

	/** The pieces of a row side by side; undefined where their cells are not certain, or one covers another. */
	function sideBySide(pieces: readonly Piece[], width: number): string | undefined {
		let row = '';
		let end = 0;
		for (const {x, text} of pieces.toSorted((a, b) => a.x - b.x)) {
			const cells = cellsOf(text);
			if (cells < 0 || x < end || x + cells > width) return undefined;
			row += ' '.repeat(x - end) + text;
			end = x + cells;
		}
		return row.trimEnd();
	}

	function onTop(pieces: readonly Piece[], width: number): string {
		const row = Array.from({length: width}, () => blank);
		for (const piece of pieces) put(row, piece);
		return textOf(row.filter(character => character !== undefined)).trimEnd();
	}

	return class Output {
		readonly #rows: readonly Piece[][];
		readonly #clips: Clip[] = [];
		readonly width: number;
		readonly height: number;

		constructor({width, height}: {readonly width: number; readonly height: number}) {
			this.width = width;
			this.height = height;
			this.#rows = Array.from({length: height}, () => []);
		}

		write(x: number, y: number, text: string, {transformers}: {readonly transformers: readonly Transformer[]}): void {
			const clip = this.#clips.at(-1) ?? everything;
			if (text === '' || isEmpty(clip)) return;
			const block = blockOf(text);
			const {x1, x2, y1, y2} = clip;
			const isNarrowed = x1 !== undefined && x2 !== undefined;
			if (isNarrowed && (x + block.width < x1 || x > x2)) return;
			const isShortened = y1 !== undefined && y2 !== undefined;
			const first = isShortened ? Math.max(0, y1 - y) : 0;
			const end = isShortened ? Math.min(block.lines.length, y2 - y) : block.lines.length;
			for (const [offset, line] of block.lines.slice(first, Math.max(first, end)).entries()) {
				const index = first + offset;
				const row = this.#rows[y + index];
				if (row === undefined) continue;
				const isCut = isNarrowed && !(line.isFull && x >= x1 && x + line.width <= x2);
				const cut = isCut ? slice(line.text, Math.max(0, x1 - x), Math.min(line.width, x2 - x)) : line.text;
				const styled = transformers.reduce((each, transform) => transform(each, index), cut);
				row.push({x: isNarrowed ? Math.max(x, x1) : x, text: styled});
			}
		}

		clip(clip: Clip): void {
			this.#clips.push(within(this.#clips.at(-1) ?? everything, clip));
		}

		unclip(): void {
			this.#clips.pop();
		}

		get(): {readonly output: string; readonly height: number} {
			const {width, height} = this;
			latest = this.#rows.map((pieces, y) => {
				const before = latest[y];
				const isSame = before?.width === width && isSameRow(before.pieces, pieces);
				return {pieces, width, text: isSame ? before.text : (sideBySide(pieces, width) ?? onTop(pieces, width))};
			});
			for (const cache of [blocks, lines, slices, widths, certain]) cache.turn();
			return {output: latest.map(({text}) => text).join('\n'), height};
		}
	};
}
