import {type Cursor, cellDifference, moveCursor, withoutWrap} from './cell-difference.js';
import {type CellRow, cellRow} from './cell-row.js';
import {FrameCache} from './frame-cache.js';

type Position = {readonly x: number; readonly y: number};

type FrameStream = {readonly columns?: number; write(text: string): unknown};

/** Hides a terminal's cursor, and shows it again, at the latest when the process ends. */
type CursorSwitch = {hide(stream: FrameStream): void; show(stream: FrameStream): void};

/** The frame that the terminal shows, and for how many columns it was drawn. */
type Shown = {readonly text: string; readonly lines: readonly string[]; readonly columns: number | undefined};

const hide = '\u001b[?25l';
const show = '\u001b[?25h';
const eraseDown = '\u001b[J';

const isSame = (a: Position | undefined, b: Position | undefined): boolean => a?.x === b?.x && a?.y === b?.y;

/**
 * Writes frames to a terminal, as Ink's `log-update` does, but only the cells that differ from the frame before. Where
 * the app wants no cursor, the terminal's own is hidden and waits in the last row. Without `cursorSwitch` it is never
 * hidden for good.
 */
export function createFrameWriter(stream: FrameStream, cursorSwitch: CursorSwitch | undefined) {
	const cells = new FrameCache<string, CellRow>();
	let shown: Shown | undefined;
	/** What the app wants since the last frame, and whether it has said so. */
	let wanted: Position | undefined;
	let isWanted = false;
	/** Where the app's cursor is shown. */
	let appCursor: Position | undefined;
	/** Where the terminal's cursor is, shown or not. */
	let cursor: Cursor = {x: undefined, y: 0};
	let isSwitchedOff = false;

	const nextCursor = (): Position | undefined => (isWanted ? wanted : undefined);
	const hasChanges = (text: string): boolean => text !== (shown?.text ?? '') || !isSame(nextCursor(), appCursor);

	function forget(): void {
		shown = undefined;
		appCursor = undefined;
		cells.clear();
	}

	/** Goes to the top left of the frame and erases it. */
	function erase(): string {
		return shown === undefined ? '' : `${moveCursor(cursor, {x: 0, y: 0})}${eraseDown}`;
	}

	/** Another frame after the one that is shown. */
	function draw(text: string): string {
		const {columns} = stream;
		const lines = text.split('\n');
		const before = shown;
		if (columns === undefined || before?.columns !== columns || before.lines.length !== lines.length) {
			const written = `${erase()}${withoutWrap(text)}`;
			took({text, lines, columns});
			return written;
		}
		const difference = cellDifference(before.lines, lines, columns, cursor, {
			before: line => cells.last(line) ?? cellRow(line, columns),
			after: line => cells.get(line, () => cellRow(line, columns)),
		});
		cells.turn();
		shown = {text, lines, columns};
		cursor = difference.cursor;
		return difference.text;
	}

	/** Notes that a whole frame was written. */
	function took(frame: Shown): void {
		cells.clear();
		shown = frame;
		cursor = {x: undefined, y: frame.lines.length - 1};
	}

	/** Goes to where the app wants the cursor, or to the last row. */
	function settle(position: Position | undefined): string {
		const last = (shown?.lines.length ?? 1) - 1;
		const y = Math.min(position?.y ?? last, last);
		if (position === undefined && cursor.y === y) return '';
		const target = {x: position?.x ?? cursor.x ?? 0, y};
		const moved = moveCursor(cursor, target);
		cursor = target;
		return moved;
	}

	/** Draws a frame; false when the terminal shows it already. */
	function render(text: string): boolean {
		const isNews = hasChanges(text);
		const position = nextCursor();
		isWanted = false;
		if (!isNews) return false;
		const switches = cursorSwitch !== undefined && !isSwitchedOff;
		if (switches) cursorSwitch.hide(stream);
		isSwitchedOff ||= switches;
		const drawn = text === shown?.text ? '' : draw(text);
		const hides = appCursor !== undefined && (drawn !== '' || position === undefined);
		const shows = position !== undefined && (appCursor === undefined || hides || switches);
		stream.write(`${hides ? hide : ''}${drawn}${settle(position)}${shows ? show : ''}`);
		appCursor = position && {...position};
		return true;
	}

	return Object.assign(render, {
		/** Erases the frame. */
		clear(): void {
			stream.write(`${appCursor === undefined ? '' : hide}${erase()}`);
			forget();
		},
		/** Leaves the frame on the screen, below it the cursor. */
		done(): void {
			if (appCursor !== undefined) stream.write(settle(undefined));
			forget();
			if (cursorSwitch === undefined) return;
			cursorSwitch.show(stream);
			isSwitchedOff = false;
		},
		/** The frame is no longer on the screen. */
		reset: forget,
		/** Somebody else has written that frame. */
		sync(text: string): void {
			const position = nextCursor();
			isWanted = false;
			// Where one of its lines was too wide, rows have moved: the next frame is drawn whole.
			took({text, lines: text.split('\n'), columns: undefined});
			if (position !== undefined) stream.write(`${settle(position)}${show}`);
			else if (appCursor !== undefined) stream.write(hide);
			appCursor = position && {...position};
		},
		setCursorPosition(position: Position | undefined): void {
			wanted = position;
			isWanted = true;
		},
		isCursorDirty: (): boolean => isWanted,
		willRender: hasChanges,
		getCursorPosition: (): Position | undefined => appCursor,
	});
}
