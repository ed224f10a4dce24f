import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {JsonObject} from '../../domain/json.js';
import {nameKey} from '../../domain/name.js';
import {isClosedFiles} from '../closed/section.js';
import {isHistory} from '../history/section.js';
import {Damage, parseCount, parseList, parseMembers, parseUnknownMembers} from '../json-values.js';
import {isTrustedList} from '../trusted.js';
import type {Content} from '../vault.js';
import {credentialRecord, parseCredential, parseTrashed, trashRecord} from './credential-record.js';
import {newest, type Version} from './envelope.js';

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

/** The bytes that a content takes before it is padded. */
export function contentSize(content: Content): number {
	return Buffer.byteLength(textOf(content));
}

function textOf({credentials, trash, sections = {}}: Content): string {
	return JSON.stringify({
		credentials: credentials.map(credentialRecord),
		trash: trash.map(trashRecord),
		sections,
	});
}

/**
 * Parses the text of a vault of that version. What it does not know is carried, from version 2 on: sections, and
 * members of a credential behind those that it knows. Throws `Damage` for a text that no program would write.
 */
export function parseContentText(text: string, version: Version): Content {
	const members = parseMembers(parseJson(text), 'the content', version === 1 ? lists : [...lists, 'sections']);
	const credentials = parseList(members.credentials, 'the list of credentials').map(value =>
		parseCredential(value, version),
	);
	const trash = parseList(members.trash, 'the trash').map(value => parseTrashed(value, version));
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
	const isKnown = isAllKnown(content.sections) && !credentials.some(carries) && !trash.some(carries);
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

function isAllKnown(sections: JsonObject): boolean {
	return Object.entries(sections).every(each => isHistory(...each) || isTrustedList(...each) || isClosedFiles(...each));
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Damage('the content is not JSON');
	}
}

function assertDistinct(texts: readonly string[], what: string): void {
	if (new Set(texts).size !== texts.length) throw new Damage(`${what} appears twice`);
}
