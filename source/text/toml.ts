import {parse, TomlDate, TomlError} from 'smol-toml';
import {PharmerError} from '../domain/errors.js';
import type {Plain, PlainMap} from './plain.js';
import {invalidAt} from './position.js';

/** How deep tables and arrays may be nested. The files of tools need three. */
const depthLimit = 32;

/**
 * A TOML text as maps, lists and texts: numbers, booleans and dates are texts. Throws `invalid` with line and column for what is no
 * TOML, and for what is nested deeper than `depthLimit`; the messages of the package quote the file and are not used.
 */
export function parseToml(text: string): PlainMap {
	try {
		const root = toPlain(parse(text, {maxDepth: depthLimit, integersAsBigInt: true}));
		return root instanceof Map ? root : new Map();
	} catch (error) {
		if (error instanceof TomlError) {
			throw invalidAt({line: error.line, column: error.column}, 'this is no TOML from here on');
		}
		if (error instanceof PharmerError) throw error;
		throw new PharmerError('invalid', 'the input is no TOML');
	}
}

function toPlain(value: unknown): Plain {
	if (typeof value === 'string') return value;
	if (value instanceof TomlDate) return value.toISOString();
	if (Array.isArray(value)) return value.map(toPlain);
	if (typeof value === 'object' && value !== null) {
		return new Map(Object.entries(value).map(([key, each]) => [key, toPlain(each)]));
	}
	return String(value);
}

/** The text of that member, empty when it is not there or no text. */
export function plainText(map: PlainMap, key: string): string {
	const value = map.get(key);
	return typeof value === 'string' ? value : '';
}

/** The maps in that list, and their place in it; nothing when it is none. */
export function plainMaps(map: PlainMap, key: string): readonly PlainMap[] {
	const value = map.get(key);
	return Array.isArray(value) ? value.filter(each => each instanceof Map) : [];
}
