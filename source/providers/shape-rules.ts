/** What is odd about a value that is never written with white space around it. */
export function surroundingSpace(value: string): string | undefined {
	return /^\s|\s$/.test(value) ? 'it begins or ends with white space' : undefined;
}
