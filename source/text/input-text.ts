import {PharmerError} from '../domain/errors.js';

/** The largest input that is read, in bytes of UTF-8. A file of credentials is a few kilobytes. */
export const inputLimit = 1024 * 1024;

/**
 * Text from a file, standard input or an editor, ready to parse: without a byte order mark. Throws `invalid` when it
 * is larger than `inputLimit`, contains NUL characters (so it is not text), or is nothing but white space.
 */
export function cleanInput(text: string): string {
	if (text.length > inputLimit || Buffer.byteLength(text) > inputLimit) {
		throw new PharmerError(
			'invalid',
			'the input is over 1 MiB',
			'a file of credentials is much smaller: is it the right one?',
		);
	}
	if (text.includes('\0')) {
		throw new PharmerError('invalid', 'the input is not text', 'save it as UTF-8');
	}
	const clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
	if (clean.trim() === '') throw new PharmerError('invalid', 'the input is empty');
	return clean;
}
