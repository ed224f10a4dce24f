import {type Credential, sameContent} from '../../domain/credential.js';
import type {Json, JsonObject} from '../../domain/json.js';
import {parseName} from '../../domain/name.js';
import {Secret} from '../../domain/secret.js';
import {providerOf} from '../../providers/catalog.js';

/**
 * A credential by its parts, without what is not set: `name`, `provider`, `note`, `expires`, `data.KEY`, `label.KEY`,
 * and `carried.KEY` for what a newer program keeps with it, as JSON.
 */
export type Parts = ReadonlyMap<string, Secret>;

const nothing: Parts = new Map();

export function partsOf(credential: Credential | undefined): Parts {
	if (credential === undefined) return nothing;
	const {name, provider, data, labels, note, expires, carried = {}} = credential;
	const texts: readonly (readonly [string, string | undefined])[] = [
		['name', name],
		...[...labels].map(([key, value]) => [`label.${key}`, value] as const),
		['note', note],
		['expires', expires],
		...Object.entries(carried).map(([key, value]) => [`carried.${key}`, JSON.stringify(value)] as const),
	];
	const set = texts.flatMap(([part, text]) => (text === undefined ? [] : [[part, new Secret(text)] as const]));
	const fields = [...data].map(([key, value]) => [`data.${key}`, value] as const);
	return new Map([['provider', new Secret(provider)], ...fields, ...set]);
}

/** The credential with these parts; what they don't say is as in `like`. Fields are in their provider's order. */
export function withParts({note: _, expires: __, carried: ___, ...like}: Credential, parts: Parts): Credential {
	const text = (part: string): string | undefined => parts.get(part)?.reveal();
	const provider = text('provider') ?? like.provider;
	const [name, note, expires] = [text('name'), text('note'), text('expires')];
	const carried = below(parts, 'carried.').map(([key, value]) => [key, JSON.parse(value.reveal()) as Json] as const);
	return {
		...like,
		name: name === undefined ? like.name : parseName(name),
		provider,
		data: new Map(inOrder(provider, below(parts, 'data.'))),
		labels: new Map(below(parts, 'label.').map(([key, value]) => [key, value.reveal()])),
		...(note === undefined ? {} : {note}),
		...(expires === undefined ? {} : {expires}),
		...(carried.length === 0 ? {} : {carried: Object.fromEntries(carried) as JsonObject}),
	};
}

type Pairs = readonly (readonly [key: string, value: Secret])[];

function below(parts: Parts, start: string): Pairs {
	return [...parts].flatMap(([part, value]) => (part.startsWith(start) ? [[part.slice(start.length), value]] : []));
}

function inOrder(provider: string, pairs: Pairs): Pairs {
	const known = providerOf(provider).fields.map(({key}) => key);
	const place = (key: string): number => (known.includes(key) ? known.indexOf(key) : known.length);
	return pairs.toSorted(([one], [other]) => place(one) - place(other));
}

/** Whether a part is the same on two sides, also where neither has it. */
export function samePart(one: Secret | undefined, other: Secret | undefined): boolean {
	return one === undefined || other === undefined ? one === other : one.equals(other);
}

/** The parts that are not the same. */
export function differingParts(one: Parts, other: Parts): readonly string[] {
	return [...new Set([...one.keys(), ...other.keys()])].filter(part => !samePart(one.get(part), other.get(part)));
}

/** To which record another one is known to be the same: each minute all of them are compared again. */
const knownSame = new WeakMap<Credential, Credential>();

/** True when two records have the same parts: revisions, times and the order of fields don't matter. */
export function sameRecord(one: Credential, other: Credential): boolean {
	if (one === other || knownSame.get(one) === other) return true;
	const carry = one.carried !== undefined || other.carried !== undefined;
	const isSame = sameContent(one, other) && (!carry || differingParts(partsOf(one), partsOf(other)).length === 0);
	if (isSame) knownSame.set(one, other);
	return isSame;
}
