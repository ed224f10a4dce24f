import type {Credential} from '../domain/credential.js';
import {capitalized} from '../domain/words.js';
import {closestTo, filterOf, filterWords, findCredentials, leftOut, wordsOf} from './query.js';
import {comparedLabels, conditionsIn, type LabelCondition, meets} from './selector.js';
import {noVerdicts} from './standing.js';

/** The most names that a sentence lists. */
const mostNamed = 8;

function some(names: Iterable<string>): string {
	const all = [...new Set(names)].sort();
	const more = all.length - mostNamed;
	return `${all.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What may help when a query finds nothing: why, or which name comes closest. Undefined when neither is known. */
export function noMatchHint(
	credentials: readonly Credential[],
	query: string,
	now: Date,
	verdicts = noVerdicts,
): string | undefined {
	const reason = noMatchReason(credentials, query, now, verdicts);
	if (reason !== undefined) return `${capitalized(reason)}.`;
	const closest = closestTo(credentials, query)?.name;
	return closest && `The closest is ${closest}.`;
}

/**
 * Why a query finds nothing among credentials, where one of its words explains it: a sentence in lower case without its
 * full stop. Undefined for words that are only looked for.
 */
export function noMatchReason(
	credentials: readonly Credential[],
	query: string,
	now: Date,
	verdicts = noVerdicts,
): string | undefined {
	for (const word of wordsOf(query)) {
		const isFound = findCredentials(credentials, word, now, verdicts).length > 0;
		const reason = isFound ? undefined : reasonOf(word, credentials);
		if (reason !== undefined) return reason;
	}
	return undefined;
}

function reasonOf(word: string, credentials: readonly Credential[]): string | undefined {
	const out = leftOut(word);
	if (out !== undefined) return `\`${out}\` is in all of them, and \`-\` leaves them out`;
	const {kind, wanted = ''} = filterOf(word) ?? {};
	if (kind === 'tag') return noLabelReason(credentials, conditionsIn(wanted));
	if (kind === 'provider') return `none is for ${wanted}; there are ${some(credentials.map(each => each.provider))}`;
	if (kind === 'is' || kind === 'expires') {
		const words = filterWords[kind];
		if (!words.some(each => each === wanted) && !/^<\d+d?$/.test(wanted))
			return `after ${kind}: comes one of ${words.join(', ')}`;
	}
	if (kind === 'is') return isReason(wanted);
	const [, name, value] = /^([\w.-]+):(.*)$/.exec(word) ?? [];
	if (kind !== undefined || name === undefined) return undefined;
	const isLabel = credentials.some(({labels}) => meets(comparedLabels(labels), {text: name, isNot: false}));
	return isLabel
		? noLabelReason(credentials, [{text: `${name}=${value}`, isNot: false}])
		: `\`${name}:\` is not a filter; there are tag:, provider:, expires: and is:`;
}

function isReason(wanted: string): string {
	return wanted === 'unverified'
		? 'the providers have said something of all of them'
		: `none is known to be ${wanted}: providers say so when they are asked`;
}

/** Why no credential meets these conditions, where one of them explains it. */
export function noLabelReason(
	credentials: readonly Credential[],
	conditions: readonly LabelCondition[],
): string | undefined {
	const labels = credentials.map(each => comparedLabels(each.labels));
	const unmet = conditions.find(condition => !labels.some(each => meets(each, condition)));
	if (unmet === undefined) return undefined;
	const {text, isNot} = unmet;
	if (isNot) return `all of them have the label ${text}`;
	const [key = '', value] = text.split(/=(.*)/s);
	const pairs = credentials.flatMap(each => [...each.labels]);
	const values = pairs.flatMap(([each, its]) => (each.toLowerCase() === key ? [its] : []));
	if (value !== undefined && values.length > 0)
		return `no label ${key} is ${value || 'empty'}; there are ${some(values)}`;
	if (pairs.length === 0) return 'no credential has a label';
	return `no label is called ${key}; there are ${some(pairs.map(([each]) => each))}`;
}
