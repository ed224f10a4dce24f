import {PharmerError} from '../../domain/errors.js';

/**
 * Joins words into a `credential_process` command line, with double quotes around words that contain spaces (AWS SDKs
 * and tools reference guide, process credential provider). Some SDKs split the line themselves and others pass it to a
 * shell, so a word may only have characters that mean nothing to either: those the guide names (letters, digits, `-`,
 * `_`, `.`, `/`, space), plus `:@+,=` and, in a path on a Windows drive, the backslash. Throws `invalid` for any other
 * character.
 */
export function awsCommandLine(words: readonly string[]): string {
	return words.map(quoted).join(' ');
}

function quoted(word: string): string {
	const onDrive = /^[A-Za-z]:\\/.test(word);
	if (!/^[\p{L}\p{N}_./:@+,= -]+$/u.test(onDrive ? word.replaceAll('\\', '/') : word)) {
		throw new PharmerError(
			'invalid',
			`\`${word}\` can't be written into a \`credential_process\`: it has characters that AWS does not take there`,
			'letters, digits, spaces and `-_./:@+,=` are fine: move or link it to such a path',
		);
	}
	return word.includes(' ') ? `"${word}"` : word;
}
