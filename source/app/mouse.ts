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
