import {findCredentials, wordsOf} from '../../credentials/query.js';
import type {Credential} from '../../domain/credential.js';
import type {Use} from '../../domain/use.js';
import {fuzzyScore} from '../../text/fuzzy.js';
import {type State, selectedCredential} from '../core/state.js';
import {frecency} from '../core/visits.js';
import {type CopyRow, copyRows} from '../screens/copy.js';

/** What of the vault the jump bar leads to: a credential, one of its fields to copy, or a label to filter by. */
export type Place =
	| {readonly kind: 'credential'; readonly credential: Credential}
	| {readonly kind: 'field'; readonly credential: Credential; readonly row: CopyRow}
	| {readonly kind: 'label'; readonly label: string; readonly count: number};

/** Names a place among the visits. */
export function placeKey(place: Place): string {
	if (place.kind === 'label') return `label ${place.label}`;
	return place.kind === 'field' ? `field ${place.credential.id} ${place.row.field.key}` : place.credential.id;
}

/** Something with how well it fits, higher first. */
export type Ranked<Item> = {readonly item: Item; readonly score: number};

/** More matches than anybody looks through. */
const most = 40;

const labelsOf = new WeakMap<readonly Credential[], ReadonlyMap<string, number>>();

/** Every label as `KEY=VALUE`, with how many credentials have it. Counted once for a list. */
function labelCounts(credentials: readonly Credential[]): ReadonlyMap<string, number> {
	const known = labelsOf.get(credentials);
	if (known !== undefined) return known;
	const counts = new Map<string, number>();
	for (const {labels} of credentials) {
		for (const [key, value] of labels) counts.set(`${key}=${value}`, (counts.get(`${key}=${value}`) ?? 0) + 1);
	}
	labelsOf.set(credentials, counts);
	return counts;
}

/** How well a text has all of these words; undefined when it lacks one. Words are in lower case. */
export function wordsScore(text: string, words: readonly string[]): number | undefined {
	const lower = text.toLowerCase();
	let sum = 0;
	for (const word of words) {
		const score = fuzzyScore(lower, word);
		if (score === undefined) return undefined;
		sum += score;
	}
	return sum;
}

/** What having been there is worth beside a match. */
export function visitScore(state: State, key: string): number {
	const visit = state.visits.get(key);
	return visit === undefined ? 0 : Math.min(60, 12 * Math.log2(1 + frecency(visit, state.now)));
}

/** The last use of a credential counts as a visit. */
function scoreOfUse({now, visits}: State, use: Use): number {
	return visits.has(use.id) ? 0 : 12 * Math.log2(1 + frecency({count: 1, last: Date.parse(use.at)}, now));
}

/** What a match elsewhere than in the name is worth: in a label, the note, the provider or the id. */
const elsewhere = 50;

function credentialScore({name}: Credential, words: readonly string[]): number {
	const lower = name.toLowerCase();
	return words.reduce((sum, word) => sum + Math.max(elsewhere, (fuzzyScore(lower, word) ?? 0) + 20), 0);
}

const fieldText = ({field}: CopyRow): string => `${field.label} ${field.key}`;

/** Fields of the selected credential, and of those that the first words find when the last ones are of a field. */
function fields(state: State, words: readonly string[]): readonly Ranked<Place>[] {
	const selected = selectedCredential(state);
	const ofField = (credentials: readonly Credential[], wanted: readonly string[], more: number) =>
		credentials.flatMap(credential =>
			copyRows(credential).flatMap((row): readonly Ranked<Place>[] => {
				const score = wordsScore(fieldText(row), wanted);
				// Letters here and there are in many a label.
				const isWhole = score !== undefined && score >= 100 * wanted.length;
				return isWhole ? [{item: {kind: 'field', credential, row}, score: score + more}] : [];
			}),
		);
	const ofFirst = (count: number): readonly Ranked<Place>[] => {
		const first = words.slice(0, count);
		const found = findCredentials(state.credentials, first.join(' '), new Date(state.now), state.verdicts).slice(
			0,
			most,
		);
		return found.flatMap(each => ofField([each], words.slice(count), credentialScore(each, first)));
	};
	const own = ofField(selected === undefined ? [] : [selected], words, 0);
	const rest =
		words.length < 2 ? [] : [1, words.length - 1].flatMap((count, at) => (at > 0 && count === 1 ? [] : ofFirst(count)));
	const seen = new Set<string>();
	return [...own, ...rest].filter(({item}) => !seen.has(placeKey(item)) && seen.add(placeKey(item)));
}

/** Where somebody was lately: the credentials that were used or jumped to, their fields, and labels. */
function recent(state: State): readonly Ranked<Place>[] {
	const {credentials, uses, visits} = state;
	const byId = new Map(credentials.filter(({id}) => uses.byId.has(id) || visits.has(id)).map(each => [each.id, each]));
	const used = [...byId.values()].map((credential): Ranked<Place> => {
		const use = uses.byId.get(credential.id);
		return {item: {kind: 'credential', credential}, score: use === undefined ? 0 : scoreOfUse(state, use)};
	});
	const labels = [...labelCounts(credentials)]
		.filter(([label]) => visits.has(`label ${label}`))
		.map(([label, count]): Ranked<Place> => ({item: {kind: 'label', label, count}, score: 0}));
	return [...used, ...labels];
}

/**
 * The places that a query finds, best first, at most forty: those that somebody went to often and lately come before
 * equal ones. For an empty query, where somebody was lately.
 */
export function placesFor(state: State, query: string): readonly Ranked<Place>[] {
	const words = wordsOf(query);
	const {credentials} = state;
	const found = findCredentials(credentials, query, new Date(state.now), state.verdicts).slice(0, most);
	const all =
		words.length === 0
			? recent(state)
			: [
					...found.map(
						(credential): Ranked<Place> => ({
							item: {kind: 'credential', credential},
							score: credentialScore(credential, words),
						}),
					),
					...fields(state, words),
					...[...labelCounts(credentials)].flatMap(([label, count]): readonly Ranked<Place>[] => {
						const score = wordsScore(`tag:${label}`, words);
						return score === undefined ? [] : [{item: {kind: 'label', label, count}, score}];
					}),
				];
	return all
		.map(({item, score}) => ({item, score: score + visitScore(state, placeKey(item))}))
		.sort((a, b) => b.score - a.score)
		.slice(0, most);
}
