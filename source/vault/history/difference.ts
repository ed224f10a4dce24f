import {createHash} from 'node:crypto';
import type {CredentialContent} from '../../domain/credential.js';
import type {Name} from '../../domain/name.js';
import {Secret} from '../../domain/secret.js';
import {parseDay, parseStoredName} from '../format/credential-record.js';
import {Damage, parseList, parseMembers, parsePairs, parseText} from '../json-values.js';

type Pairs = readonly (readonly [key: string, value: string])[];

/** What a credential had before a change, where it was different. It holds secrets in clear. */
export type Difference = {
	/** Fields that had another value, or are gone. */
	readonly fields?: Pairs;
	/** The keys of all fields, where these or their order were others. */
	readonly keys?: readonly string[];
	readonly name?: Name;
	readonly provider?: string;
	readonly labels?: Pairs;
	/** Null where there was none; `expires` too. */
	readonly note?: string | null;
	readonly expires?: string | null;
};

/** What `before` had that is different in `after`; undefined when nothing is. */
export function differenceOf(before: CredentialContent, after: CredentialContent): Difference | undefined {
	const fields = [...before.data]
		.filter(([key, value]) => after.data.get(key)?.equals(value) !== true)
		.map(([key, value]) => [key, value.reveal()] as const);
	const keys = [...before.data.keys()];
	const labels = [...before.labels];
	const difference: Difference = {
		...(fields.length > 0 ? {fields} : {}),
		...(sameTexts(keys, [...after.data.keys()]) ? {} : {keys}),
		...(before.name === after.name ? {} : {name: before.name}),
		...(before.provider === after.provider ? {} : {provider: before.provider}),
		...(sameTexts(labels.flat(), [...after.labels].flat()) ? {} : {labels}),
		...(before.note === after.note ? {} : {note: before.note ?? null}),
		...(before.expires === after.expires ? {} : {expires: before.expires ?? null}),
	};
	return Object.keys(difference).length === 0 ? undefined : difference;
}

/** The content before a change that left `after`. */
export function before(after: CredentialContent, difference: Difference): CredentialContent {
	const {fields = [], keys, name, provider, labels, note, expires} = difference;
	const data = new Map(after.data);
	for (const [key, value] of fields) data.set(key, new Secret(value));
	const kept = (keys ?? [...data.keys()]).flatMap(key => {
		const value = data.get(key);
		return value === undefined ? [] : [[key, value] as const];
	});
	const {note: noteAfter = null, expires: expiresAfter = null} = after;
	const noteBefore = note === undefined ? noteAfter : note;
	const expiresBefore = expires === undefined ? expiresAfter : expires;
	return {
		name: name ?? after.name,
		provider: provider ?? after.provider,
		data: new Map(kept),
		labels: labels === undefined ? after.labels : new Map(labels),
		...(noteBefore === null ? {} : {note: noteBefore}),
		...(expiresBefore === null ? {} : {expires: expiresBefore}),
	};
}

/** The difference of two changes, one after the other, as of one. */
export function joined(older: Difference, newer: Difference): Difference {
	const all = {...newer, ...older};
	const fields = new Map([...(newer.fields ?? []), ...(older.fields ?? [])]);
	// A field that the older change added was not there before both.
	const keys = all.keys && new Set(all.keys);
	for (const key of fields.keys()) if (keys?.has(key) === false) fields.delete(key);
	const {fields: _, ...others} = all;
	return {...(fields.size > 0 ? {fields: [...fields]} : {}), ...others};
}

/** The canonical text of a difference. */
export function differenceText(difference: Difference): string {
	return JSON.stringify(difference);
}

const members = ['fields', 'keys', 'name', 'provider', 'labels', 'note', 'expires'];

/** What `differenceText()` has written. Throws `Damage`. */
export function parseDifference(text: string): Difference {
	const {fields, keys, name, provider, labels, note, expires} = parseMembers(parseJson(text), 'a version', [], members);
	const plain = (value: unknown): string => parseText(value, 'a version');
	const pairs = (value: unknown): Pairs => [...parsePairs(value, 'a version', each => each)];
	return {
		...(fields === undefined ? {} : {fields: pairs(fields)}),
		...(keys === undefined ? {} : {keys: parseList(keys, 'a version').map(plain)}),
		...(name === undefined ? {} : {name: parseStoredName(name)}),
		...(provider === undefined ? {} : {provider: plain(provider)}),
		...(labels === undefined ? {} : {labels: pairs(labels)}),
		...(note === undefined ? {} : {note: note === null ? null : plain(note)}),
		...(expires === undefined ? {} : {expires: expires === null ? null : parseDay(expires)}),
	};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Damage('a version is not JSON');
	}
}

/** A short digest of a content, which tells whether it is still the one that a change has left. */
export function digestOf({name, provider, data, labels, note, expires}: CredentialContent): string {
	const fields = [...data].map(([key, value]) => [key, value.reveal()]);
	const text = JSON.stringify([name, provider, fields, [...labels], note ?? null, expires ?? null]);
	return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((text, index) => text === other[index]);
}
