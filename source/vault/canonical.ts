/**
 * The canonical text of a value in a vault file: JSON with two-space indentation, members in insertion order, and a
 * line feed at the end.
 */
export function canonical(value: unknown): string {
	return `${JSON.stringify(value, undefined, 2)}\n`;
}
