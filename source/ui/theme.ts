import type {TextProps} from 'ink';
import {createContext, useContext} from 'react';

/** What a piece of text means. Nothing outside this file names a colour. */
export type Tone =
	| 'plain'
	| 'dim'
	| 'title'
	| 'accent'
	| 'selected'
	| 'danger'
	| 'warning'
	| 'done'
	| 'secret'
	| 'key'
	| 'found';

type Style = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse' | 'underline'>;

export type Tones = Readonly<Record<Tone, Style>>;

/** The terminal's own sixteen colours, so that every palette keeps its contrast. */
const colouredTones: Tones = {
	plain: {},
	dim: {dimColor: true},
	title: {bold: true},
	accent: {color: 'cyan'},
	selected: {bold: true, inverse: true},
	danger: {color: 'red', bold: true},
	warning: {color: 'yellow'},
	done: {color: 'green'},
	secret: {color: 'yellow'},
	key: {color: 'cyan', bold: true},
	found: {color: 'cyan', bold: true, underline: true},
};

/** The same without colours: bold, inverse and underline are none, and no meaning hangs on a colour alone. */
const plainTones = Object.fromEntries(
	Object.entries(colouredTones).map(([tone, {color: _, ...style}]) => [tone, style]),
) as Tones;

export type Glyphs = {
	/** Text with what this program itself puts in beyond ASCII as the terminal can show it; as many cells as before. */
	readonly text: (text: string) => string;
	readonly cursor: string;
	readonly dirty: string;
	readonly current: string;
	readonly done: string;
	readonly failed: string;
	readonly todo: string;
	readonly warning: string;
	readonly mask: string;
	readonly newline: string;
	readonly crumb: string;
	readonly spinner: readonly string[];
	readonly border: 'round' | 'classic';
	readonly corner: readonly [left: string, right: string];
	readonly line: string;
};

const plainer: Readonly<Record<string, string>> = {
	'·': '-',
	'…': '~',
	'•': '*',
	'×': 'x',
	'↑': '^',
	'↓': 'v',
	'←': '<',
	'→': '>',
};

const unicodeGlyphs: Glyphs = {
	text: text => text,
	cursor: '❯',
	dirty: '●',
	current: '●',
	done: '✓',
	failed: '✖',
	todo: '○',
	warning: '!',
	mask: '•',
	newline: '⏎',
	crumb: '›',
	spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
	border: 'round',
	corner: ['╭', '╮'],
	line: '─',
};

const asciiGlyphs: Glyphs = {
	text: text => text.replace(/[·…•×↑↓←→“”]/g, character => plainer[character] ?? character),
	cursor: '>',
	dirty: '*',
	current: '*',
	done: '+',
	failed: 'x',
	todo: 'o',
	warning: '!',
	mask: '*',
	newline: '\\n',
	crumb: '>',
	spinner: ['|', '/', '-', '\\'],
	border: 'classic',
	corner: ['+', '+'],
	line: '-',
};

export type Theme = {readonly glyphs: Glyphs; readonly tones: Tones};

/** How everything looks on a terminal that shows more than ASCII or not, in colour or not. */
export function makeTheme(unicode: boolean, color: boolean): Theme {
	return {glyphs: unicode ? unicodeGlyphs : asciiGlyphs, tones: color ? colouredTones : plainTones};
}

export const ThemeContext = createContext<Theme>(makeTheme(true, true));

export function useGlyphs(): Glyphs {
	return useContext(ThemeContext).glyphs;
}

export function useTones(): Tones {
	return useContext(ThemeContext).tones;
}
