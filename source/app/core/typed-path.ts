/** A typed path without spaces around it, and without the quotes that terminals put around a file dragged into them. */
export function typedPath(text: string): string {
	return text.trim().replace(/^(['"])(.*)\1$/, '$2');
}
