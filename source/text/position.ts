import {PharmerError} from '../domain/errors.js';

/** Where something begins in a text; line and column count from 1. */
export type Position = {readonly line: number; readonly column: number};

/** An `invalid` error at a position in the input. `sentence` is about that position and holds no value from it. */
export function invalidAt(at: Position, sentence: string, hint?: string): PharmerError {
	return new PharmerError('invalid', `line ${at.line}, column ${at.column}: ${sentence}`, hint);
}

/** An `invalid` error at a line. `sentence` holds no value from it. */
export function invalidLine(line: number, sentence: string, hint?: string): PharmerError {
	return new PharmerError('invalid', `line ${line}: ${sentence}`, hint);
}
