import type {Key} from 'ink';

const names = {
	upArrow: 'up',
	downArrow: 'down',
	leftArrow: 'left',
	rightArrow: 'right',
	pageUp: 'pageup',
	pageDown: 'pagedown',
	home: 'home',
	end: 'end',
	return: 'enter',
	escape: 'esc',
	tab: 'tab',
	backspace: 'backspace',
	delete: 'delete',
} as const;

type KeyName = (typeof names)[keyof typeof names];

/** One key press: a named key, or the one grapheme it types. */
export type KeyPress = {
	readonly name?: KeyName;
	readonly text?: string;
	readonly ctrl: boolean;
	readonly alt: boolean;
	readonly shift: boolean;
};

/** Made when it is first used: the first one of a process takes 9 ms. */
let segmenter: Intl.Segmenter | undefined;

/**
 * Whether a grapheme always begins between such a character and another: ASCII except carriage return, which joins a
 * line feed.
 */
function isPlain(code: number): boolean {
	return code < 128 && code !== 13;
}

/** UTF-16 units given to the segmenter at once: in V8, each grapheme costs more the longer the text. */
const pieceLength = 256;

/** Whether a UTF-16 unit is a high surrogate. */
function isFirstHalf(unit: number): boolean {
	return unit >= 0xd800 && unit < 0xdc00;
}

/**
 * Appends the graphemes of `text` to `parts`. The last grapheme of a piece may continue in the next, which therefore
 * begins with it.
 */
function segment(text: string, parts: string[]): void {
	let length = pieceLength;
	for (let start = 0; start < text.length; ) {
		const end = start + length + (isFirstHalf(text.charCodeAt(start + length - 1)) ? 1 : 0);
		segmenter ??= new Intl.Segmenter();
		const found = Array.from(segmenter.segment(text.slice(start, end)), each => each.segment);
		if (end < text.length) found.pop();
		for (const grapheme of found) {
			parts.push(grapheme);
			start += grapheme.length;
		}
		length = found.length === 0 ? length * 2 : pieceLength;
	}
}

/**
 * The graphemes of `text`: what people count as characters. Plain ASCII, most of what is pasted, costs next to nothing.
 */
export function graphemes(text: string): readonly string[] {
	const parts: string[] = [];
	let start = 0;
	for (let at = 1; at <= text.length; at++) {
		if (at < text.length && !(isPlain(text.charCodeAt(at - 1)) && isPlain(text.charCodeAt(at)))) continue;
		if (at - start === 1) parts.push(text.charAt(start));
		else segment(text.slice(start, at), parts);
		start = at;
	}
	return parts;
}

const plain = {ctrl: false, alt: false, shift: false};

/** The press that a grapheme of plain input is; undefined for a control character that is no key. */
export function fromGrapheme(grapheme: string): KeyPress | undefined {
	if (grapheme === '\r' || grapheme === '\n' || grapheme === '\r\n') return {name: 'enter', ...plain};
	if (grapheme === '\t') return {name: 'tab', ...plain};
	if (grapheme === '\u007f' || grapheme === '\b') return {name: 'backspace', ...plain};
	const code = grapheme.charCodeAt(0);
	if (code > 0 && code < 27) return {text: String.fromCharCode(code + 96), ...plain, ctrl: true};
	// For ctrl with an underscore, a slash or a seven.
	if (code === 31) return {text: '_', ...plain, ctrl: true};
	return /\p{Cc}/u.test(grapheme) ? undefined : {text: grapheme, ...plain};
}

/**
 * The key presses in one of Ink's input events. Ink delivers all plain text and control characters of one read as a
 * single event (`jj\r`, two Ctrl-W), so one event can hold many presses.
 */
export function decode(input: string, key: Key): readonly KeyPress[] {
	if (key.eventType === 'release') return [];
	const modifiers = {ctrl: key.ctrl, alt: key.meta, shift: key.shift};
	for (const [flag, name] of Object.entries(names)) {
		// Ink reports escape as meta + escape; alt means nothing here.
		if (key[flag as keyof typeof names]) return [{name, ...modifiers, alt: name !== 'esc' && modifiers.alt}];
	}
	if (key.ctrl || key.meta) return input === '' ? [] : [{text: input, ...modifiers}];
	return graphemes(input)
		.map(fromGrapheme)
		.filter(press => press !== undefined);
}

/** A press as the keymap spells it: `j`, `G`, `up`, `ctrl+s`, `shift+tab`. */
export function keyName(press: KeyPress): string {
	const shift = press.shift && press.name !== undefined ? 'shift+' : '';
	return `${press.ctrl ? 'ctrl+' : ''}${press.alt ? 'alt+' : ''}${shift}${press.name ?? press.text ?? ''}`;
}

/** The inverse of `keyName()`. */
export function pressOf(name: string): KeyPress {
	const [, modifiers = '', key = ''] = /^((?:(?:ctrl|alt|shift)\+)*)(.+)$/s.exec(name) ?? [];
	const held = {
		ctrl: modifiers.includes('ctrl'),
		alt: modifiers.includes('alt'),
		shift: modifiers.includes('shift'),
	};
	const named = Object.values(names).find(each => each === key);
	return named === undefined ? {text: key, ...held} : {name: named, ...held};
}
