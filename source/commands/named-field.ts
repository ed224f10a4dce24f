import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {listed} from '../domain/words.js';

/** The value of the field with that key. Throws `invalid`, naming the fields that there are. */
export async function fieldNamed({name, data}: Credential, key: string): Promise<Secret> {
	const value = data.get(key);
	if (value !== undefined) return value;
	const keys = [...data.keys()];
	const {withGuess} = await import('../text/nearest.js');
	const has = keys.length === 0 ? 'it has none' : `it has ${listed(keys)}`;
	throw new PharmerError('invalid', `\`${name}\` has no field \`${key}\``, withGuess(key, keys, has));
}
