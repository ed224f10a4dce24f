/** What is odd about the shape of a value, as a sentence that holds no part of it, or undefined. */
export type ShapeRule = (value: string) => string | undefined;

/** White space around a value: it was copied with it, as a rule. */
export function surroundingSpace(value: string): string | undefined {
	return /^\s|\s$/.test(value) ? 'it begins or ends with white space' : undefined;
}

/** Whether a value is the path of a file where the file's text is wanted: one line that begins as paths do. */
export function isPath(value: string): boolean {
	return /^(?:~|\.{0,2}\/|\.{1,2}\\|[A-Za-z]:\\)[^\r\n{]*$/.test(value);
}

/** What is said of that. */
export const pathNotText = 'it is the path of a file: the text in the file belongs here';

/** What a value has in the place of `count` characters of some kinds, for the end of a sentence. */
export function insteadOf(count: number, value: string): string {
	return value.length === count ? 'this has a character of another kind' : `this has ${value.length} characters`;
}

/** The rule that `pattern` matches, said with `sentence` where it does not; white space around a value is said first. */
export function shaped(pattern: RegExp, sentence: string): ShapeRule {
	return value => surroundingSpace(value) ?? (pattern.test(value) ? undefined : sentence);
}

/** The rule that a value is a UUID. `what` names such values, in the plural. */
export function uuid(what: string): ShapeRule {
	return shaped(
		/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
		`${what} are UUIDs: 32 hexadecimal digits in five groups`,
	);
}
