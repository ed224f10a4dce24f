import type {Credential, TrashedCredential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {nameKey, parseName} from '../../domain/name.js';
import {Secret} from '../../domain/secret.js';
import {isTimestamp, parseDate} from '../../domain/time.js';
import {Damage, parseCount, parseList, parseMembers, parseText, parseUuid} from '../json-values.js';
import type {Content} from '../vault.js';

const credentialMembers = ['id', 'revision', 'name', 'provider', 'data', 'labels', 'created', 'changed'];
const optionalMembers = ['note', 'expires'];

/**
 * The text that is sealed in a vault: JSON, with maps as lists of pairs, so that their order and every key are kept.
 * It holds the secrets in clear. Throws `bug` for content that `parseContentText()` would refuse, so that no such
 * content is ever written.
 */
export function contentText(content: Content): string {
	const text = JSON.stringify({
		credentials: content.credentials.map(plainCredential),
		trash: content.trash.map(each => ({...plainCredential(each), deleted: each.deleted})),
	});
	try {
		parseContentText(text);
	} catch (error) {
		if (!(error instanceof Damage)) throw error;
		throw new PharmerError(
			'bug',
			`what was to be written could not be read back: ${error.message}`,
			'nothing was written',
		);
	}
	return text;
}

/** Parses a text of `contentText()`. Throws `Damage` for any other text. */
export function parseContentText(text: string): Content {
	const members = parseMembers(parseJson(text), 'the content', ['credentials', 'trash']);
	const credentials = parseList(members.credentials, 'the list of credentials').map(value => parseCredential(value));
	const trash = parseList(members.trash, 'the trash').map(value => parseTrashed(value));
	assertDistinct(
		[...credentials, ...trash].map(each => each.id),
		'an id',
	);
	assertDistinct(
		credentials.map(each => nameKey(each.name)),
		'a name',
	);
	return {credentials, trash};
}

function plainCredential(credential: Credential) {
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

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Damage('the content is not JSON');
	}
}

function parseCredential(value: unknown): Credential {
	return credentialOf(parseMembers(value, 'a credential', credentialMembers, optionalMembers));
}

function parseTrashed(value: unknown): TrashedCredential {
	const members = parseMembers(value, 'a deleted credential', [...credentialMembers, 'deleted'], optionalMembers);
	return {...credentialOf(members), deleted: parseMoment(members.deleted, 'a deletion time')};
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
	};
}

function parseStoredName(value: unknown) {
	const text = parseText(value, 'a name');
	try {
		return parseName(text);
	} catch {
		throw new Damage('invalid name');
	}
}

/** A list of pairs as a map; `make` turns each text into a value. */
function parsePairs<Value>(value: unknown, place: string, make: (text: string) => Value): ReadonlyMap<string, Value> {
	const list = parseList(value, place);
	const pairs = new Map<string, Value>();
	for (const item of list) {
		const pair = parseList(item, place);
		if (pair.length > 2) throw new Damage(`${place} has a pair with more than two members`);
		pairs.set(parseText(pair[0], place), make(parseText(pair[1], place)));
	}
	if (pairs.size !== list.length) throw new Damage(`a key of ${place} appears twice`);
	return pairs;
}

function parseMoment(value: unknown, place: string): string {
	const text = parseText(value, place);
	if (!isTimestamp(text)) throw new Damage(`${place} is invalid`);
	return text;
}

function parseDay(value: unknown): string {
	const text = parseText(value, 'an expiry date');
	if (parseDate(text) === undefined) throw new Damage('invalid expiry date');
	return text;
}

function assertDistinct(texts: readonly string[], what: string): void {
	if (new Set(texts).size !== texts.length) throw new Damage(`${what} appears twice`);
}
