import {PharmerError} from '../domain/errors.js';

/** What `parse` gives, or undefined when the text is no such thing: for telling whose file it is. */
export function attempt<Result>(parse: () => Result): Result | undefined {
	try {
		return parse();
	} catch (error) {
		if (error instanceof PharmerError) return undefined;
		throw error;
	}
}
