/** The codes of all styles that were written to a terminal, such as `7` for inverse: one sequence may hold several. */
export function styleCodes(written: string): ReadonlySet<number> {
	return new Set([...written.matchAll(/\u001b\[([\d;]*)m/g)].flatMap(([, codes = '']) => codes.split(';').map(Number)));
}

/** Whether a code sets a colour. */
export const isColour = (code: number): boolean =>
	(code >= 30 && code <= 38) || (code >= 40 && code <= 48) || (code >= 90 && code <= 107);
