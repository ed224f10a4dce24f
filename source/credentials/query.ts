import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {nameLengthLimit} from '../domain/name.js';
import {fuzzyPositions, fuzzyScore} from '../text/fuzzy.js';
import {expiryOf} from './expiry.js';
import {publicId} from './public-id.js';

/** The matched positions in a credential's row: indices of UTF-16 units in the name, the provider and the public id. */
export type Marks = {
	readonly name: ReadonlySet<number>;
	readonly provider: ReadonlySet<number>;
	readonly id: ReadonlySet<number>;
};

type Haystack = {
	readonly name: string;
	readonly provider: string;
	readonly id: string;
	readonly rest: string;
	readonly labels: readonly string[];
};

/** The searchable text of a credential, in lower case. Never a secret. */
function haystackOf(credential: Credential): Haystack {
	const labels = [...credential.labels].map(([key, value]) => `${key}=${value}`.toLowerCase());
	return {
		name: credential.name.toLowerCase(),
		provider: credential.provider.toLowerCase(),
		id: publicId(credential).toLowerCase(),
		rest: [...labels, credential.note?.toLowerCase() ?? ''].join('\n'),
		labels,
	};
}

const haystacks = new WeakMap<readonly Credential[], readonly Haystack[]>();

/** The searchable texts of a list of credentials, in its order. Computed once per list. */
function haystacksOf(credentials: readonly Credential[]): readonly Haystack[] {
	const known = haystacks.get(credentials);
	if (known !== undefined) return known;
	const made = credentials.map(haystackOf);
	haystacks.set(credentials, made);
	return made;
}

/** Tests a credential against one word of a query: its score, or undefined when it does not match. */
type Test = (credential: Credential, hay: Haystack, now: Date) => number | undefined;

/** Scores one word: fuzzy in name, provider and id, literal in labels and note. */
function wordScore(hay: Haystack, word: string): number | undefined {
	const name = fuzzyScore(hay.name, word);
	if (name !== undefined && name >= 100) return name + 20;
	const others = [
		name === undefined ? undefined : name + 20,
		fuzzyScore(hay.provider, word),
		fuzzyScore(hay.id, word),
		hay.rest.includes(word) ? 50 : undefined,
	];
	const best = Math.max(...others.map(score => score ?? Number.NEGATIVE_INFINITY));
	return best === Number.NEGATIVE_INFINITY ? undefined : best;
}

/**
 * The test for `expires:`: `<30d` (within that many days), `expired`, `any` or `none`. Undefined for any other form.
 */
function expiryTest(text: string): ((credential: Credential, now: Date) => boolean) | undefined {
	const within = /^<(\d{1,5})d?$/.exec(text)?.[1];
	if (within !== undefined)
		return (credential, now) => (expiryOf(credential, now)?.left ?? Number.POSITIVE_INFINITY) < Number(within);
	if (text === 'expired') return (credential, now) => expiryOf(credential, now)?.isOver === true;
	if (text === 'any') return ({expires}) => expires !== undefined;
	if (text === 'none') return ({expires}) => expires === undefined;
	return undefined;
}

const narrowing = /^(tag|label|provider|expires):(.*)$/;

function testFor(word: string): Test {
	const [, kind, wanted = ''] = narrowing.exec(word) ?? [];
	switch (kind) {
		case 'tag':
		case 'label':
			return (_, {labels}) =>
				labels.some(label => label.startsWith(wanted) || label.split('=')[1] === wanted) ? 0 : undefined;
		case 'provider':
			return (_, {provider}) => (provider.startsWith(wanted) ? 0 : undefined);
		case 'expires': {
			const test = expiryTest(wanted);
			// While it is still being typed, it does not narrow.
			return (credential, _, now) => (test === undefined || test(credential, now) ? 0 : undefined);
		}
		default:
			return (_, hay) => wordScore(hay, word);
	}
}

/** Checks a query that is complete, not still being typed. Throws `invalid` for an `expires:` that has no meaning. */
export function assertQuery(query: string): void {
	for (const word of wordsOf(query)) {
		const [, kind, wanted = ''] = narrowing.exec(word) ?? [];
		if (kind === 'expires' && expiryTest(wanted) === undefined)
			throw new PharmerError(
				'invalid',
				`\`${word}\` is not a filter`,
				'write expires:<30d, expires:expired, expires:any or expires:none',
			);
	}
}

function wordsOf(query: string): readonly string[] {
	return [...new Set(query.toLowerCase().split(/\s+/))].filter(word => word !== '');
}

/**
 * The credentials that match every word of `query`, best match first. A word matches fuzzily in name, provider and
 * public id, and literally in labels and note; `tag:x`, `provider:x` and `expires:<30d` narrow. Without a word, all
 * credentials in their given order.
 */
export function findCredentials(credentials: readonly Credential[], query: string, now: Date): readonly Credential[] {
	const tests = wordsOf(query).map(testFor);
	if (tests.length === 0) return credentials;
	const found: {readonly credential: Credential; readonly score: number; readonly order: number}[] = [];
	const hays = haystacksOf(credentials);
	for (let order = 0; order < credentials.length; order++) {
		const [credential, hay] = [credentials[order], hays[order]];
		if (credential === undefined || hay === undefined) continue;
		let total: number | undefined = 0;
		for (const test of tests) {
			const score = test(credential, hay, now);
			total = score === undefined ? undefined : total + score;
			if (total === undefined) break;
		}
		if (total !== undefined) found.push({credential, score: total, order});
	}
	return found.sort((a, b) => b.score - a.score || a.order - b.order).map(({credential}) => credential);
}

/** The characters of a credential's row that `query` matches. */
export function marksOf(credential: Credential, query: string): Marks {
	const hay = haystackOf(credential);
	const words = wordsOf(query).filter(word => !narrowing.test(word));
	const marks = {name: new Set<number>(), provider: new Set<number>(), id: new Set<number>()};
	for (const word of words) {
		const columns = (['name', 'provider', 'id'] as const).map(column => ({
			column,
			score: fuzzyScore(hay[column], word) ?? Number.NEGATIVE_INFINITY,
		}));
		const best = columns.reduce((a, b) => (b.score > a.score ? b : a));
		for (const at of fuzzyPositions(hay[best.column], word) ?? []) marks[best.column].add(at);
	}
	return marks;
}

/**
 * The credential whose name comes closest to a query without matches: the one that contains the longest start or end of
 * the query, of at least three characters.
 */
export function closestTo(credentials: readonly Credential[], query: string): Credential | undefined {
	const wanted = query.toLowerCase().trim();
	const hays = haystacksOf(credentials);
	for (let length = Math.min(wanted.length - 1, nameLengthLimit); length >= 3; length--) {
		for (const part of [wanted.slice(0, length), wanted.slice(-length)]) {
			const near = hays.findIndex(({name}) => name.includes(part));
			if (near !== -1) return credentials[near];
		}
	}
	return undefined;
}
