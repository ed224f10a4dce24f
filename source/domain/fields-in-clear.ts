import type {Credential} from './credential.js';
import {PharmerError} from './errors.js';

/**
 * A credential's fields in clear, for a format that is written as UTF-8. Throws `invalid` for a lone surrogate, which
 * UTF-8 can't encode.
 */
export function fieldsInClear({name, data}: Credential): readonly (readonly [key: string, value: string])[] {
	return [...data].map(([key, secret]) => {
		const value = secret.reveal();
		if (/\p{Cs}/u.test(value)) throw notCarried(name, key, 'UTF-8');
		return [key, value] as const;
	});
}

/** The `invalid` error for a value that a format can't represent. */
export function notCarried(
	name: string,
	key: string,
	format: string,
	hint = 'yaml and json carry every value',
): PharmerError {
	return new PharmerError('invalid', `\`${key}\` of \`${name}\` has characters that ${format} can't carry`, hint);
}
