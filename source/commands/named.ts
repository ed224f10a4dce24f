import {PharmerError} from '../domain/errors.js';
import {nameKey} from '../domain/name.js';
import {listed} from '../domain/words.js';
import {withGuess} from '../text/nearest.js';

/**
 * The result of `find` for each name, in order and without duplicates. Throws `not-found`, naming every name without a
 * result, and the one of `known` that the first may be a slip of.
 */
export function findAll<Found>(
	names: readonly string[],
	find: (name: string) => Found | undefined,
	words: {readonly what: string; readonly hint: string; readonly known: readonly {readonly name: string}[]},
): readonly Found[] {
	const unique = [...new Map(names.map(name => [nameKey(name), name])).values()];
	const found = unique.map(find);
	const missing = unique.filter((_, index) => found[index] === undefined);
	const [first] = missing;
	if (first !== undefined) {
		const known = words.known.map(({name}) => name);
		throw new PharmerError('not-found', `${words.what} ${listed(missing, 'or')}`, withGuess(first, known, words.hint));
	}
	return found.filter(each => each !== undefined);
}
