/** Quotes a text as a word of a shell. What somebody else wrote need not follow the rules for names. */
export function shellWord(text: string): string {
	return /^[A-Za-z0-9/.][A-Za-z0-9._/:@+-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
