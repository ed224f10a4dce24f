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
const knownMembers: ReadonlySet<string> = new Set([...requiredMembers, ...optionalMembers, 'secretSince']);

/**
 * A credential as it lies in the content: maps are lists of pairs, and what a newer program keeps with it comes last.
 * So does `secretSince`, which the first programs of version 2 do not know. JSON has no member that is undefined. It
 * holds the secrets in clear.
 */
export function credentialRecord(credential: Credential) {
	const record = plain(credential);
	const {secretSince, carried} = credential;
	return secretSince === undefined && carried === undefined ? record : {...record, secretSince, ...carried};
}

/** The same for a deleted one. */
export function trashRecord(credential: TrashedCredential) {
	const {deleted, secretSince, carried} = credential;
	return {...plain(credential), deleted, secretSince, ...carried};
}

function plain({id, revision, name, provider, data, labels, note, expires, created, changed}: Credential) {
	const pairs: [string, string][] = [];
	for (const [key, value] of data) pairs.push([key, value.reveal()]);
	return {id, revision, name, provider, data: pairs, labels: [...labels], note, expires, created, changed};
}

/** From version 2 on, a record may have other members too. */
const optionalIn = (version: Version): readonly string[] | 'any' => (version === 1 ? optionalMembers : 'any');

/** Equal texts of at most this length are kept once. */
const sharedLength = 32;
/** How many of them are looked for. */
const mostShared = 4096;
type Texts = Map<string, string>;
const secretOf = (text: string): Secret => new Secret(text);
const noLabels: ReadonlyMap<string, string> = new Map();

/**
 * Parses the records of one vault of that version, in which ids and names are looked at apart. Texts and labels that
 * many records have are the same value in all.
 */
export class RecordParser {
	readonly version: Version;
	readonly #optional: readonly string[] | 'any';
	readonly #texts: Texts = new Map();
	/** Those that are moments, and days, for sure: many are made or end together. */
	readonly #moments: Texts = new Map();
	readonly #days: Texts = new Map();
	readonly #labels = new Map<string, Map<string, ReadonlyMap<string, string>>>();

	constructor(version: Version) {
		this.version = version;
		this.#optional = optionalIn(version);
	}

	/** A credential's record. Throws `Damage`. */
	credential(value: unknown): Credential {
		if (isObject(value) && Object.hasOwn(value, 'deleted')) throw new Damage('a credential has a deletion time');
		return this.#credentialOf(parseMembers(value, 'a credential', requiredMembers, this.#optional));
	}

	/** The same for a deleted one. Throws `Damage`. */
	trashed(value: unknown): TrashedCredential {
		const required = [...requiredMembers, 'deleted'];
		const {deleted, ...members} = parseMembers(value, 'a deleted credential', required, this.#optional);
		return {...this.#credentialOf(members), deleted: this.#moment(deleted, 'a deletion time')};
	}

	#credentialOf(members: Readonly<Record<string, unknown>>): Credential {
		const created = this.#moment(members.created, 'a creation time');
		const changed = members.changed === created ? created : this.#moment(members.changed, 'a change time');
		const credential = {
			id: parseUuid(members.id, 'the id of a credential'),
			revision: parseCount(members.revision, 'the revision of a credential'),
			name: parseStoredName(members.name),
			provider: this.#shared(parseText(members.provider, 'the provider of a credential')),
			data: parsePairs(members.data, 'the data of a credential', secretOf, this.#shared),
			labels: this.#labelsOf(members.labels),
			created,
			changed,
		};
		const {note, expires, secretSince} = members;
		const knownOthers = Number(note !== undefined) + Number(expires !== undefined) + Number(secretSince !== undefined);
		let others = -requiredMembers.length;
		for (const _ in members) others++;
		if (others === 0) return credential;
		return {
			...credential,
			...(note === undefined ? {} : {note: parseText(note, 'a note')}),
			...(expires === undefined ? {} : {expires: this.#day(expires)}),
			...(secretSince === undefined ? {} : {secretSince: this.#moment(secretSince, 'the time of a secret')}),
			...(others === knownOthers ? {} : carriedOf(members)),
		};
	}

	/** Most have none or one, and few different ones. */
	#labelsOf(value: unknown): ReadonlyMap<string, string> {
		if (Array.isArray(value) && value.length === 0) return noLabels;
		const labels = parsePairs(value, 'the labels of a credential', this.#shared, this.#shared);
		const [[key, text] = ['', '']] = labels;
		if (labels.size > 1 || this.#texts.size >= mostShared) return labels;
		const known = this.#labels.get(key) ?? new Map<string, ReadonlyMap<string, string>>();
		this.#labels.set(key, known);
		const same = known.get(text) ?? labels;
		known.set(text, same);
		return same;
	}

	#moment(value: unknown, place: string): string {
		return known(this.#moments, value) ?? keep(this.#moments, parseMoment(value, place));
	}

	#day(value: unknown): string {
		return known(this.#days, value) ?? keep(this.#days, parseDay(value));
	}

	readonly #shared = (text: string): string =>
		text.length > sharedLength ? text : (known(this.#texts, text) ?? keep(this.#texts, text));
}

/** The text that is the same as a value, and is kept. */
function known(texts: Texts, value: unknown): string | undefined {
	return typeof value === 'string' ? texts.get(value) : undefined;
}

/** Keeps a text while there is room. */
function keep(texts: Texts, text: string): string {
	if (texts.size < mostShared) texts.set(text, text);
	return text;
}

/** A single record in a vault of that version. Throws `Damage`. */
export function parseCredential(value: unknown, version: Version): Credential {
	return new RecordParser(version).credential(value);
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
