import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {nameLengthLimit} from '../domain/name.js';
import {verdictWords} from '../domain/verdict.js';
import {findProvider, providerOf} from '../providers/catalog.js';
import {fuzzyPositions, fuzzyScore} from '../text/fuzzy.js';
import {expiryOf} from './expiry.js';
import {publicId} from './public-id.js';
import {comparedLabels, conditionsIn, meets} from './selector.js';
import {decidedNow, noVerdicts, type Verdicts, verdictNow} from './standing.js';

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
	const labels = comparedLabels(credential.labels);
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

/** What a credential is tested by beside its own text. */
type Around = {readonly now: Date; readonly verdicts: Verdicts};

/** Tests a credential against one word of a query: its score, or undefined when it does not match. */
type Test = (credential: Credential, hay: Haystack, around: Around) => number | undefined;

/** Whether a label begins with a word such as `team:infra`. */
function hasLabel({labels}: Haystack, word: string): boolean {
	return word.includes(':') && labels.some(label => label.startsWith(word.replace(':', '=')));
}

/** Scores one word: fuzzy in name, provider and id, literal in labels and note. */
function wordScore(hay: Haystack, word: string): number | undefined {
	const name = fuzzyScore(hay.name, word);
	if (name !== undefined && name >= 100) return name + 20;
	const others = [
		name === undefined ? undefined : name + 20,
		fuzzyScore(hay.provider, word),
		fuzzyScore(hay.id, word),
		hay.rest.includes(word) || hasLabel(hay, word) ? 50 : undefined,
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

/** What `is:` finds: each verdict, and credentials of which no provider has said anything. */
export const standings = [...verdictWords, 'unverified'] as const;

/** The test for `is:`. Undefined for any other word than these. */
function standingTest(text: string): ((credential: Credential, around: Around) => boolean) | undefined {
	const wanted = standings.find(each => each === text);
	if (wanted === undefined) return undefined;
	return (credential, {now, verdicts}) => {
		const decided = decidedNow(credential, verdicts, now)?.is;
		if (wanted === 'unverified') return decided === undefined;
		return decided === wanted || verdictNow(credential, verdicts, now)?.is === wanted;
	};
}

/** The words that these filters take. */
export const filterWords = {expires: ['<30d', 'expired', 'any', 'none'], is: standings} as const;

const filters = ['tag', 'label', 'provider', 'expires', 'is'] as const;

/** A word of a query that filters, taken apart. */
type Filter = {readonly kind: Exclude<(typeof filters)[number], 'label'>; readonly wanted: string};

const filterForm = /^(tag|label|provider|expires|is):(.*)$/;

/** The filter that a word is; undefined for a word that is looked for. */
export function filterOf(word: string): Filter | undefined {
	const [, name, wanted = ''] = filterForm.exec(word) ?? [];
	const kind = filters.find(each => each === name);
	return kind && {kind: kind === 'label' ? 'tag' : kind, wanted};
}

/** The rest of a word that leaves out what matches it, such as `-aws`; undefined for any other word. */
export function leftOut(word: string): string | undefined {
	return word.startsWith('-') ? word.slice(1) : undefined;
}

/** A provider goes by its id, its older ids, and the words of its title. */
function providerTest(wanted: string): (id: string) => boolean {
	const known = new Map<string, boolean>();
	const meant = findProvider(wanted)?.id;
	const test = (id: string): boolean => {
		const words = providerOf(id).title.toLowerCase().split(/\s+/);
		return id === meant || [id, ...words].some(word => word.startsWith(wanted));
	};
	return id => {
		const is = known.get(id) ?? test(id);
		known.set(id, is);
		return is;
	};
}

function testFor(word: string): Test {
	const out = leftOut(word);
	if (out !== undefined) return out === '' ? () => 0 : without(out);
	const {kind, wanted = ''} = filterOf(word) ?? {};
	switch (kind) {
		case 'tag': {
			const conditions = conditionsIn(wanted);
			return (_, {labels}) => (conditions.every(each => meets(labels, each, true)) ? 0 : undefined);
		}
		case 'provider': {
			const test = providerTest(wanted);
			return (_, {provider}) => (test(provider) ? 0 : undefined);
		}
		case 'expires': {
			const test = expiryTest(wanted) ?? (() => isBegun('expires', wanted));
			return (credential, _, {now}) => (test(credential, now) ? 0 : undefined);
		}
		case 'is': {
			const test = standingTest(wanted) ?? (() => isBegun('is', wanted));
			return (credential, _, around) => (test(credential, around) ? 0 : undefined);
		}
		default:
			return (_, hay) => wordScore(hay, word);
	}
}

/** Whether a word is the beginning of one that a filter takes: while it is being typed, it does not narrow. */
function isBegun(kind: 'expires' | 'is', wanted: string): boolean {
	if (kind === 'expires' && /^<\d{0,5}$/.test(wanted)) return true;
	return filterWords[kind].some(word => word.startsWith(wanted));
}

/** Tests that a credential does not match a filter, or does not have a word as it is written. */
function without(word: string): Test {
	const filter = filterOf(word);
	// While it is still being typed, it leaves out nothing.
	if (filter?.wanted === '' || (filter !== undefined && isUnclear(filter))) return () => 0;
	const isIn = ({name, provider, id, rest}: Haystack): boolean =>
		[name, provider, id, rest].some(text => text.includes(word));
	const has: Test = filter === undefined ? (_, hay) => (isIn(hay) ? 0 : undefined) : testFor(word);
	return (...of) => (has(...of) === undefined ? 0 : undefined);
}

/** Whether a filter that takes certain words only has another one. */
function isUnclear({kind, wanted}: Filter): boolean {
	if (kind === 'expires') return expiryTest(wanted) === undefined;
	return kind === 'is' && standingTest(wanted) === undefined;
}

/** Checks a query that is complete, not still being typed. Throws `invalid` for a filter that has no meaning. */
export function assertQuery(query: string): void {
	for (const word of wordsOf(query)) {
		const filter = filterOf(leftOut(word) ?? word);
		if (filter === undefined || !isUnclear(filter)) continue;
		const hint =
			filter.kind === 'is'
				? `after is: comes one of ${standings.join(', ')}`
				: 'write expires:<30d, expires:expired, expires:any or expires:none';
		throw new PharmerError('invalid', `\`${word}\` is not a filter`, hint);
	}
}

/** Whether what a query finds depends on what providers said. */
export function asksStanding(query: string): boolean {
	return wordsOf(query).some(word => filterOf(leftOut(word) ?? word)?.kind === 'is');
}

/** The different words of a query, in lower case. */
export function wordsOf(query: string): readonly string[] {
	return [...new Set(query.toLowerCase().split(/\s+/))].filter(word => word !== '');
}

/** The words of a query that are looked for. */
function plainWords(query: string): readonly string[] {
	return wordsOf(query).filter(word => filterOf(word) === undefined && leftOut(word) === undefined);
}

/** What a word has found: the credentials, best match first, and where they are in the list. */
type Found = {readonly word: string; readonly places: readonly number[]; readonly credentials: readonly Credential[]};

/** What each beginning of the latest word has found in a list: what a word does not find, no longer one does. */
const beginnings = new WeakMap<readonly Credential[], readonly Found[]>();

/**
 * The credentials that match every word of `query`, best match first. A word matches fuzzily in name, provider and
 * public id, and literally in labels and note; `tag:x`, `provider:x`, `expires:<30d` and `is:invalid` narrow, and `-`
 * before any of them leaves out what matches. Without a word, all credentials in their given order.
 */
export function findCredentials(
	credentials: readonly Credential[],
	query: string,
	now: Date,
	verdicts = noVerdicts,
): readonly Credential[] {
	const words = wordsOf(query);
	const [word] = words;
	if (word === undefined) return credentials;
	const isPlain = words.length === 1 && plainWords(query).length === 1;
	const before = isPlain ? (beginnings.get(credentials) ?? []).filter(each => word.startsWith(each.word)) : [];
	const narrower = before.at(-1);
	if (narrower?.word === word) return narrower.credentials;
	const tests = words.map(testFor);
	const around = {now, verdicts};
	const found: {readonly credential: Credential; readonly score: number; readonly order: number}[] = [];
	const hays = haystacksOf(credentials);
	for (const order of narrower?.places ?? credentials.keys()) {
		const [credential, hay] = [credentials[order], hays[order]];
		if (credential === undefined || hay === undefined) continue;
		let total: number | undefined = 0;
		for (const test of tests) {
			const score = test(credential, hay, around);
			total = score === undefined ? undefined : total + score;
			if (total === undefined) break;
		}
		if (total !== undefined) found.push({credential, score: total, order});
	}
	const places = found.map(({order}) => order);
	const best = found.sort((a, b) => b.score - a.score || a.order - b.order).map(({credential}) => credential);
	if (isPlain) beginnings.set(credentials, [...before, {word, places, credentials: best}]);
	return best;
}

/** The characters of a credential's row that `query` matches. */
export function marksOf(credential: Credential, query: string): Marks {
	const hay = haystackOf(credential);
	const words = plainWords(query);
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
 * the words that are looked for, of at least three characters.
 */
export function closestTo(credentials: readonly Credential[], query: string): Credential | undefined {
	const wanted = plainWords(query).join(' ');
	const hays = haystacksOf(credentials);
	for (let length = Math.min(wanted.length - 1, nameLengthLimit); length >= 3; length--) {
		for (const part of [wanted.slice(0, length), wanted.slice(-length)]) {
			const near = hays.findIndex(({name}) => name.includes(part));
			if (near !== -1) return credentials[near];
		}
	}
	return undefined;
}
