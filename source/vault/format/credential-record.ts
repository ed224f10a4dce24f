import type {Credential, TrashedCredential} from '../../domain/credential.js';
import {isObject} from '../../domain/json.js';
import {type Name, parseName} from '../../domain/name.js';
import {Secret} from '../../domain/secret.js';
import {isTimestamp, parseDate} from '../../domain/time.js';
import {
	Damage,
	parseCount,
	parseMembers,
	parsePairs,
	parseText,
	parseUnknownMembers,
	parseUuid,
} from '../json-values.js';
import type {Version} from './envelope.js';

const requiredMembers = ['id', 'revision', 'name', 'provider', 'data', 'labels', 'created', 'changed'];
const optionalMembers = ['note', 'expires'];
const knownMembers: ReadonlySet<string> = new Set([...requiredMembers, ...optionalMembers]);

/**
 * A credential as it lies in the content: maps are lists of pairs, and what a newer program keeps with it comes last.
 * It holds the secrets in clear.
 */
export function credentialRecord(credential: Credential) {
	return {...plain(credential), ...credential.carried};
}

/** The same for a deleted one. */
export function trashRecord(credential: TrashedCredential) {
	return {...plain(credential), deleted: credential.deleted, ...credential.carried};
}

function plain(credential: Credential) {
	return {
		id: credential.id,
		revision: credential.revision,
		name: credential.name,
		provider: credential.provider,
		data: [...credential.data].map(([key, value]) => [key, value.reveal()]),
		labels: [...credential.labels],
		...(credential.note === undefined ? {} : {note: credential.note}),
		...(credential.expires === undefined ? {} : {expires: credential.expires}),
		created: credential.created,
		changed: credential.changed,
	};
}

/** From version 2 on, a record may have other members too. */
const optionalIn = (version: Version): readonly string[] | 'any' => (version === 1 ? optionalMembers : 'any');

/** A credential's record in a vault of that version. Throws `Damage`. */
export function parseCredential(value: unknown, version: Version): Credential {
	if (isObject(value) && Object.hasOwn(value, 'deleted')) throw new Damage('a credential has a deletion time');
	return credentialOf(parseMembers(value, 'a credential', requiredMembers, optionalIn(version)));
}

/** The same for a deleted one. Throws `Damage`. */
export function parseTrashed(value: unknown, version: Version): TrashedCredential {
	const required = [...requiredMembers, 'deleted'];
	const {deleted, ...members} = parseMembers(value, 'a deleted credential', required, optionalIn(version));
	return {...credentialOf(members), deleted: parseMoment(deleted, 'a deletion time')};
}

function credentialOf(members: Readonly<Record<string, unknown>>): Credential {
	return {
		id: parseUuid(members.id, 'the id of a credential'),
		revision: parseCount(members.revision, 'the revision of a credential'),
		name: parseStoredName(members.name),
		provider: parseText(members.provider, 'the provider of a credential'),
		data: parsePairs(members.data, 'the data of a credential', text => new Secret(text)),
		labels: parsePairs(members.labels, 'the labels of a credential', text => text),
		...(members.note === undefined ? {} : {note: parseText(members.note, 'a note')}),
		...(members.expires === undefined ? {} : {expires: parseDay(members.expires)}),
		created: parseMoment(members.created, 'a creation time'),
		changed: parseMoment(members.changed, 'a change time'),
		...carriedOf(members),
	};
}

/** What is not known of a credential. */
function carriedOf(members: Readonly<Record<string, unknown>>): Pick<Credential, 'carried'> {
	const unknown = Object.entries(members).filter(([name]) => !knownMembers.has(name));
	return unknown.length === 0 ? {} : {carried: parseUnknownMembers(Object.fromEntries(unknown), 'a credential')};
}

/** A name as it lies in the content. Throws `Damage`. */
export function parseStoredName(value: unknown): Name {
	const text = parseText(value, 'a name');
	try {
		return parseName(text);
	} catch {
		throw new Damage('invalid name');
	}
}

function parseMoment(value: unknown, place: string): string {
	const text = parseText(value, place);
	if (!isTimestamp(text)) throw new Damage(`${place} is invalid`);
	return text;
}

/** An expiry date as it lies in the content. Throws `Damage`. */
export function parseDay(value: unknown): string {
	const text = parseText(value, 'an expiry date');
	if (parseDate(text) === undefined) throw new Damage('invalid expiry date');
	return text;
}
