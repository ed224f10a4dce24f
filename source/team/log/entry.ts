import {isUtf8} from 'node:buffer';
import {randomBytes} from 'node:crypto';
import {type Role, roles} from '../../domain/team.js';
import {withoutPadding} from '../../vault/format/content-parts.js';
import {
	Damage,
	parseBase64,
	parseCount,
	parseList,
	parseMembers,
	parseText,
	parseUuid,
} from '../../vault/json-values.js';
import {keyBytes, seal, tagBytes, unseal} from '../../vault/keys/cipher.js';
import {isSigned, type MemberKeys, type PublicKeys, signed, type Wrap} from './member-keys.js';
import {chained, logText} from './text.js';

/** The format that this program reads and writes. */
export const logFormat = 1;
/** A slot of more bytes is no entry. */
export const entryLimit = 1024 * 1024;
/** As many bytes of a slot are read, and hashed. */
export const slotLimit = entryLimit + 1;
/** The most members of a roster. */
const memberLimit = 500;

/** A member as the roster says it in clear, with the epoch's key for it. */
export type RosterMember = PublicKeys & {readonly id: string; readonly role: Role; readonly wrap: Wrap};

type Place = {
	readonly format: typeof logFormat;
	/** The shared vault's id. */
	readonly vault: string;
	readonly seq: number;
	/** The hash of the log up to the slot before; zeros before the first. */
	readonly prev: string;
	readonly epoch: number;
	/** The id of the member that wrote it. */
	readonly by: string;
	/** Random, so that no two entries are equal. */
	readonly id: string;
};

/** What an entry says in clear. */
export type Header =
	| (Place & {readonly kind: 'change'})
	| (Place & {
			readonly kind: 'roster';
			/** The hash of the log up to the roster entry before; zeros in the first. */
			readonly before: string;
			/** The check of the epoch's key. */
			readonly check: string;
			readonly members: readonly RosterMember[];
	  });

/** An entry as it lies in the store; `data` and `sig` are base64. */
export type Entry = {readonly h: Header; readonly data: string; readonly sig: string};

/** What stands in the place of a hash before the first entry. */
export const noHash = '0'.repeat(64);

const nonceBytes = 12;
const nonceLetters = 16;
const signatureBytes = 64;
/** What an entry seals is padded to whole steps, so that its length says little. */
const step = 1024;

/** A random id for an entry. */
export const newEntryId = (): string => randomBytes(16).toString('hex');

/** Makes an entry: seals `text` under the epoch key, bound to the header, and signs both. Returns its bytes. */
export function sealedEntry(h: Header, text: string, epochKey: Buffer, author: MemberKeys): Buffer {
	return sealedObject(h, stepped(text), epochKey, author);
}

/** The bytes of an object: padded bytes, sealed under an epoch key and bound to a header, and a signature. */
export function sealedObject(h: unknown, padded: Buffer, epochKey: Buffer, author: MemberKeys): Buffer {
	const {nonce, data} = seal(epochKey, padded, logText(h));
	padded.fill(0);
	const whole = {h, data: nonce + data};
	return Buffer.from(logText({...whole, sig: signed(logText(whole), author)}));
}

function stepped(text: string): Buffer {
	const bytes = Buffer.alloc(Math.max(1, Math.ceil(Buffer.byteLength(text) / step)) * step, ' ');
	bytes.write(text);
	return bytes;
}

/** The text that was sealed; undefined when the key is another one, anything differs, or it is none. */
export function openedData(data: string, epochKey: Buffer, bound: string): string | undefined {
	const bytes = unseal(epochKey, {nonce: data.slice(0, nonceLetters), data: data.slice(nonceLetters)}, bound);
	const text = bytes && isUtf8(bytes) ? withoutPadding(bytes).toString('utf8') : undefined;
	bytes?.fill(0);
	return text;
}

/** Whether an entry was signed by whoever has these keys. */
export function isSignedEntry({h, data, sig}: Entry, keys: PublicKeys): boolean {
	return isSigned(logText({h, data}), sig, keys);
}

/** The hash of a log up to an entry, as the entry says it; undefined for what is no entry. */
export function entryHash(bytes: Buffer): string | undefined {
	const entry = entryOrNone(bytes);
	return entry && chained(entry.h.prev, bytes);
}

/** An entry of this format; undefined for what is none. */
export function entryOrNone(bytes: Buffer): Entry | undefined {
	try {
		return parseEntry(bytes);
	} catch (error) {
		if (error instanceof Damage) return undefined;
		throw error;
	}
}

/** An entry of this format in its only spelling. Throws `Damage`. */
export function parseEntry(bytes: Buffer): Entry {
	const {h, data, sig} = parseSealed(bytes, 'an entry');
	const header = parseHeader(h);
	const entry = {h: header, data, sig};
	if (logText(entry) !== bytes.toString('latin1')) throw new Damage('an entry is spelled in another way');
	return entry;
}

/** An object of the log in its outermost form, whatever its format and header. */
export type SealedObject = {
	readonly h: unknown;
	readonly data: string;
	readonly sig: string;
	/** What is signed: all that stands before the signature, as it stands there. */
	readonly signed: string;
};

/** Reads it; the spelling of the rest is the caller's to check. Throws `Damage`. */
export function parseSealed(bytes: Buffer, place: string): SealedObject {
	const text = bytes.toString('latin1');
	const {h, data, sig} = parseMembers(parseJson(text, place), place, ['h', 'data', 'sig']);
	const signature = parseBase64(sig, `the signature of ${place}`, signatureBytes, signatureBytes);
	const end = `,"sig":"${signature}"}`;
	if (!text.endsWith(end)) throw new Damage(`${place} does not end with its signature`);
	return {
		h,
		data: parseBase64(data, `the data of ${place}`, nonceBytes + tagBytes),
		sig: signature,
		signed: `${text.slice(0, -end.length)}}`,
	};
}

function parseJson(text: string, place: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Damage(`${place} is not JSON`);
	}
}

const placeMembers = ['format', 'vault', 'seq', 'prev', 'kind', 'epoch', 'by', 'id'];

function parseHeader(value: unknown): Header {
	const {kind} = parseMembers(value, 'a header', ['kind'], 'any');
	const isRoster = kind === 'roster';
	const {format, vault, seq, prev, epoch, by, id, before, check, members} = parseMembers(
		value,
		'a header',
		isRoster ? [...placeMembers, 'before', 'check', 'members'] : placeMembers,
	);
	if (format !== logFormat) throw new Damage('a header is of another format');
	const head = {format: logFormat, vault: parseUuid(vault, 'a vault'), seq: parseCount(seq, 'a number')} as const;
	const tail = {by: parseHex(by, 'an author', 32), id: parseHex(id, 'an id', 32)};
	const previous = parseHex(prev, 'a hash', 64);
	const place = parseCount(epoch, 'an epoch');
	if (!isRoster) {
		if (kind !== 'change') throw new Damage('a header is of an unknown kind');
		return {...head, prev: previous, kind, epoch: place, ...tail};
	}
	const list = parseList(members, 'the members').map(parseMember);
	if (list.length > memberLimit) throw new Damage('there are too many members');
	const chain = {before: parseHex(before, 'a hash', 64), check: parseHex(check, 'the check of a key', 64)};
	return {...head, prev: previous, kind, epoch: place, ...tail, ...chain, members: list};
}

function parseMember(value: unknown): RosterMember {
	const {id, role, ed, x, wrap} = parseMembers(value, 'a member', ['id', 'role', 'ed', 'x', 'wrap']);
	const known = roles.find(each => each === role);
	if (known === undefined) throw new Damage('a member has an unknown role');
	return {
		id: parseHex(id, 'the id of a member', 32),
		role: known,
		ed: parseBase64(ed, 'a key', keyBytes, keyBytes),
		x: parseBase64(x, 'a key', keyBytes, keyBytes),
		wrap: parseWrap(wrap),
	};
}

function parseWrap(value: unknown): Wrap {
	const {v, from, nonce, key} = parseMembers(value, 'a wrap', ['v', 'from', 'nonce', 'key']);
	if (v !== 1) throw new Damage('a wrap is of another version');
	return {
		v,
		from: parseBase64(from, 'a key', keyBytes, keyBytes),
		nonce: parseBase64(nonce, 'a nonce', nonceBytes, nonceBytes),
		key: parseBase64(key, 'a wrapped key', keyBytes + tagBytes, keyBytes + tagBytes),
	};
}

function parseHex(value: unknown, place: string, digits: number): string {
	const text = parseText(value, place, /^[0-9a-f]+$/);
	if (text.length !== digits) throw new Damage(`${place} is malformed`);
	return text;
}
