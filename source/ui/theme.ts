import type {TextProps} from 'ink';
import {createContext, useContext} from 'react';

/** What a piece of text means. Nothing outside this file names a colour. */
export type Tone = 'plain' | 'dim' | 'title' | 'accent' | 'selected' | 'danger' | 'warning' | 'done' | 'secret' | 'key';

type Style = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse' | 'underline'>;

/** The terminal's own sixteen colours, so that every palette keeps its contrast. */
export const tones: Readonly<Record<Tone, Style>> = {
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
};

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

export const unicodeGlyphs: Glyphs = {
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

export const asciiGlyphs: Glyphs = {
	text: text => text.replace(/[·…•×↑↓←→]/g, character => plainer[character] ?? character),
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

export const GlyphsContext = createContext<Glyphs>(unicodeGlyphs);

export function useGlyphs(): Glyphs {
	return useContext(GlyphsContext);
}
