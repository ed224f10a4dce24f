/** The one text of a value in a vault file: JSON of two spaces, members in the order they were put in, a line feed at the end. */
export function canonical(value: unknown): string {
	return `${JSON.stringify(value, undefined, 2)}\n`;
}
