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
