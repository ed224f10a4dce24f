import {graphemes, type KeyPress, keyName} from './keys.js';
import {historyOf, note, remember} from './line-history.js';

/** A text being typed: its graphemes, and the index of the one the caret is before. */
export type Line = {
	readonly text: readonly string[];
	readonly at: number;
	/** The column that moves from row to row keep to, in cells, from the first of them on. */
	readonly column?: number;
};

export const emptyLine: Line = {text: [], at: 0};

/** A line with that text and the caret at its end. */
export function lineOf(text: string): Line {
	const parts = graphemes(text);
	return {text: parts, at: parts.length};
}

const texts = new WeakMap<readonly string[], string>();

export function lineText({text}: Line): string {
	const known = texts.get(text);
	if (known !== undefined) return known;
	const joined = text.join('');
	texts.set(text, joined);
	return joined;
}

const sizes = new WeakMap<readonly string[], number>();

/** The text's size in bytes of UTF-8. Cached for a line that an edit made from another. */
export function lineSize(line: Line): number {
	const known = sizes.get(line.text);
	if (known !== undefined) return known;
	const size = Buffer.byteLength(lineText(line));
	sizes.set(line.text, size);
	return size;
}

/** Whether the line has that text. A different size answers without comparing the text. */
export function holds(line: Line, text: string): boolean {
	return lineSize(line) === Buffer.byteLength(text) && lineText(line) === text;
}

/** Whether both lines have the same text. */
export function sameText(one: Line, other: Line): boolean {
	return one.text === other.text || (lineSize(one) === lineSize(other) && lineText(one) === lineText(other));
}

/** The text with `parts` in place of the graphemes from `from` to `to`, its size known if that of `text` is. */
function spliced(text: readonly string[], from: number, to: number, parts: readonly string[]): readonly string[] {
	const next = text.slice(0, from).concat(parts, text.slice(to));
	const known = sizes.get(text);
	if (known !== undefined) {
		const gone = Buffer.byteLength(text.slice(from, to).join(''));
		sizes.set(next, known - gone + Buffer.byteLength(parts.join('')));
	}
	return next;
}

/** Replaces the graphemes from `from` to `to` with `parts`, as a step to undo, and puts the caret after them. */
function replaced({text, at}: Line, from: number, to: number, parts: readonly string[]): Line {
	if (from === to && parts.length === 0) return {text, at: from};
	const next = spliced(text, from, to, parts);
	let same = 0;
	while (same < parts.length && from + same < to && parts[same] === text[from + same]) same++;
	note(text, next, {from: from + same, removed: text.slice(from + same, to), added: parts.slice(same), at});
	return {text: next, at: from + parts.length};
}

/** The line with another text, as one step to undo. */
export function withText(line: Line, text: string): Line {
	return replaced(line, 0, line.text.length, graphemes(text));
}

/** The line before its last step: a word that was typed or deleted, a paste, anything else that one key did. */
function undone(line: Line): Line {
	const {past, future} = historyOf(line.text);
	const last = past.at(-1);
	if (last === undefined) return line;
	const text = spliced(line.text, last.from, last.from + last.added.length, last.removed);
	remember(text, {past: past.slice(0, -1), future: [...future, last]});
	return {text, at: last.at};
}

/** The line after the step that was undone last. */
function redone(line: Line): Line {
	const {past, future} = historyOf(line.text);
	const next = future.at(-1);
	if (next === undefined) return line;
	const text = spliced(line.text, next.from, next.from + next.removed.length, next.added);
	remember(text, {past: [...past, next], future: future.slice(0, -1)});
	return {text, at: next.from + next.added.length};
}

/** Whether a line has steps to undo, and to do again. */
export function stepsOf({text}: Line): {readonly undo: boolean; readonly redo: boolean} {
	const {past, future} = historyOf(text);
	return {undo: past.length > 0, redo: future.length > 0};
}

/** Most graphemes before the caret that an insertion segments again. */
const contextLimit = 16;

const isAscii = (grapheme: string | undefined): boolean => grapheme?.length === 1 && grapheme < '\u0080';

/** Start of the graphemes that an insertion at the caret may change: after the last one sure to end there. */
function contextStart({text, at}: Line): number {
	const least = Math.max(0, at - contextLimit);
	let start = Math.max(0, at - 1);
	while (start > least && !(isAscii(text[start]) && isAscii(text[start - 1]))) start--;
	return start;
}

/**
 * Inserts `text` at the caret. Combining characters join their neighbours. Only graphemes next to the caret are
 * segmented again, however long the line is.
 */
export function insert(line: Line, text: string): Line {
	const start = contextStart(line);
	return replaced(line, start, line.at, graphemes(line.text.slice(start, line.at).join('') + text));
}

/** The part of a line that keys can reach: all of it, or one row. */
type Bounds = {readonly start: number; readonly end: number};

function wordStart({text, at}: Line, {start: first}: Bounds): number {
	let start = at;
	while (start > first && text[start - 1] === ' ') start--;
	while (start > first && text[start - 1] !== ' ') start--;
	return start;
}

function wordEnd({text, at}: Line, {end: last}: Bounds): number {
	let end = at;
	while (end < last && text[end] === ' ') end++;
	while (end < last && text[end] !== ' ') end++;
	return end;
}

function cut(line: Line, from: number, to: number): Line {
	return replaced(line, from, to, []);
}

const edits: Readonly<Record<string, (line: Line, bounds: Bounds) => Line>> = {
	left: ({text, at}, {start}) => ({text, at: Math.max(start, at - 1)}),
	right: ({text, at}, {end}) => ({text, at: Math.min(end, at + 1)}),
	home: ({text}, {start}) => ({text, at: start}),
	end: ({text}, {end}) => ({text, at: end}),
	backspace: (line, {start}) => cut(line, Math.max(start, line.at - 1), line.at),
	delete: (line, {end}) => cut(line, line.at, Math.min(end, line.at + 1)),
	wordLeft: (line, bounds) => ({text: line.text, at: wordStart(line, bounds)}),
	wordRight: (line, bounds) => ({text: line.text, at: wordEnd(line, bounds)}),
	killWord: (line, bounds) => cut(line, wordStart(line, bounds), line.at),
	killWordAfter: (line, bounds) => cut(line, line.at, wordEnd(line, bounds)),
	killBefore: (line, {start}) => cut(line, start, line.at),
	killAfter: (line, {end}) => cut(line, line.at, end),
	undo: undone,
	redo: redone,
};

/**
 * Terminals send the same byte for the first three. With the kitty protocol each has a name of its own, and an
 * underscore is the key's own sign with shift.
 */
export const undoKeys = ['ctrl+_', 'ctrl+/', 'ctrl+7', 'ctrl+-'] as const;
export const redoKeys = ['alt+_', 'alt+-'] as const;

/** Readline's keys. */
const keys: Readonly<Record<string, string>> = {
	left: 'left',
	right: 'right',
	home: 'home',
	end: 'end',
	backspace: 'backspace',
	delete: 'delete',
	'ctrl+b': 'left',
	'ctrl+f': 'right',
	'ctrl+a': 'home',
	'ctrl+e': 'end',
	'ctrl+h': 'backspace',
	'ctrl+d': 'delete',
	'ctrl+left': 'wordLeft',
	'alt+left': 'wordLeft',
	'alt+b': 'wordLeft',
	'ctrl+right': 'wordRight',
	'alt+right': 'wordRight',
	'alt+f': 'wordRight',
	'ctrl+w': 'killWord',
	'alt+backspace': 'killWord',
	'ctrl+backspace': 'killWord',
	'alt+d': 'killWordAfter',
	'ctrl+u': 'killBefore',
	'ctrl+k': 'killAfter',
	...Object.fromEntries([...undoKeys.map(key => [key, 'undo']), ...redoKeys.map(key => [key, 'redo'])]),
};

/** The line after a key press, confined to `bounds`; undefined when the press is no edit. */
export function edit(
	line: Line,
	press: KeyPress,
	bounds: Bounds = {start: 0, end: line.text.length},
): Line | undefined {
	if (press.text !== undefined && !press.ctrl && !press.alt) return insert(line, press.text);
	return edits[keys[keyName(press)] ?? '']?.(line, bounds);
}

/** Whether a press edits a line, whatever its text. */
export function isEdit(press: KeyPress): boolean {
	return (press.text !== undefined && !press.ctrl && !press.alt) || keyName(press) in keys;
}

/** Whether a press undoes or does again what was typed. */
export function isUndo(press: KeyPress): boolean {
	return ['undo', 'redo'].includes(keys[keyName(press)] ?? '');
}

/** Whether a press inserts or deletes text rather than moves the caret. */
export function changesText(press: KeyPress): boolean {
	if (press.text !== undefined && !press.ctrl && !press.alt) return true;
	return /^(backspace|delete|kill)/.test(keys[keyName(press)] ?? '');
}

/** Whether a press deletes text. */
export function takesAway(press: KeyPress): boolean {
	return changesText(press) && (press.text === undefined || press.ctrl || press.alt);
}

/** Strips line feeds from both ends. */
function withoutOuterBreaks(text: string): string {
	let [start, end] = [0, text.length];
	while (start < end && text[start] === '\n') start++;
	while (end > start && text[end - 1] === '\n') end--;
	return text.slice(start, end);
}

/**
 * Clipboard text as a field takes it: line breaks as line feeds, no other control characters but tabs in a text of
 * several lines; undefined when it has several lines and the field takes one.
 */
export function pastedText(text: string, multiline: boolean): string | undefined {
	const lines = text.replace(/\r\n?/g, '\n');
	if (multiline) return lines.replace(/[^\P{Cc}\n\t]/gu, '');
	const line = withoutOuterBreaks(lines);
	return line.includes('\n') ? undefined : line.replace(/\p{Cc}/gu, '');
}
