import {escapeInQuotes} from '../../text/visible.js';
import type {Context} from '../context.js';

/** Writes a value as one JSON document for another program. */
export function writeJson(value: unknown, {stdout}: Pick<Context, 'stdout'>): void {
	stdout.write(escapeInQuotes(`${JSON.stringify(value, undefined, 2)}\n`));
}
