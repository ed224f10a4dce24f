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

export type KeyName = (typeof names)[keyof typeof names];

/** One press of one key: a named key, or the text it types (one grapheme). */
export type KeyPress = {
	readonly name?: KeyName;
	readonly text?: string;
	readonly ctrl: boolean;
	readonly alt: boolean;
	readonly shift: boolean;
};

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** How much text is handed to the segmenter at once, in UTF-16 units. */
const pieceLength = 128;

/** The graphemes of `text`: what a person counts as characters. */
export function graphemes(text: string): readonly string[] {
	const found: string[] = [];
	let start = 0;
	let length = pieceLength;
	// V8 copies the whole text for each of its graphemes, so it gets pieces. A piece begins where a grapheme does.
	while (start < text.length) {
		const end = start + length;
		const isCut = /[\uD800-\uDBFF]/.test(text[end - 1] ?? '');
		const piece = text.slice(start, isCut ? end - 1 : end);
		const parts = Array.from(segmenter.segment(piece), ({segment}) => segment);
		// The last one may go on behind the piece. Where it is the only one, the next piece is longer.
		const whole = end >= text.length ? parts : parts.slice(0, -1);
		for (const part of whole) {
			found.push(part);
			start += part.length;
		}
		length = whole.length > 0 ? pieceLength : length * 2;
	}
	return found;
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
