import {escapeInQuotes} from '../domain/visible.js';
import type {Plain} from './plain.js';

/**
 * `value` as JSON with an indentation of two spaces and a line feed at the end. Characters that could drive or deceive a terminal
 * are `\uXXXX` escapes, so that it can be printed as it is and still reads back the same.
 */
export function writeJson(value: Plain): string {
	return escapeInQuotes(`${write(value, '')}\n`);
}

function write(value: Plain, indent: string): string {
	if (typeof value === 'string') return JSON.stringify(value);
	const deeper = `${indent}  `;
	const [open, parts, close] =
		value instanceof Map
			? ['{', [...value].map(([key, each]) => `${JSON.stringify(key)}: ${write(each, deeper)}`), '}']
			: ['[', [...value.values()].map(each => write(each, deeper)), ']'];
	return parts.length === 0
		? open + close
		: `${open}\n${parts.map(part => deeper + part).join(',\n')}\n${indent}${close}`;
}
