import {isObject} from '../domain/json.js';
import {isTimestamp} from '../domain/time.js';
import {
	type Consent,
	consentKey,
	type KeptVerdict,
	type VerdictWord,
	verdictWords,
	type Who,
} from '../domain/verdict.js';
import type {Content} from './vault.js';
import {verdictSection} from './verdict-section.js';

/** What providers said of the credentials here, at most once each, and where else some may be asked about. */
export type Verdicts = {readonly verdicts: readonly KeptVerdict[]; readonly consents: readonly Consent[]};

/** The verdicts; undefined when a newer program keeps them, whose section is not touched. */
export function verdictsOf(content: Pick<Content, 'sections'>): Verdicts | undefined {
	const text = verdictSection.textIn(content);
	if (text === undefined) return undefined;
	const lines = text === '' ? [] : text.split('\n').map(parsed);
	return {
		verdicts: lines.flatMap(each => verdictIn(each) ?? []),
		consents: lines.flatMap(each => consentIn(each) ?? []),
	};
}

/**
 * The content with these verdicts in the place of earlier ones for the same credentials, and these consents beside the
 * known ones. Those of credentials that are gone go too. As it was when a newer program keeps them.
 */
export function withVerdicts(content: Content, added: Verdicts): Content {
	const known = verdictsOf(content);
	if (known === undefined) return content;
	const ids = new Set([...content.credentials, ...content.trash].map(({id}) => id));
	const kept = <Item extends {readonly id: string}>(items: readonly Item[], keyOf: (item: Item) => string): Item[] => [
		...new Map(items.filter(({id}) => ids.has(id)).map(each => [keyOf(each), each])).values(),
	];
	const verdicts = kept([...known.verdicts, ...added.verdicts], ({id}) => id);
	const consents = kept([...known.consents, ...added.consents], consentKey);
	const lines = [...verdicts.map(recordOf), ...consents.map(({id, origin, sends}) => ({id, origin, sends}))];
	return verdictSection.put(content, lines.map(each => JSON.stringify(each)).join('\n'));
}

/** Members in a fixed order, whatever else the verdict came with. */
function recordOf({id, digest, is, why, who, host, at, expires, lastUsed}: KeptVerdict): KeptVerdict {
	const moments = {...(expires === undefined ? {} : {expires}), ...(lastUsed === undefined ? {} : {lastUsed})};
	return {id, digest, is, why, who, host, at, ...moments};
}

/** The value of a line; undefined when it is no JSON, as no program writes it. */
function parsed(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

function verdictIn(value: unknown): KeptVerdict | undefined {
	if (!isObject(value)) return undefined;
	const {id, digest, is, why, who, host, at, expires, lastUsed} = value;
	const areTexts = isText(id) && isText(digest) && isText(why) && isText(host) && isMoment(at);
	if (!areTexts || !isWord(is) || !isWho(who)) return undefined;
	if (![expires, lastUsed].every(each => each === undefined || isMoment(each))) return undefined;
	return recordOf(value as KeptVerdict);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isMoment = (value: unknown): value is string => isText(value) && isTimestamp(value);
const isWord = (value: unknown): value is VerdictWord => verdictWords.some(each => each === value);

function isWho(value: unknown): value is Who {
	if (!isObject(value)) return false;
	const {scopes = [], ...texts} = value;
	return Object.values(texts).every(isText) && Array.isArray(scopes) && scopes.every(isText);
}

function consentIn(value: unknown): Consent | undefined {
	if (!isObject(value) || Object.keys(value).length !== 3) return undefined;
	const {id, origin, sends} = value;
	return isText(id) && isText(origin) && isText(sends) ? {id, origin, sends} : undefined;
}
