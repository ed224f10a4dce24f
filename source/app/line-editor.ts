import {graphemes, type KeyPress, keyName} from './keys.js';

/** A text being typed: its graphemes, and before which of them the caret stands. */
export type Line = {readonly text: readonly string[]; readonly at: number};

export const emptyLine: Line = {text: [], at: 0};

/** A line of that text with the caret at its end. */
export function lineOf(text: string): Line {
	const parts = graphemes(text);
	return {text: parts, at: parts.length};
}

export function lineText(line: Line): string {
	return line.text.join('');
}

/** `text` put in at the caret. What is typed next to a combining character joins it. */
export function insert(line: Line, text: string): Line {
	const before = graphemes(line.text.slice(0, line.at).join('') + text);
	return {text: [...before, ...line.text.slice(line.at)], at: before.length};
}

function wordStart({text, at}: Line): number {
	let start = at;
	while (start > 0 && text[start - 1] === ' ') start--;
	while (start > 0 && text[start - 1] !== ' ') start--;
	return start;
}

function wordEnd({text, at}: Line): number {
	let end = at;
	while (end < text.length && text[end] === ' ') end++;
	while (end < text.length && text[end] !== ' ') end++;
	return end;
}

function cut({text}: Line, from: number, to: number): Line {
	return {text: [...text.slice(0, from), ...text.slice(to)], at: from};
}

const edits: Readonly<Record<string, (line: Line) => Line>> = {
	left: ({text, at}) => ({text, at: Math.max(0, at - 1)}),
	right: ({text, at}) => ({text, at: Math.min(text.length, at + 1)}),
	home: ({text}) => ({text, at: 0}),
	end: ({text}) => ({text, at: text.length}),
	backspace: line => cut(line, Math.max(0, line.at - 1), line.at),
	delete: line => ({...cut(line, line.at, line.at + 1)}),
	wordLeft: line => ({text: line.text, at: wordStart(line)}),
	wordRight: line => ({text: line.text, at: wordEnd(line)}),
	killWord: line => cut(line, wordStart(line), line.at),
	killWordAfter: line => cut(line, line.at, wordEnd(line)),
	killBefore: line => cut(line, 0, line.at),
	killAfter: line => cut(line, line.at, line.text.length),
};

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
};

/** The line after that press, or undefined when the press is no edit. */
export function edit(line: Line, press: KeyPress): Line | undefined {
	if (press.text !== undefined && !press.ctrl && !press.alt) return insert(line, press.text);
	return edits[keys[keyName(press)] ?? '']?.(line);
}

/** Whether that press edits a line, whatever is in it. */
export function isEdit(press: KeyPress): boolean {
	return (press.text !== undefined && !press.ctrl && !press.alt) || keyName(press) in keys;
}

/** Whether that press would put in or take away text, rather than move the caret. */
export function changesText(press: KeyPress): boolean {
	if (press.text !== undefined && !press.ctrl && !press.alt) return true;
	return /^(backspace|delete|kill)/.test(keys[keyName(press)] ?? '');
}

/** Whether that press would take text away. */
export function takesAway(press: KeyPress): boolean {
	return changesText(press) && (press.text === undefined || press.ctrl || press.alt);
}

/** Text from the clipboard as a field takes it: line breaks as `\n`, no other controls; undefined when it has several lines and the field takes one. */
export function pastedText(text: string, multiline: boolean): string | undefined {
	const lines = text.replace(/\r\n?/g, '\n');
	if (multiline) return lines.replace(/[^\P{Cc}\n\t]/gu, '');
	const line = lines.replace(/^\n+|(?<!\n)\n+$/g, '');
	return line.includes('\n') ? undefined : line.replace(/\p{Cc}/gu, '');
}
