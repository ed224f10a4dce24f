/** A mouse action; `column` and `row` count from 0, from the top left of the window. */
export type MouseAction = {
	readonly kind: 'click' | 'wheel-up' | 'wheel-down';
	readonly column: number;
	readonly row: number;
};

const kinds: Readonly<Record<string, MouseAction['kind']>> = {'0': 'click', '64': 'wheel-up', '65': 'wheel-down'};

const pasteBegins = '\u001b[200~';

/**
 * Left-button presses and wheel turns among input that a terminal sent together; ignores everything else. After the
 * start of a paste, all of it is text, whatever it contains.
 */
export function parseMouse(keys: string): readonly MouseAction[] {
	const [typed = ''] = keys.split(pasteBegins, 1);
	return [...typed.matchAll(/\u001b\[<(\d{1,3});(\d{1,5});(\d{1,5})M/g)].flatMap(([, button = '', column, row]) => {
		const kind = kinds[button];
		return kind === undefined ? [] : [{kind, column: Number(column) - 1, row: Number(row) - 1}];
	});
}
