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

/** One press of one key: a named key, or the text it types (one grapheme). */
export type KeyPress = {
	readonly name?: KeyName;
	readonly text?: string;
	readonly ctrl: boolean;
	readonly alt: boolean;
	readonly shift: boolean;
};

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/**
 * Whether a grapheme begins between such a character and another one: ASCII, but for a carriage return, which a
 * line feed joins.
 */
function isPlain(code: number): boolean {
	return code < 128 && code !== 13;
}

/** Units that the segmenter is given at once: in V8 each grapheme costs more the longer the text is. */
const pieceLength = 256;

/** Whether a unit is the first half of a character. */
function isFirstHalf(unit: number): boolean {
	return unit >= 0xd800 && unit < 0xdc00;
}

/** Appends the graphemes of `text` to `parts`. The last of a piece may go on in the next one: that begins with it. */
function segment(text: string, parts: string[]): void {
	let length = pieceLength;
	for (let start = 0; start < text.length; ) {
		const end = start + length + (isFirstHalf(text.charCodeAt(start + length - 1)) ? 1 : 0);
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
 * The graphemes of `text`: what a person counts as characters. Plain ASCII, which is most of what is pasted, costs
 * next to nothing.
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

function fromGrapheme(grapheme: string): KeyPress | undefined {
	if (grapheme === '\r' || grapheme === '\n' || grapheme === '\r\n') return {name: 'enter', ...plain};
	if (grapheme === '\t') return {name: 'tab', ...plain};
	if (grapheme === '\u007f' || grapheme === '\b') return {name: 'backspace', ...plain};
	const code = grapheme.charCodeAt(0);
	if (code > 0 && code < 27) return {text: String.fromCharCode(code + 96), ...plain, ctrl: true};
	return /\p{Cc}/u.test(grapheme) ? undefined : {text: grapheme, ...plain};
}

/**
 * The key presses in one input event of Ink. Ink hands over all plain text and control characters that arrive in one
 * read as a single event (`jj\r`, two Ctrl-W), so one event may be many presses.
 */
export function decode(input: string, key: Key): readonly KeyPress[] {
	if (key.eventType === 'release') return [];
	const modifiers = {ctrl: key.ctrl, alt: key.meta, shift: key.shift};
	for (const [flag, name] of Object.entries(names)) {
		// Ink reports escape as meta + escape; alt means nothing there.
		if (key[flag as keyof typeof names]) return [{name, ...modifiers, alt: name !== 'esc' && modifiers.alt}];
	}
	if (key.ctrl || key.meta) return input === '' ? [] : [{text: input, ...modifiers}];
	return graphemes(input)
		.map(fromGrapheme)
		.filter(press => press !== undefined);
}

/** What a press is called in the keymap: `j`, `G`, `up`, `ctrl+s`, `shift+tab`. */
export function keyName(press: KeyPress): string {
	const shift = press.shift && press.name !== undefined ? 'shift+' : '';
	return `${press.ctrl ? 'ctrl+' : ''}${press.alt ? 'alt+' : ''}${shift}${press.name ?? press.text ?? ''}`;
}

/** The press that `keyName()` calls that. */
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
