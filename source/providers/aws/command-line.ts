import {PharmerError} from '../../domain/errors.js';

/**
 * Words as the command line of a `credential_process`, those with spaces in double quotes (AWS SDKs and tools reference guide,
 * process credential provider). Some SDKs split it by themselves and others give it to a shell, so a word may only have what means
 * nothing to either: beside what the guide names (letters, digits, `-`, `_`, `.`, `/`, space) these are `:@+,=` and, in a path on a
 * Windows drive, the backslash. Throws `invalid` for any other.
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
