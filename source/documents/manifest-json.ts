import type {Credential} from '../domain/credential.js';
import {Prose, type Written} from '../text/plain.js';
import {escapeInQuotes} from '../text/visible.js';
import {type IsHidden, manifestObject} from './manifest-object.js';

/** Like `renderYaml()`, but in JSON, as one document. In its own file because the YAML writer is slow to load. */
export function renderJson(credentials: Credential | readonly Credential[], isHidden?: IsHidden): string {
	return writeJson(manifestObject(credentials, isHidden));
}

/**
 * `value` as JSON, indented by two spaces, with a line feed at the end. Characters that could control or deceive a
 * terminal are written as `\uXXXX` escapes, so the text can be printed as it is and still reads back the same.
 */
export function writeJson(value: Written): string {
	return escapeInQuotes(`${write(value, '')}\n`);
}

function write(value: Written, indent: string): string {
	if (value instanceof Prose) return JSON.stringify(value.text);
	if (typeof value !== 'object') return JSON.stringify(value);
	const deeper = `${indent}  `;
	const [open, parts, close] =
		value instanceof Map
			? ['{', [...value].map(([key, each]) => `${JSON.stringify(key)}: ${write(each, deeper)}`), '}']
			: ['[', [...value.values()].map(each => write(each, deeper)), ']'];
	return parts.length === 0
		? open + close
		: `${open}\n${parts.map(part => deeper + part).join(',\n')}\n${indent}${close}`;
}
