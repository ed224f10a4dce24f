import type {BoxProps, TextProps} from 'ink';
import {createContext, useContext} from 'react';
import type {ThemeName} from '../domain/theme-name.js';

/** The meaning of a text. Only this file names colours. */
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
	/** A value in a text of keys and values. */
	| 'value'
	| 'found'
	/** The same in a selected row. */
	| 'found-selected'
	| 'border'
	/** For the pane that has the keyboard. */
	| 'border-active';

type Style = Pick<TextProps, 'color' | 'backgroundColor' | 'bold' | 'dimColor' | 'inverse' | 'underline'>;

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
	value: {color: 'green'},
	found: {color: 'cyan', bold: true, underline: true},
	'found-selected': {color: 'cyan', bold: true, underline: true},
	border: {dimColor: true},
	'border-active': {color: 'cyan'},
};

/** The same without colours: bold, inverse and underline are not colours, and no meaning depends on colour alone. */
const plainTones = Object.fromEntries(
	Object.entries(colouredTones).map(([tone, {color: _, ...style}]) => [tone, style]),
) as Tones;

/** The colours of a theme with its own palette. */
type Palette = {
	readonly background: string;
	readonly text: string;
	readonly dim: string;
	readonly accent: string;
	readonly danger: string;
	readonly warning: string;
	readonly done: string;
	readonly border: string;
	readonly selected: {readonly text: string; readonly background: string};
};

/**
 * Contrast with the background is at least 4.5:1 for text (WCAG AA), 7:1 in high contrast (AAA), and 3:1 for borders.
 * Terminals without true colour get chalk's approximation: the ratios hold for 256 colours too, and no two adjacent
 * colours become the same of 16. Chalk rounds up to the next of six steps, so a small change here can be a large one
 * there: `test/ui/theme.test.ts` measures.
 */
const palettes: Readonly<Record<Exclude<ThemeName, 'terminal'>, Palette>> = {
	light: {
		background: '#fafafa',
		text: '#1c1c1c',
		dim: '#5c5c5c',
		accent: '#004c7f',
		danger: '#a00000',
		warning: '#7a4c00',
		done: '#006400',
		border: '#767676',
		selected: {text: '#ffffff', background: '#004c7f'},
	},
	dark: {
		background: '#1c1c1c',
		text: '#e4e4e4',
		dim: '#a8a8a8',
		accent: '#5fd7ff',
		danger: '#ff7878',
		warning: '#ffd75f',
		done: '#78d778',
		border: '#8a8a8a',
		selected: {text: '#1c1c1c', background: '#5fd7ff'},
	},
	'high-contrast': {
		background: '#000000',
		text: '#ffffff',
		dim: '#d0d0d0',
		accent: '#00ffff',
		danger: '#ff8080',
		warning: '#ffff00',
		done: '#00ff00',
		border: '#ffffff',
		selected: {text: '#000000', background: '#ffff00'},
	},
};

/** Every tone sets its own colour: the terminal's, dimmed or inverse, is unpredictable on another background. */
function paintedTones({text, dim, accent, danger, warning, done, border, selected}: Palette): Tones {
	const chosen = {color: selected.text, backgroundColor: selected.background, bold: true};
	return {
		plain: {color: text},
		dim: {color: dim},
		title: {color: text, bold: true},
		accent: {color: accent},
		selected: chosen,
		danger: {color: danger, bold: true},
		warning: {color: warning},
		done: {color: done},
		secret: {color: warning},
		key: {color: accent, bold: true},
		value: {color: done},
		found: {color: accent, bold: true, underline: true},
		'found-selected': {...chosen, underline: true},
		border: {color: border},
		'border-active': {color: accent},
	};
}

export type Glyphs = {
	/** Replaces the program's own non-ASCII characters with what the terminal can show, in the same number of cells. */
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
	'“': '"',
	'”': '"',
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
	done: 'v',
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

/** A pane's border style, as properties of its box. */
type Border = Pick<BoxProps, 'borderColor' | 'borderBackgroundColor' | 'borderDimColor'>;

export type Theme = {
	readonly glyphs: Glyphs;
	readonly tones: Tones;
	readonly borders: {readonly active: Border; readonly resting: Border};
	/** Paints the whole window; without it the terminal's own background shows. */
	readonly background?: string;
};

/** Ink does not paint the border cells of a box: they need the background themselves. */
function borderOf({color, dimColor = false}: Style, background: string | undefined): Border {
	return {
		borderDimColor: dimColor,
		...(color === undefined ? {} : {borderColor: color}),
		...(background === undefined ? {} : {borderBackgroundColor: background}),
	};
}

function newTheme(unicode: boolean, color: boolean, name: ThemeName): Theme {
	const palette = color && name !== 'terminal' ? palettes[name] : undefined;
	const tones = palette !== undefined ? paintedTones(palette) : color ? colouredTones : plainTones;
	const background = palette?.background;
	return {
		glyphs: unicode ? unicodeGlyphs : asciiGlyphs,
		tones,
		borders: {
			active: borderOf(tones['border-active'], background),
			resting: borderOf(tones.border, background),
		},
		...(background === undefined ? {} : {background}),
	};
}

const made = new Map<string, Theme>();

/**
 * The theme for a terminal with or without Unicode, and with or without colour. Without colour all themes are the same.
 * Memoised: a new object each frame would redraw every row.
 */
export function makeTheme(unicode: boolean, color: boolean, name: ThemeName = 'terminal'): Theme {
	const key = `${unicode} ${color} ${color ? name : 'terminal'}`;
	const theme = made.get(key) ?? newTheme(unicode, color, name);
	made.set(key, theme);
	return theme;
}

export const ThemeContext = createContext<Theme>(makeTheme(true, true));

export function useTheme(): Theme {
	return useContext(ThemeContext);
}

export function useGlyphs(): Glyphs {
	return useContext(ThemeContext).glyphs;
}

export function useTones(): Tones {
	return useContext(ThemeContext).tones;
}
