import {randomBytes} from 'node:crypto';
import {type Role, roles} from '../../domain/team.js';
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
import {logText} from './text.js';

/** The format that this program reads and writes. */
export const logFormat = 1;
/** An object of more bytes is not read: it is no entry. */
export const entryLimit = 1024 * 1024;
/** The most members of a roster. */
const memberLimit = 500;

/** A member as the roster says it in clear, with the epoch's key for it. */
export type RosterMember = PublicKeys & {readonly id: string; readonly role: Role; readonly wrap: Wrap};

type Place = {
	readonly format: typeof logFormat;
	/** The shared vault's id. */
	readonly vault: string;
	readonly seq: number;
	/** SHA-256 of the bytes in the slot before (hexadecimal), whatever they are; zeros before the first. */
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
	| (Place & {readonly kind: 'roster'; readonly members: readonly RosterMember[]});

/** An entry as it lies in the store; `data` and `sig` are base64. */
export type Entry = {readonly h: Header; readonly data: string; readonly sig: string};

/** What stands in the place of a hash before the first entry. */
export const noHash = '0'.repeat(64);

const nonceLetters = 16;
const signatureBytes = 64;
/** The sealed text is padded to whole steps, so that its length says little. */
const step = 1024;

/** A random id for an entry. */
export const newEntryId = (): string => randomBytes(16).toString('hex');

/** Makes an entry: seals `text` under the epoch key, bound to the header, and signs both. Returns its bytes. */
export function sealedEntry(h: Header, text: string, epochKey: Buffer, author: MemberKeys): Buffer {
	const data = sealedData(text, epochKey, logText(h));
	return Buffer.from(logText({h, data, sig: signed(logText({h, data}), author)}));
}

/** Seals a text under an epoch key, padded, bound to a header: base64 of nonce, ciphertext and tag. */
export function sealedData(text: string, epochKey: Buffer, bound: string): string {
	const length = Buffer.byteLength(text);
	const bytes = Buffer.alloc(Math.max(1, Math.ceil(length / step)) * step, ' ');
	bytes.write(text);
	const {nonce, data} = seal(epochKey, bytes, bound);
	bytes.fill(0);
	return nonce + data;
}

/** The text that was sealed, with its padding; undefined when the key is another one or anything differs. */
export function openedData(data: string, epochKey: Buffer, bound: string): string | undefined {
	const bytes = unseal(epochKey, {nonce: data.slice(0, nonceLetters), data: data.slice(nonceLetters)}, bound);
	const text = bytes?.toString('utf8');
	bytes?.fill(0);
	return text;
}

/** Whether an entry was signed by whoever has these keys. */
export function isSignedEntry({h, data, sig}: Entry, keys: PublicKeys): boolean {
	return isSigned(logText({h, data}), sig, keys);
}

/** An entry of this format in its only spelling. Throws `Damage`. */
export function parseEntry(bytes: Buffer): Entry {
	const {h, data, sig} = parseSealed(bytes, 'an entry');
	const header = parseHeader(h);
	const entry = {h: header, data, sig};
	if (logText(entry) !== bytes.toString('latin1')) throw new Damage('an entry is spelled in another way');
	return entry;
}

/**
 * What every object of the log is in its outermost form, whatever its format and header. Throws `Damage`. Its spelling
 * is the caller's to check.
 */
export function parseSealed(
	bytes: Buffer,
	place: string,
): {readonly h: unknown; readonly data: string; readonly sig: string} {
	const {h, data, sig} = parseMembers(parseJson(bytes, place), place, ['h', 'data', 'sig']);
	return {
		h,
		data: parseBase64(data, `the data of ${place}`, keyBytes / 2 + tagBytes),
		sig: parseBase64(sig, `the signature of ${place}`, signatureBytes, signatureBytes),
	};
}

function parseJson(bytes: Buffer, place: string): unknown {
	try {
		return JSON.parse(bytes.toString('latin1'));
	} catch {
		throw new Damage(`${place} is not JSON`);
	}
}

const placeMembers = ['format', 'vault', 'seq', 'prev', 'kind', 'epoch', 'by', 'id'];

function parseHeader(value: unknown): Header {
	const {kind} = parseMembers(value, 'a header', ['kind'], 'any');
	const isRoster = kind === 'roster';
	const {format, vault, seq, prev, epoch, by, id, members} = parseMembers(
		value,
		'a header',
		isRoster ? [...placeMembers, 'members'] : placeMembers,
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
	return {...head, prev: previous, kind, epoch: place, ...tail, members: list};
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
		nonce: parseBase64(nonce, 'a nonce', 12, 12),
		key: parseBase64(key, 'a wrapped key', keyBytes + tagBytes, keyBytes + tagBytes),
	};
}

function parseHex(value: unknown, place: string, digits: number): string {
	const text = parseText(value, place, /^[0-9a-f]+$/);
	if (text.length !== digits) throw new Damage(`${place} is malformed`);
	return text;
}
