import {parse, TomlDate, TomlError} from 'smol-toml';
import {PharmerError} from '../domain/errors.js';
import type {Plain, PlainMap} from './plain.js';
import {invalidAt, type Position} from './position.js';

/** The deepest nesting of tables and arrays that is read. The files of tools need three levels. */
const depthLimit = 32;

/**
 * A TOML text as maps, lists and texts: numbers, booleans and dates become text. Throws `invalid`, with line and
 * column, for invalid TOML and for nesting deeper than `depthLimit`; the package's own messages quote the file and
 * are not used.
 */
export function parseToml(text: string): PlainMap {
	try {
		return rootOf(text);
	} catch (error) {
		throw tomlError(error);
	}
}

/** The same; throws the package's own errors. */
export function rootOf(text: string): PlainMap {
	const root = toPlain(parse(text, {maxDepth: depthLimit, integersAsBigInt: true}));
	return root instanceof Map ? root : new Map();
}

/** Where `rootOf()` found invalid TOML; undefined for any other error. */
export function tomlPosition(error: unknown): Position | undefined {
	return error instanceof TomlError ? {line: error.line, column: error.column} : undefined;
}

/** The error of this program for one of the package. */
export function tomlError(error: unknown): PharmerError {
	if (error instanceof TomlError) return invalidAt(error, 'invalid TOML from here on');
	return error instanceof PharmerError ? error : new PharmerError('invalid', 'the input is not TOML');
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

/**
 * The same map with its keys in lower case, as Go's readers match them. Of equal ones one with capitals counts, as for
 * viper (spf13/viper, util.go, insensitiviseMap), the last of them.
 */
export function lowerKeys(map: PlainMap): PlainMap {
	const lower = [...map].map(([key, value]) => [key.toLowerCase(), value, key] as const);
	const inOrder = [...lower.filter(([key, , own]) => key === own), ...lower.filter(([key, , own]) => key !== own)];
	return new Map(inOrder.map(([key, value]) => [key, value]));
}

/** The text of that member; empty when it is missing or not text. */
export function plainText(map: PlainMap, key: string): string {
	const value = map.get(key);
	return typeof value === 'string' ? value : '';
}

/** The maps in that list; empty when the value is not a list. */
export function plainMaps(map: PlainMap, key: string): readonly PlainMap[] {
	const value = map.get(key);
	return Array.isArray(value) ? value.filter(each => each instanceof Map) : [];
}
