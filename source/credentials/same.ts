import type {Credential, CredentialContent} from '../domain/credential.js';
import {fieldOf, isSecretField, providerOf} from '../providers/catalog.js';
import type {Field} from '../providers/provider.js';
import {repeated} from '../text/repeated.js';
import {publicMeaning, secretMeaning} from './meaning.js';

/** What is compared of a credential, or of a find. */
type Compared = Pick<CredentialContent, 'provider' | 'data'>;

/**
 * Minimum length of a secret that counts as shared; shorter values, such as a region or a short user name, match by
 * chance.
 */
const shortestShared = 8;

const distinguishing = ({distinguishes, setting}: Field): string =>
	distinguishes ?? (setting === true ? 'whenSet' : 'always');

/** What two that are the same have in common, and what only one of them may say; undefined without a secret. */
function partsOf({provider: id, data}: Compared): {readonly must: string; readonly may: readonly string[]} | undefined {
	const provider = providerOf(id);
	const [must, may]: [string[], string[]] = [[], []];
	let hasSecret = false;
	for (const [key, value] of data) {
		if (value.isEmpty) continue;
		const field = fieldOf(provider, key);
		const how = field.secret ? 'always' : distinguishing(field);
		if (field.secret) hasSecret = true;
		const part = `${key}\0${field.secret ? secretMeaning(value) : publicMeaning(value)}`;
		if (how === 'always') must.push(part);
		if (how === 'whenSet') may.push(part);
	}
	return hasSecret ? {must: JSON.stringify([provider.id, ...must.sort()]), may: may.sort()} : undefined;
}

/** Every choice among these parts, as a text each. Providers have no more than four such fields. */
function choicesOf(parts: readonly string[]): readonly string[] {
	const choices = [''];
	for (const part of parts) choices.push(...choices.map(each => `${each}\n${part}`));
	return choices;
}

/**
 * The one rule for "the same credential", as an index that is fast for thousands: the same provider, the same meaning
 * of every secret, and the same of every public field that decides where and as whom it works. What only one of two
 * may say (`Field.distinguishes`), the holder may say and the other leave out.
 */
export class SameCredentials<Holder> {
	readonly #byParts = new Map<string, Map<string, Holder>>();

	add(compared: Compared, holder: Holder): void {
		const parts = partsOf(compared);
		if (parts === undefined) return;
		const those = this.#byParts.get(parts.must) ?? new Map<string, Holder>();
		this.#byParts.set(parts.must, those);
		for (const choice of choicesOf(parts.may)) if (!those.has(choice)) those.set(choice, holder);
	}

	/** The holder added first that is the same; undefined if there is none, or nothing secret to compare. */
	find(compared: Compared): Holder | undefined {
		const parts = partsOf(compared);
		return parts && this.#byParts.get(parts.must)?.get(parts.may.map(part => `\n${part}`).join(''));
	}
}

/** The meanings of the secrets in it that are long enough to be shared on purpose. */
function sharableIn({provider: id, data}: Compared): readonly string[] {
	const texts: string[] = [];
	for (const [key, value] of data) {
		const text = isSecretField(id, key) ? secretMeaning(value) : '';
		if (text.length >= shortestShared && !texts.includes(text)) texts.push(text);
	}
	return texts;
}

/** All that share a secret: nearly every secret has one holder, and an index of all takes time. */
export function sharers<Each extends Compared>(all: readonly Each[]): ReadonlySet<Each> {
	const [secrets, holders]: [string[], Each[]] = [[], []];
	for (const each of all) {
		for (const secret of sharableIn(each)) {
			secrets.push(secret);
			holders.push(each);
		}
	}
	return new Set(repeated(secrets).flatMap(place => holders[place] ?? []));
}

/** An index of who holds which secret, in whatever field and for whatever provider. */
export class SecretHolders<Holder> {
	readonly #bySecret = new Map<string, Holder[]>();

	add(compared: Compared, holder: Holder): void {
		for (const secret of sharableIn(compared)) {
			const holders = this.#bySecret.get(secret);
			if (holders === undefined) this.#bySecret.set(secret, [holder]);
			else holders.push(holder);
		}
	}

	/** The holders of each of its secrets that anybody holds, in the order in which they were added. */
	holdersOf(compared: Compared): readonly (readonly Holder[])[] {
		return sharableIn(compared).flatMap(secret => [this.#bySecret.get(secret) ?? []]);
	}

	/** The holders of its most shared secret. */
	mostOf(compared: Compared): readonly Holder[] {
		return this.holdersOf(compared).reduce((most, each) => (each.length > most.length ? each : most), []);
	}
}

/** The credentials, oldest first: the oldest of several that are the same counts as the original. */
export function byAge(credentials: readonly Credential[]): readonly Credential[] {
	return [...credentials].sort((one, other) =>
		one.created < other.created ? -1 : one.created > other.created ? 1 : 0,
	);
}

/** Every credential that is the same as `content` or has one of its secrets, oldest first. */
export function alike(content: Compared, credentials: readonly Credential[]): readonly Credential[] {
	const must = partsOf(content)?.must;
	const secrets = new Set(sharableIn(content));
	return byAge(credentials).filter(
		each => (must !== undefined && partsOf(each)?.must === must) || sharableIn(each).some(text => secrets.has(text)),
	);
}

/** How many sharers are named; the rest are only counted. */
export const namedSharers = 3;

/** The first of these names, and how many more of `count` there are, as part of a sentence. */
export function sharersText(names: readonly string[], count: number = names.length): string {
	const named = names.slice(0, namedSharers);
	return `${named.join(', ')}${count > named.length ? ` and ${count - named.length} more` : ''}`;
}
