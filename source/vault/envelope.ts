import {createHash} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import {canonical} from './canonical.js';
import {parseSealed, type Sealed, seal, unseal} from './cipher.js';
import {padded} from './padding.js';
import {Damage, isObject, parseCount, parseList, parseMembers, parseUuid} from './shape.js';
import {parseSlot, type Slot} from './slots.js';

/** What a vault file tells without a key. */
export type Header = {
	readonly id: string;
	/** One more at every write, from 1 on. */
	readonly generation: number;
	readonly slots: readonly Slot[];
};

/** A vault file, taken apart. */
export type Envelope = Header & {
	readonly body: Sealed;
	/** SHA-256, in hex, of the canonical text of all that stands before it. */
	readonly checksum: string;
};

const format = 'pharmer-vault';
const version = 1;
/** What every vault file begins with, also one that was cut short. */
const opening = canonical({format}).slice(0, -'\n}\n'.length);
const mostSlots = 8;
/** A file of more bytes is none of ours. */
export const sizeLimit = 64 * 2 ** 20;

/** The text of a vault file. `content` is sealed with everything else bound to it. Throws `invalid` when it would be over `sizeLimit`. */
export function sealEnvelope(header: Header, key: Buffer, content: string): string {
	const {nonce, data} = seal(key, padded(content), bound(header));
	const {text} = spell(header, {nonce, data});
	if (text.length > sizeLimit) {
		throw new PharmerError(
			'invalid',
			'the vault would be larger than 64 MiB',
			'nothing was written; keep large files elsewhere',
		);
	}
	return text;
}

/** The content that was sealed, or undefined when the key is not the vault's or something was changed. */
export function openEnvelope(envelope: Envelope, key: Buffer): string | undefined {
	return unseal(key, envelope.body, bound(envelope))?.toString('utf8').trimEnd();
}

/**
 * A vault file's text, taken apart and checked in all that can be checked without a key: shape, ranges, checksum, and that
 * it is the only spelling of what it says. Throws `newer-version`, and `damaged` with `path` in it.
 */
export function parseEnvelope(text: string, path: string): Envelope {
	const value = parseJson(text, path);
	if (value.format !== format) throw notOurs(path);
	if (Number.isSafeInteger(value.version) && Number(value.version) > version) {
		throw new PharmerError(
			'newer-version',
			`the vault \`${path}\` was made by a newer pharmer; this one reads version ${version}`,
			'update pharmer; the file was left as it is',
		);
	}
	try {
		const {header, body} = parseShape(value);
		const spelled = spell(header, body);
		if (spelled.text !== text) throw new Damage('its checksum does not fit');
		return {...header, body, checksum: spelled.checksum};
	} catch (error) {
		throw error instanceof Damage ? damaged(path, error.message) : error;
	}
}

/** The error for a vault that can't be what this program wrote. `reason` holds nothing of its content. */
export function damaged(path: string, reason: string): PharmerError {
	return new PharmerError(
		'damaged',
		`the vault \`${path}\` is damaged or tampered with: ${reason}`,
		'restore it from a copy; the file was left as it is',
	);
}

/** The error for a file that never was a vault. */
export function notOurs(path: string, reason = ''): PharmerError {
	return new PharmerError(
		'damaged',
		`\`${path}\` is not a pharmer vault${reason}`,
		'check the path; the file was left as it is',
	);
}

function parseJson(text: string, path: string): Readonly<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(text);
		if (isObject(value)) return value;
	} catch {
		if (text.startsWith(opening)) throw damaged(path, 'it is not whole');
	}
	throw notOurs(path);
}

function parseShape(value: Readonly<Record<string, unknown>>): {readonly header: Header; readonly body: Sealed} {
	const members = parseMembers(value, 'it', ['format', 'version', 'id', 'generation', 'slots', 'body', 'checksum']);
	if (members.version !== version) throw new Damage('its version is none');
	const slots = parseList(members.slots, '`slots`').map((slot, index) => parseSlot(slot, `slot ${index + 1}`));
	if (slots.length === 0) throw new Damage('it has no slot');
	// Each slot that is tried costs a derivation: many of them would hang the program as a costly one does.
	if (slots.length > mostSlots) throw new Damage('it has more slots than this program accepts');
	if (new Set(slots.map(slot => slot.id)).size !== slots.length) throw new Damage('a slot is there twice');
	const body = parseMembers(members.body, '`body`', ['nonce', 'data']);
	const header = {id: parseUuid(members.id, '`id`'), generation: parseCount(members.generation, '`generation`'), slots};
	return {header, body: parseSealed(body.nonce, body.data, '`body`', 1)};
}

/** The text of a file, made of one pass over all but the checksum, which comes last and so is put in at the end of that text. */
function spell(header: Header, body: Sealed): {readonly text: string; readonly checksum: string} {
	const rest = canonical({...open(header), body});
	const checksum = createHash('sha256').update(rest).digest('hex');
	return {text: `${rest.slice(0, -'\n}\n'.length)},\n  "checksum": "${checksum}"\n}\n`, checksum};
}

function bound(header: Header): string {
	return canonical(open(header));
}

function open({id, generation, slots}: Header) {
	return {format, version, id, generation, slots};
}
