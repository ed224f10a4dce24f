import {isObject, type Json, type JsonObject} from '../domain/json.js';
import {isTimestamp} from '../domain/time.js';
import {type KeptVerdict, type VerdictWord, verdictWords, type Who} from '../domain/verdict.js';
import type {Content} from './vault.js';

/** The content's section that holds them, and the version of it that this program writes. */
const name = 'verdicts';
const version = 1;

/** Somebody agreed that a credential is asked about at that origin: scheme, host and port. */
export type Consent = {readonly id: string; readonly origin: string};

/** What providers said of the credentials here, at most once each, and where else some may be asked about. */
export type Verdicts = {readonly verdicts: readonly KeptVerdict[]; readonly consents: readonly Consent[]};

type Sections = {readonly sections?: JsonObject};

const none: Verdicts = {verdicts: [], consents: []};

/** Whether a section is that of the verdicts as this program writes it. */
export function isVerdicts(section: string, value: Json): boolean {
	return section === name && verdictsIn(value) !== undefined;
}

/** The verdicts; undefined when a newer program keeps them, whose section is not touched. */
export function verdictsOf({sections = {}}: Sections): Verdicts | undefined {
	const section = sections[name];
	return section === undefined ? none : verdictsIn(section);
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
	const consents = kept([...known.consents, ...added.consents], ({id, origin}) => `${id} ${origin}`);
	const {[name]: section, ...others} = content.sections ?? {};
	if (verdicts.length === 0 && consents.length === 0)
		return section === undefined ? content : {...content, sections: others};
	const record = {version, verdicts: verdicts.map(recordOf), consents: consents.map(({id, origin}) => ({id, origin}))};
	return {...content, sections: {...content.sections, [name]: record}};
}

const required = ['id', 'digest', 'is', 'why', 'host', 'at'] as const;
const optional = ['expires', 'lastUsed'] as const;
const whoTexts = ['account', 'user', 'project', 'key'] as const;

function recordOf(kept: KeptVerdict): JsonObject {
	const {who} = kept;
	const texts = [...required, ...optional].flatMap(key => (kept[key] === undefined ? [] : [[key, kept[key]] as const]));
	const whoMembers = whoTexts.flatMap(key => (who[key] === undefined ? [] : [[key, who[key]] as const]));
	const scopes = who.scopes === undefined ? {} : {scopes: [...who.scopes]};
	return {...Object.fromEntries(texts), who: {...Object.fromEntries(whoMembers), ...scopes}};
}

function verdictsIn(value: Json): Verdicts | undefined {
	if (!isObject(value) || Object.keys(value).length !== 3 || value.version !== version) return undefined;
	if (!Array.isArray(value.verdicts) || !Array.isArray(value.consents)) return undefined;
	const verdicts = value.verdicts.map(verdictIn);
	const consents = value.consents.map(consentIn);
	const isWhole = verdicts.every(each => each !== undefined) && consents.every(each => each !== undefined);
	return isWhole ? {verdicts, consents} : undefined;
}

function verdictIn(value: unknown): KeptVerdict | undefined {
	if (!isObject(value)) return undefined;
	const {who, ...texts} = value;
	const {id, digest, is, why, host, at, expires, lastUsed, ...more} = texts as Readonly<Record<string, string>>;
	if (Object.keys(more).length > 0 || !Object.values(texts).every(each => typeof each === 'string')) return undefined;
	const whoKnown = whoIn(who);
	if (id === undefined || digest === undefined || why === undefined || host === undefined) return undefined;
	if (whoKnown === undefined || !isWord(is) || at === undefined || !isTimestamp(at)) return undefined;
	if (![expires, lastUsed].every(each => each === undefined || isTimestamp(each))) return undefined;
	const moments = {...(expires === undefined ? {} : {expires}), ...(lastUsed === undefined ? {} : {lastUsed})};
	return {id, digest, is, why, who: whoKnown, host, at, ...moments};
}

function isWord(text: unknown): text is VerdictWord {
	return verdictWords.some(each => each === text);
}

function whoIn(value: unknown): Who | undefined {
	if (!isObject(value)) return undefined;
	const {scopes, ...texts} = value;
	const areTexts = Object.entries(texts).every(
		([key, text]) => whoTexts.some(each => each === key) && typeof text === 'string',
	);
	if (!areTexts) return undefined;
	if (scopes === undefined) return texts;
	if (!Array.isArray(scopes) || !scopes.every(each => typeof each === 'string')) return undefined;
	return {...texts, scopes};
}

function consentIn(value: unknown): Consent | undefined {
	if (!isObject(value) || Object.keys(value).length !== 2) return undefined;
	const {id, origin} = value;
	return typeof id === 'string' && typeof origin === 'string' ? {id, origin} : undefined;
}
