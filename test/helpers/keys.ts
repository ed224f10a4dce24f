const sequences: Readonly<Record<string, string>> = {
	enter: '\r',
	// As the kitty protocol spells it: a lone byte may begin a sequence, and is waited for.
	esc: '\u001b[27u',
	tab: '\t',
	'shift+tab': '\u001b[Z',
	up: '\u001b[A',
	down: '\u001b[B',
	right: '\u001b[C',
	left: '\u001b[D',
	home: '\u001b[H',
	end: '\u001b[F',
	pageup: '\u001b[5~',
	pagedown: '\u001b[6~',
	delete: '\u001b[3~',
	'ctrl+_': '\u001f',
	'ctrl+/': '\u001b[47;5u',
	'ctrl+7': '\u001b[55;5u',
	'ctrl+-': '\u001b[45;6u',
	'alt+_': '\u001b[95;3u',
	'alt+-': '\u001b[45;4u',
	backspace: '\u007f',
};

/** The bytes a terminal sends for a key of the keymap; other text is sent as it is. */
export function keyBytes(key: string): string {
	const ctrl = /^ctrl\+([a-z])$/.exec(key)?.[1];
	return ctrl === undefined ? (sequences[key] ?? key) : String.fromCharCode(ctrl.charCodeAt(0) - 96);
}
