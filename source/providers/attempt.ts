import {PharmerError} from '../domain/errors.js';

/** The result of `parse`, or undefined when it throws a `PharmerError`. Used to tell which tool a file belongs to. */
export function attempt<Result>(parse: () => Result): Result | undefined {
	try {
		return parse();
	} catch (error) {
		if (error instanceof PharmerError) return undefined;
		throw error;
	}
}
