/** Whether a text can be the key of an object in a store. */
export function isKey(text: string): boolean {
	return text.length <= 200 && /^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/.test(text);
}

/** Throws for what no key can be: a mistake of the program. */
export function assertKey(key: string): void {
	if (!isKey(key)) throw new TypeError('a key is not of a-z, 0-9, - and /, or is too long');
}
