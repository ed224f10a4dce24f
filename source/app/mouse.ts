/** What the mouse did; `column` and `row` count from 0, from the top left of the window. */
export type MouseAction = {
	readonly kind: 'click' | 'wheel-up' | 'wheel-down';
	readonly column: number;
	readonly row: number;
};

const kinds: Readonly<Record<string, MouseAction['kind']>> = {'0': 'click', '64': 'wheel-up', '65': 'wheel-down'};

/** The presses of the left button and the turns of the wheel in what a terminal has sent; everything else in it is left alone. */
export function parseMouse(input: string): readonly MouseAction[] {
	return [...input.matchAll(/\u001b\[<(\d{1,3});(\d{1,5});(\d{1,5})M/g)].flatMap(([, button = '', column, row]) => {
		const kind = kinds[button];
		return kind === undefined ? [] : [{kind, column: Number(column) - 1, row: Number(row) - 1}];
	});
}

const pasteBegins = '\u001b[200~';
const pasteEnds = '\u001b[201~';

/**
 * What stands outside of pastes in what a terminal has sent, and whether a paste goes on behind it; `inPaste` tells whether one did
 * before. A paste that holds the mark of its own end is over with the read.
 */
export function outsidePastes(input: string, inPaste: boolean): {readonly text: string; readonly inPaste: boolean} {
	const begins = inPaste ? 0 : input.indexOf(pasteBegins);
	if (begins === -1) return {text: input, inPaste: false};
	const ends = input.lastIndexOf(pasteEnds);
	return {text: input.slice(0, begins), inPaste: ends < begins || input.lastIndexOf(pasteBegins) > ends};
}
