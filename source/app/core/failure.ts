import type {ErrorCode} from '../../domain/errors.js';

/** An error as it is shown. */
export type Failure = {readonly code: ErrorCode; readonly message: string; readonly hint?: string | undefined};

/** A failure's message and hint in one line. */
export function failureText({message, hint}: Pick<Failure, 'message' | 'hint'>): string {
	return hint === undefined ? message : `${message}; ${hint}`;
}

/** A problem that blocks the next step. Asking again for the same step accepts an `odd` one. */
export type Problem = {readonly severity: 'wrong' | 'odd'; readonly text: string};
