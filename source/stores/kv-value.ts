import {isObject} from '../domain/json.js';

/** What a key of a KV engine holds: an object, or the names of its parts, which are the digests of their bytes. */
export type KvValue = {readonly bytes: Buffer} | {readonly parts: readonly string[]};

const deepest = 64;
const mostParts = 1024;

export const valueOfBytes = (bytes: Buffer): object => ({bytes: bytes.toString('base64')});

export const valueOfParts = (parts: readonly string[]): object => ({parts});

/** What a value holds. One that is not of our making has bytes too, the same for all who read it: they are chained. */
export function readValue(value: unknown): KvValue {
	const members = isObject(value) ? Object.keys(value) : [];
	if (isObject(value) && members.length === 1) {
		const {bytes, parts} = value;
		if (typeof bytes === 'string') {
			const decoded = Buffer.from(bytes, 'base64');
			if (decoded.toString('base64') === bytes) return {bytes: decoded};
		}
		if (Array.isArray(parts) && parts.length <= mostParts && parts.every(isDigest)) return {parts};
	}
	return {bytes: canonical(value)};
}

/** The bytes of a value that is not of our making. */
export function canonical(value: unknown): Buffer {
	return Buffer.from(text(value, 0), 'utf8');
}

function isDigest(value: unknown): value is string {
	return typeof value === 'string' && /^[\da-f]{64}$/.test(value);
}

/** JSON with its members in the order of their names, as far as it is not too deep. */
function text(value: unknown, depth: number): string {
	if (depth === deepest) return 'null';
	if (Array.isArray(value)) return `[${value.map(each => text(each, depth + 1)).join(',')}]`;
	if (!isObject(value)) return JSON.stringify(value ?? null);
	const names = Object.keys(value).sort();
	return `{${names.map(name => `${JSON.stringify(name)}:${text(value[name], depth + 1)}`).join(',')}}`;
}
