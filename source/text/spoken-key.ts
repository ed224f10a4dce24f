/**
 * A key from a file, for an error message: in back-ticks after `path` when it looks like a name, otherwise
 * `this key`, since it may be a value in the wrong place.
 */
export function spokenKey(key: string, path = ''): string {
	return looksLikeName(key) ? `\`${path}${key}\`` : 'this key';
}

/**
 * Whether a text looks like a name. Generated secrets are long, or keep switching between lower case, upper case and
 * digits; names seldom do.
 */
export function looksLikeName(text: string): boolean {
	if (!/^[A-Za-z][A-Za-z0-9 ._/-]{0,31}$/.test(text)) return false;
	const humps = text.match(/[a-z](?=[A-Z])/g)?.length ?? 0;
	const digits = text.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
	return digits <= 2 && humps + digits <= Math.max(1, text.length / 5);
}
