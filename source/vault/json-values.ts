import {isObject, type Json, type JsonObject} from '../domain/json.js';

/**
 * What is wrong with the text of a vault: a reason in words, without the vault's path and without any of its values.
 */
export class Damage extends Error {
	override readonly name = 'Damage';
}

/**
 * The members of a JSON object that has all of `required`, may have those of `optional` or any, and has no others.
 * `place` is what errors call the object. Throws `Damage`.
 */
export function parseMembers(
	value: unknown,
	place: string,
	required: readonly string[],
	optional: readonly string[] | 'any' = [],
): Readonly<Record<string, unknown>> {
	if (!isObject(value)) throw new Damage(`${place} is not an object`);
	for (const name of required) {
		if (!Object.hasOwn(value, name)) throw new Damage(`${place} has no \`${name}\``);
	}
	if (optional === 'any') return value;
	for (const name of Object.keys(value)) {
		if (!required.includes(name) && !optional.includes(name)) throw new Damage(`${place} has an unknown member`);
	}
	return value;
}

/** A JSON array. Throws `Damage`. */
export function parseList(value: unknown, place: string): readonly unknown[] {
	if (!Array.isArray(value)) throw new Damage(`${place} is not a list`);
	return value;
}

/**
 * A list of pairs of texts as a map; `make` turns each second text into a value, `keyOf` each first into its key.
 * Throws `Damage`.
 */
export function parsePairs<Value>(
	value: unknown,
	place: string,
	make: (text: string) => Value,
	keyOf: (text: string) => string = text => text,
): ReadonlyMap<string, Value> {
	const list = parseList(value, place);
	const pairs = new Map<string, Value>();
	for (const item of list) {
		const pair = parseList(item, place);
		if (pair.length > 2) throw new Damage(`${place} has a pair with more than two members`);
		pairs.set(keyOf(parseText(pair[0], place)), make(parseText(pair[1], place)));
	}
	if (pairs.size !== list.length) throw new Damage(`a key of ${place} appears twice`);
	return pairs;
}

/** A string, of the form of `pattern` if one is given. Throws `Damage`. */
export function parseText(value: unknown, place: string, pattern?: RegExp): string {
	if (typeof value !== 'string') throw new Damage(`${place} is not text`);
	if (pattern !== undefined && !pattern.test(value)) throw new Damage(`${place} is malformed`);
	return value;
}

/** A whole number of at least 1 that a JSON number holds exactly. Throws `Damage`. */
export function parseCount(value: unknown, place: string): number {
	if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
		throw new Damage(`${place} is not a whole number of at least 1`);
	}
	return value;
}

/** A UUID in lower case. Throws `Damage`. */
export function parseUuid(value: unknown, place: string): string {
	return parseText(value, place, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
}

/** How deep a value that this program does not know may be. */
const depthLimit = 32;

/** A value that this program does not know, which can be written as it was read. Throws `Damage`. */
function parseUnknown(value: unknown, place: string, depth = 0): Json {
	if (depth > depthLimit) throw new Damage(`${place} is too deep`);
	if (typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)) return value;
	if (Array.isArray(value)) return value.map(item => parseUnknown(item, place, depth + 1));
	if (isObject(value)) return parseUnknownMembers(value, place, depth);
	throw new Damage(`${place} has a value of a kind that no version has`);
}

/** The members of an object that this program does not know. Throws `Damage`. */
export function parseUnknownMembers(value: Readonly<Record<string, unknown>>, place: string, depth = 0): JsonObject {
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [name, parseUnknown(member, place, depth + 1)]),
	);
}

/**
 * Base64 text with padding, in its only spelling, that stands for at least `least` and at most `most` bytes. Throws
 * `Damage`.
 */
export function parseBase64(value: unknown, place: string, least: number, most?: number): string {
	const text = parseText(value, place);
	assertBase64(Buffer.from(text), place, least, most);
	return text;
}

/** In base64 characters, so that a part stands for whole bytes. */
const partLength = 64 * 1024;

/** The same for the bytes of such a text, checked in parts, since there may be millions. Throws `Damage`. */
export function assertBase64(text: Buffer, place: string, least: number, most?: number): void {
	assertBase64Parts((start, end) => text.subarray(start, end), text.length, place, least, most);
}

/** The same for a text of that length, of which `partOf` gives the parts in turn. Throws `Damage`. */
export function assertBase64Parts(
	partOf: (start: number, end: number) => Buffer,
	textLength: number,
	place: string,
	least: number,
	most = Number.POSITIVE_INFINITY,
): void {
	let length = 0;
	for (let start = 0; start < textLength; start += partLength) {
		const part = partOf(start, Math.min(start + partLength, textLength)).toString('latin1');
		const bytes = Buffer.from(part, 'base64');
		const isFull = bytes.length === (partLength / 4) * 3 || start + partLength >= textLength;
		if (!isFull || bytes.toString('base64') !== part) throw new Damage(`${place} is not base64`);
		length += bytes.length;
	}
	if (length < least || length > most) throw new Damage(`${place} has the wrong length`);
}
