/** Returns what is odd about the shape of a value, as a sentence that contains no part of it, or undefined. */
export type ShapeRule = (value: string) => string | undefined;

/** Detects white space around a value, which is usually a copying mistake. */
export function surroundingSpace(value: string): string | undefined {
	return /^\s|\s$/.test(value) ? 'it begins or ends with white space' : undefined;
}

/** Whether a value looks like a file's path, where the file's text is wanted: one line that starts as paths do. */
export function isPath(value: string): boolean {
	return /^(?:~|\.{0,2}\/|\.{1,2}\\|[A-Za-z]:\\)[^\r\n{]*$/.test(value);
}

/** The message for such a value. */
export const pathNotText = 'it is the path of a file: the text in the file belongs here';

/** The end of a sentence that says what a value has instead of `count` characters of the expected kind. */
export function insteadOf(count: number, value: string): string {
	return value.length === count ? 'this has a character of another kind' : `this has ${value.length} characters`;
}

/** A rule that reports `sentence` when `pattern` does not match; surrounding white space is reported first. */
export function shaped(pattern: RegExp, sentence: string): ShapeRule {
	return value => surroundingSpace(value) ?? (pattern.test(value) ? undefined : sentence);
}

/** A rule that a value is a UUID. `what` names such values, in the plural. */
export function uuid(what: string): ShapeRule {
	return shaped(
		/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
		`${what} are UUIDs: 32 hexadecimal digits in five groups`,
	);
}
