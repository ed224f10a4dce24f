import {createHash} from 'node:crypto';
import {PharmerError} from '../../domain/errors.js';
import {isObject} from '../../domain/json.js';
import type {Source} from '../backend.js';
import {canonical} from '../canonical.js';
import {
	assertBase64,
	assertBase64Parts,
	Damage,
	parseCount,
	parseMembers,
	parseText,
	parseUuid,
} from '../json-values.js';
import {parseNonce, type Sealed, seal, tagBytes, unsealBytes} from '../keys/cipher.js';
import type {Slot} from '../keys/opener.js';
import {damaged, newerVersion, notOurs} from './envelope-errors.js';
import {padded} from './padding.js';
import {parseSlots} from './slots.js';

/** What a vault file reveals without a key. */
export type Header = {
	/** That of the file; what is written is of the `newest`. */
	readonly version: Version;
	readonly id: string;
	/** Incremented by every write, starting at 1. */
	readonly generation: number;
	readonly slots: readonly Slot[];
};

/** A header whose file was checked. */
export type CheckedHeader = Header & {
	/** SHA-256, in hex, of the canonical text of everything before it. */
	readonly checksum: string;
};

/** A parsed vault file. */
export type Envelope = CheckedHeader & {
	/** `data` is base64, as written in the file. */
	readonly body: {readonly nonce: string; readonly data: Buffer};
};

/** Versions of the file. A higher one is of a newer program. */
export type Version = 1 | 2;

const format = 'pharmer-vault';
/** The version that is written. */
export const newest: Version = 2;
/** How every vault file begins, even one that was cut short. */
const opening = canonical({format}).slice(0, -'\n}\n'.length);
/** The limit for everything but `body.data`, in bytes, also in versions to come. */
const restLimit = 64 * 1024;
/** The largest vault file, in bytes. A larger file is not one of ours. */
export const sizeLimit = 64 * 2 ** 20;

/**
 * The text of a vault file of the header's version. `content` is sealed, with everything else bound to it. Throws
 * `invalid` when the text would be larger than `sizeLimit`.
 */
export function sealEnvelope(header: Header, key: Buffer, content: string): string {
	const {nonce, data} = sealContent(header, key, content);
	const frame = frameOf(header, nonce);
	const end = endOf(frame, checksumOf(frame, data));
	if (frame.head.length + data.length + end.length > sizeLimit) {
		throw new PharmerError(
			'invalid',
			'the vault would be larger than 64 MiB',
			'nothing was written; keep large files elsewhere',
		);
	}
	return frame.head + data + end;
}

/**
 * The same with its header, after the very bytes of it were checked, opened and compared: what could not be read again
 * is never written. Throws `bug` for such a text.
 */
export function sealChecked(
	header: Header,
	key: Buffer,
	content: string,
	path: string,
): {readonly text: string; readonly header: CheckedHeader} {
	const text = sealEnvelope(header, key, content);
	const envelope = parseEnvelope(Buffer.from(text), path);
	if (openEnvelope(envelope, key) !== content)
		throw new PharmerError('bug', 'what was to be written could not be opened again', 'nothing was written');
	return {text, header: withoutBody(envelope)};
}

/** A parsed file without its bytes. */
export function withoutBody({body: _, ...header}: Envelope): CheckedHeader {
	return header;
}

function sealContent(header: Header, key: Buffer, content: string): Sealed {
	const bytes = padded(content);
	try {
		return seal(key, bytes, bound(header));
	} finally {
		bytes.fill(0);
	}
}

/** The sealed content; undefined when the key is not the vault's or something was changed. */
export function openEnvelope(envelope: Envelope, key: Buffer): string | undefined {
	const bytes = openedBytes(envelope, key);
	const text = bytes?.toString('utf8').trimEnd();
	bytes?.fill(0);
	return text;
}

/** The same as bytes in UTF-8, padded with spaces. Whoever takes them fills them with zero. */
export function openedBytes(envelope: Envelope, key: Buffer): Buffer | undefined {
	const {nonce, data} = envelope.body;
	return unsealBytes(key, nonce, data, bound(envelope));
}

/**
 * Parses the bytes of a vault file and checks everything that can be checked without a key: shape, ranges, checksum,
 * and that the bytes are the only spelling of what they say. Costs little more than hashing them, whatever they are.
 * Throws `newer-version`, and `damaged` with `path` in it.
 */
export function parseEnvelope(bytes: Buffer, path: string): Envelope {
	const value = parseRest(bytes, path);
	if (value.format !== format) throw notOurs(path);
	if (isNewer(value.version)) throw newerVersion(path, newest);
	try {
		const {header, nonce, checksum} = parseShape(value);
		const frame = frameOf(header, nonce);
		const data = between(bytes, frame.head, endOf(frame, checksum));
		if (data === undefined || checksumOf(frame, data) !== checksum) throw new Damage('its checksum does not match');
		assertBase64(data, '`body`', 1 + tagBytes);
		return {...header, body: {nonce, data}, checksum};
	} catch (error) {
		throw error instanceof Damage ? damaged(path, error.message) : error;
	}
}

/**
 * The header of a vault file that is read part by part, after all checks of `parseEnvelope()`; undefined when one of
 * them fails, and `parseEnvelope()` says why.
 */
export function skimHeader({size, read}: Source): CheckedHeader | undefined {
	const near = read(0, restLimit).toString('latin1');
	const start = dataStart(near);
	if (start === undefined || size < start + endLength) return undefined;
	const [head, end] = [near.slice(0, start), read(size - endLength, endLength).toString('latin1')];
	try {
		const {header, nonce, checksum} = parseShape(JSON.parse(head + end));
		const frame = frameOf(header, nonce);
		if (head !== frame.head || end !== endOf(frame, checksum)) return undefined;
		const hash = createHash('sha256').update(head);
		const dataPart = (from: number, to: number): Buffer => {
			const part = read(start + from, to - from);
			hash.update(part);
			return part;
		};
		assertBase64Parts(dataPart, size - endLength - start, '`body`', 1 + tagBytes);
		return hash.update(frame.foot).digest('hex') === checksum ? {...header, checksum} : undefined;
	} catch {
		return undefined;
	}
}

/** What the ends of a file say of it, unproven. */
export type Start = Pick<Header, 'id' | 'generation'> & {
	/** Whether its end is there. */
	readonly isWhole: boolean;
};

/** How much of a file `startOf()` looks at, in bytes, at its start and at its end. */
export const endBytes = 160;

/** Reads the ends of what may be a vault file. Costs nothing, whatever its size; undefined for anything else. */
export function startOf(start: Buffer, end: Buffer): Start | undefined {
	const form = /^,\n {2}"version": \d{1,16},\n {2}"id": "([\da-f-]{36})",\n {2}"generation": (\d{1,16}),\n/;
	const text = start.toString('latin1', 0, endBytes);
	const [, id, generation] = (text.startsWith(opening) && form.exec(text.slice(opening.length))) || [];
	if (id === undefined) return undefined;
	const isWhole = /,\n {2}"checksum": "[\da-f]{64}"\n\}\n$/.test(end.toString('latin1').slice(-endBytes));
	return {id, generation: Number(generation), isWhole};
}

function isNewer(value: unknown): boolean {
	return Number.isSafeInteger(value) && Number(value) > newest;
}

/** The members of a file, possibly without `body.data`. */
function parseRest(bytes: Buffer, path: string): Readonly<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(restOf(bytes));
		if (isObject(value)) return value;
	} catch {
		const start = bytes.toString('latin1', 0, opening.length + 40);
		if (start.startsWith(opening)) {
			const announced = /^,\n {2}"version": (\d{1,16}),?\n/.exec(start.slice(opening.length))?.[1];
			throw isNewer(Number(announced)) ? newerVersion(path, newest) : damaged(path, 'it is incomplete');
		}
	}
	throw notOurs(path);
}

/** The text of a file with its body's `data` emptied; empty when what is left is still too long for a vault. */
function restOf(bytes: Buffer): string {
	const near = bytes.toString('latin1', 0, restLimit);
	const found = dataStart(near);
	const start = found ?? near.length;
	const end = found === undefined ? start : bytes.indexOf('"', start);
	if (end === -1 || start + bytes.length - end > restLimit) return '';
	return near.slice(0, start) + bytes.toString('latin1', end);
}

/** Where the text of `body.data` begins; undefined when it is not found. */
function dataStart(near: string): number | undefined {
	// Slots are set in deeper: only the body begins a line so, whatever a slot of another kind holds.
	const found = /\n {2}"body": \{[^{}]*?"data": "/.exec(near);
	return found === null ? undefined : found.index + found[0].length;
}

function parseShape(value: Readonly<Record<string, unknown>>) {
	const members = parseMembers(value, 'it', ['format', 'version', 'id', 'generation', 'slots', 'body', 'checksum']);
	const {version} = members;
	if (version !== 1 && version !== 2) throw new Damage('invalid version');
	const body = parseMembers(members.body, '`body`', ['nonce', 'data']);
	const header: Header = {
		version,
		id: parseUuid(members.id, '`id`'),
		generation: parseCount(members.generation, '`generation`'),
		slots: parseSlots(members.slots, version),
	};
	return {
		header,
		nonce: parseNonce(body.nonce, '`body`'),
		checksum: parseText(members.checksum, '`checksum`', /^[0-9a-f]{64}$/),
	};
}

/** The canonical text without the checksum, before and after the text between the quotes of `body.data`. */
type Frame = {readonly head: string; readonly foot: string};

function frameOf(header: Header, nonce: string): Frame {
	const text = canonical({...open(header), body: {nonce, data: ''}});
	const place = text.lastIndexOf('""') + 1;
	return {head: text.slice(0, place), foot: text.slice(place)};
}

function checksumOf({head, foot}: Frame, data: string | Buffer): string {
	const hash = createHash('sha256').update(head);
	return (typeof data === 'string' ? hash.update(data, 'latin1') : hash.update(data)).update(foot).digest('hex');
}

/** What follows the data in a file: the checksum comes last, so it is added at the end of the rest. */
function endOf({foot}: Pick<Frame, 'foot'>, checksum: string): string {
	return `${foot.slice(0, -'\n}\n'.length)},\n  "checksum": "${checksum}"\n}\n`;
}

/** The length of what follows the data, which is the same in every file. */
const endLength = endOf({foot: '"\n  }\n}\n'}, '0'.repeat(64)).length;

/**
 * The bytes between two ASCII texts that `bytes` begin and end with; undefined when they don't. Shares their memory.
 */
function between(bytes: Buffer, head: string, end: string): Buffer | undefined {
	const stop = bytes.length - end.length;
	if (stop < head.length) return undefined;
	const isFramed = bytes.toString('latin1', 0, head.length) === head && bytes.toString('latin1', stop) === end;
	return isFramed ? bytes.subarray(head.length, stop) : undefined;
}

function bound(header: Header): string {
	return canonical(open(header));
}

function open({version, id, generation, slots}: Header) {
	return {format, version, id, generation, slots};
}
