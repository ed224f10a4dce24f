import {PharmerError} from '../domain/errors.js';
import {visible} from '../text/visible.js';
import type {Context} from './context.js';
import {toned} from './tone.js';

/** Writes a line to standard error, safe for a terminal whatever the text holds. */
export function tell(context: Pick<Context, 'stderr'>, line: string): void {
	context.stderr.write(`${visible(line)}\n`);
}

/** Writes a warning to standard error. */
export function warn({stderr}: Pick<Context, 'stderr'>, line: string): void {
	stderr.write(`${toned(stderr.hasColor ? 'soon' : undefined, 'warning:')} ${visible(line)}\n`);
}

/** The error for a command that was used incorrectly. */
export function usage(message: string, hint?: string): PharmerError {
	return new PharmerError('usage', message, hint);
}
