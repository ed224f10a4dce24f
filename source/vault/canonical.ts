/**
 * The canonical text of a value in a vault file: JSON in ASCII with two-space indentation, members in insertion order,
 * and a line feed at the end.
 */
export function canonical(value: unknown): string {
	const text = `${JSON.stringify(value, undefined, 2)}\n`;
	return text.replace(/[\u007F-\uFFFF]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
