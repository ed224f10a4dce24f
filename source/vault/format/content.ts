import type {Credential, TrashedCredential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {isObject, type JsonObject} from '../../domain/json.js';
import {nameKey, parseName} from '../../domain/name.js';
import {Secret} from '../../domain/secret.js';
import {isTimestamp, parseDate} from '../../domain/time.js';
import {
	Damage,
	parseCount,
	parseList,
	parseMembers,
	parseText,
	parseUnknownMembers,
	parseUuid,
} from '../json-values.js';
import type {Content} from '../vault.js';
import {newest, type Version} from './envelope.js';

const credentialMembers = ['id', 'revision', 'name', 'provider', 'data', 'labels', 'created', 'changed'];
const optionalMembers = ['note', 'expires'];
const knownMembers: ReadonlySet<string> = new Set([...credentialMembers, ...optionalMembers]);
const lists = ['credentials', 'trash'];

/**
 * The text that is sealed in a vault of the newest version: JSON, with maps as lists of pairs, so that their order and
 * every key are kept. It holds the secrets in clear. Throws `bug` for content that `parseContentText()` would refuse,
 * so that no such content is ever written.
 */
export function contentText(content: Content): string {
	const text = textOf(content);
	try {
		parseContentText(text, newest);
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

function textOf({credentials, trash, sections = {}}: Content): string {
	return JSON.stringify({
		credentials: credentials.map(each => ({...plainCredential(each), ...each.carried})),
		trash: trash.map(each => ({...plainCredential(each), deleted: each.deleted, ...each.carried})),
		sections,
	});
}

/**
 * Parses the text of a vault of that version. What it does not know is carried, from version 2 on: sections, and
 * members of a credential behind those that it knows. Throws `Damage` for a text that no program would write.
 */
export function parseContentText(text: string, version: Version): Content {
	const members = parseMembers(parseJson(text), 'the content', version === 1 ? lists : [...lists, 'sections']);
	const optional = version === 1 ? optionalMembers : 'any';
	const credentials = parseList(members.credentials, 'the list of credentials').map(value =>
		parseCredential(value, optional),
	);
	const trash = parseList(members.trash, 'the trash').map(value => parseTrashed(value, optional));
	assertDistinct(
		[...credentials, ...trash].map(each => each.id),
		'an id',
	);
	assertDistinct(
		credentials.map(each => nameKey(each.name)),
		'a name',
	);
	if (version === 1) return {credentials, trash};
	const content = {credentials, trash, sections: parseSections(members.sections)};
	const carries = (credential: Credential): boolean => credential.carried !== undefined;
	const isKnown = Object.keys(content.sections).length === 0 && !credentials.some(carries) && !trash.some(carries);
	if (!isKnown && textOf(content) !== text)
		throw new Damage('what a newer program keeps in it is spelled in another way');
	return content;
}

function parseSections(value: unknown): JsonObject {
	const sections = parseMembers(value, 'the list of sections', [], 'any');
	for (const section of Object.values(sections)) {
		const {version} = parseMembers(section, 'a section', ['version'], 'any');
		parseCount(version, 'the version of a section');
	}
	return parseUnknownMembers(sections, 'a section');
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

/** Members that may be missing; from version 2 on, there may be others too. */
type Optional = typeof optionalMembers | 'any';

function parseCredential(value: unknown, optional: Optional): Credential {
	if (isObject(value) && Object.hasOwn(value, 'deleted')) throw new Damage('a credential has a deletion time');
	return credentialOf(parseMembers(value, 'a credential', credentialMembers, optional));
}

function parseTrashed(value: unknown, optional: Optional): TrashedCredential {
	const required = [...credentialMembers, 'deleted'];
	const {deleted, ...members} = parseMembers(value, 'a deleted credential', required, optional);
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
