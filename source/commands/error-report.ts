import type {Environment} from '../domain/environment.js';
import {exitCodes, PharmerError} from '../domain/errors.js';
import {visible} from '../text/visible.js';
import {toned} from './tone.js';

export type ErrorReport = {readonly text: string; readonly exitCode: number};

/** The stack frames of an error without its message, which may contain anything. */
function frames(error: Error): readonly string[] {
	const stack = error.stack ?? '';
	const start = stack.indexOf(error.message);
	if (start === -1) return [];
	return stack
		.slice(start + error.message.length)
		.split('\n')
		.filter(line => /^ {4}at (?:(?:\S+ )*\(|async )?(?:node:|file:|\/|[A-Za-z]:\\|<anonymous>)[^()]*\)?$/.test(line));
}

/** The kind of an error, in words that come from the program or Node.js. */
function kind(error: unknown): string {
	if (!(error instanceof Error)) return typeof error;
	const {code} = error as NodeJS.ErrnoException;
	const name = /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'Error';
	return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? `${name} ${code}` : name;
}

/**
 * The text to write to standard error about `error`, safe for a terminal, and the exit code. The message of an
 * unexpected error is never shown. With PHARMER_DEBUG=1, the stack follows, without messages. With `color`, the first
 * word is red.
 */
export function reportError(error: unknown, environment: Environment, color = false): ErrorReport {
	const debug = Boolean(environment.PHARMER_DEBUG) && environment.PHARMER_DEBUG !== '0';
	const known = error instanceof PharmerError;
	const who = toned(color ? 'bad' : undefined, 'pharmer:');
	const lines = known
		? [`${who} ${visible(error.message)}`, ...(error.hint === undefined ? [] : [visible(error.hint)])]
		: [
				`${who} this is a bug in pharmer: ${kind(error)}`,
				...(debug ? [] : ['set PHARMER_DEBUG=1 to see where it happened, without any of your data']),
			];
	if (debug && error instanceof Error) lines.push(...frames(error).map(visible));
	return {text: `${lines.join('\n')}\n`, exitCode: known ? error.exitCode : exitCodes.bug};
}
