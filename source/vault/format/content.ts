import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {isObject, type JsonObject} from '../../domain/json.js';
import {nameKey} from '../../domain/name.js';
import {repeated} from '../../text/repeated.js';
import {isClosedFiles} from '../closed/section.js';
import {isHistory} from '../history/section.js';
import {journalSection} from '../journal-section.js';
import {Damage, parseCount, parseList, parseMembers, parseUnknownMembers} from '../json-values.js';
import {teamSection} from '../team-section.js';
import {isTrustedList} from '../trusted.js';
import type {Content} from '../vault.js';
import {verdictSection} from '../verdict-section.js';
import {partsOf, withoutPadding} from './content-parts.js';
import {credentialRecord, RecordParser, trashRecord} from './credential-record.js';
import {newest, type Version} from './envelope.js';

const lists = ['credentials', 'trash'];

const nothing: Content = {credentials: [], trash: []};

/**
 * The text that is sealed in a vault of the newest version: JSON, with maps as lists of pairs, so that their order and
 * every key are kept. It holds the secrets in clear. Throws `bug` for content that `parseContentText()` would refuse,
 * so that no such content is ever written. What was `read` is not read back once more.
 */
export function contentText(content: Content, read: Content = nothing): string {
	const text = textOf(content);
	try {
		const added = newIn(content, read);
		parseContentText(textOf(added), newest);
		assertDistinctFrom(content, added);
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

/** The bytes that a content takes before it is padded. */
export function contentSize(content: Content): number {
	return Buffer.byteLength(textOf(content));
}

/** How many records are made into text, or looked for, at a time. */
const stretch = 64;

function textOf({credentials, trash, sections = {}}: Content): string {
	const [list, gone] = [listText(credentials, credentialRecord), listText(trash, trashRecord)];
	return `{"credentials":${list},"trash":${gone},"sections":${JSON.stringify(sections)}}`;
}

/** The text of a list, some records at a time: all of them at once would outlive collections of garbage. */
function listText<Item>(items: readonly Item[], recordOf: (item: Item) => unknown): string {
	const texts: string[] = [];
	for (let at = 0; at < items.length; at += stretch)
		texts.push(JSON.stringify(items.slice(at, at + stretch).map(recordOf)).slice(1, -1));
	return `[${texts.join()}]`;
}

/** What a content has that another one does not have, or not in this order. */
function newIn({credentials, trash, sections = {}}: Content, read: Content): Content {
	const isNew = ([name, value]: [string, unknown]): boolean => read.sections?.[name] !== value;
	return {
		credentials: newItems(credentials, read.credentials),
		trash: newItems(trash, read.trash),
		sections: Object.fromEntries(Object.entries(sections).filter(isNew)),
	};
}

/** Those of `items` that are not among `known` in the same order, with no more than a few of these between them. */
function newItems<Item>(items: readonly Item[], known: readonly Item[]): readonly Item[] {
	let next = 0;
	return items.filter(item => {
		for (let at = next; at < known.length && at < next + stretch; at++) {
			if (known[at] !== item) continue;
			next = at + 1;
			return false;
		}
		return true;
	});
}

/**
 * Parses the text of a vault of that version. What it does not know is carried, from version 2 on: sections, and
 * members of a credential behind those that it knows. Throws `Damage` for a text that no program would write.
 */
export function parseContentText(text: string, version: Version): Content {
	const members = membersOf(parseJson(text), version);
	const parser = new RecordParser(version);
	return contentOf(credentialsIn(members.credentials, parser), members, parser, () => text);
}

/**
 * The same for the bytes of that text in UTF-8, with spaces behind it. The records are parsed a few at a time, so that
 * what JSON.parse() makes of them is never there as a whole. Throws `Damage`.
 */
export function parseContent(padded: Buffer, version: Version): Content {
	const bytes = withoutPadding(padded);
	const text = (): string => bytes.toString('utf8');
	const parts = partsOf(bytes);
	if (parts === undefined) return parseContentText(text(), version);
	const parser = new RecordParser(version);
	const credentials: Credential[] = [];
	for (const {start, end} of parts.records) {
		const records = parsedOrNone(`[${bytes.toString('utf8', start, end)}]`);
		// It was taken apart inside a record.
		if (records === undefined) return parseContentText(text(), version);
		for (const credential of credentialsIn(records, parser)) credentials.push(credential);
	}
	const rest = parsedOrNone(`{"credentials":null${bytes.toString('utf8', parts.rest)}`);
	const isOnce = isObject(rest) && rest.credentials === null;
	if (!isOnce) return parseContentText(text(), version);
	return contentOf(credentials, membersOf(rest, version), parser, text);
}

function membersOf(value: unknown, version: Version): Readonly<Record<string, unknown>> {
	return parseMembers(value, 'the content', version === 1 ? lists : [...lists, 'sections']);
}

function credentialsIn(value: unknown, parser: RecordParser): readonly Credential[] {
	return parseList(value, 'the list of credentials').map(each => parser.credential(each));
}

/** `text` gives all of it. */
function contentOf(
	credentials: readonly Credential[],
	members: Readonly<Record<string, unknown>>,
	parser: RecordParser,
	text: () => string,
): Content {
	const trash = parseList(members.trash, 'the trash').map(each => parser.trashed(each));
	assertDistinct([...credentials, ...trash].map(idOf), 'an id');
	assertDistinct(credentials.map(keyOf), 'a name');
	if (parser.version === 1) return {credentials, trash};
	const content = {credentials, trash, sections: parseSections(members.sections)};
	const carries = (credential: Credential): boolean => credential.carried !== undefined;
	const isKnown = isAllKnown(content.sections) && !credentials.some(carries) && !trash.some(carries);
	if (!isKnown && textOf(content) !== text())
		throw new Damage('what a newer program keeps in it is spelled in another way');
	return content;
}

const idOf = ({id}: Credential): string => id;
const keyOf = ({name}: Credential): string => nameKey(name);

/** Throws `Damage` where a text is there twice. */
function assertDistinct(texts: readonly string[], what: string): void {
	if (repeated(texts).length > 0) throw new Damage(`${what} appears twice`);
}

/** Throws `Damage` where an id or a name of `added`, which are some of a content's, is there twice in the content. */
function assertDistinctFrom({credentials, trash}: Content, added: Content): void {
	assertOnce([...credentials, ...trash], [...added.credentials, ...added.trash], idOf, 'an id');
	assertOnce(credentials, added.credentials, keyOf, 'a name');
}

function parseSections(value: unknown): JsonObject {
	const sections = parseMembers(value, 'the list of sections', [], 'any');
	for (const section of Object.values(sections)) {
		const {version} = parseMembers(section, 'a section', ['version'], 'any');
		parseCount(version, 'the version of a section');
	}
	return parseUnknownMembers(sections, 'a section');
}

function isAllKnown(sections: JsonObject): boolean {
	return Object.entries(sections).every(each =>
		[isHistory, isTrustedList, isClosedFiles, verdictSection.is, journalSection.is, teamSection.is].some(is =>
			is(...each),
		),
	);
}

function parseJson(text: string): unknown {
	const value = parsedOrNone(text);
	if (value === undefined) throw new Damage('the content is not JSON');
	return value;
}

/** What a JSON text says; undefined when it is none. */
function parsedOrNone(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** `added` are some of `items`. */
function assertOnce<Item>(
	items: readonly Item[],
	added: readonly Item[],
	keyOf: (item: Item) => string,
	what: string,
): void {
	const keys = new Set(added.map(keyOf));
	const isOnce = keys.size === added.length;
	if (!isOnce || items.filter(item => keys.has(keyOf(item))).length !== keys.size)
		throw new Damage(`${what} appears twice`);
}
