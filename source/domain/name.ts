import {PharmerError} from './errors.js';

declare const brand: unique symbol;
/** A credential's name that has passed `parseName()`. It is never used as a path. */
export type Name = string & {readonly [brand]: 'Name'};

export const nameLengthLimit = 63;

/** The rule for a name, in short. */
export const nameRule = `1 to ${nameLengthLimit} letters, digits, . _ and -`;

/** Why `text` is not a valid name, as the end of a sentence that begins with "a name"; undefined when it is valid. */
export function nameProblem(text: string): string | undefined {
	if (text === '') return "can't be empty";
	if (text.length > nameLengthLimit) return `has at most ${nameLengthLimit} characters, this has ${text.length}`;
	if (!/^[A-Za-z0-9]/.test(text)) return 'starts with a letter or a digit';
	if (!/^[A-Za-z0-9._-]+$/.test(text)) return 'has only letters, digits, `.`, `_` and `-`';
	return undefined;
}

/** The text as a name. Throws `invalid` with the rule that the text breaks. */
export function parseName(text: string): Name {
	const problem = nameProblem(text);
	if (problem !== undefined) {
		throw new PharmerError('invalid', `\`${text}\` is not a name for a credential: a name ${problem}`);
	}
	return text as Name;
}

/** The form in which names are compared: two names with the same key are the same name. */
export function nameKey(name: string): string {
	return name.toLowerCase();
}
