import {PharmerError} from '../domain/errors.js';
import {type Data, type Holder, type Issue, type Journal, type Rotation, rotationSteps} from '../domain/journal.js';
import {isObject} from '../domain/json.js';
import {Secret} from '../domain/secret.js';
import {isTimestamp, parseDate} from '../domain/time.js';
import {journalSection} from './journal-section.js';
import type {Content} from './vault.js';

type Sections = Pick<Content, 'sections'>;

/** The journals, oldest first; undefined when a newer program keeps them, whose section is not touched. */
export function journalsOf(content: Sections): readonly Journal[] | undefined {
	return linesOf(content)?.flatMap(line => journalIn(line) ?? []);
}

/** The ids of credentials about which, or signed by which, there is something that this program does not know. */
export function strangeIds(content: Sections): readonly string[] {
	return (linesOf(content) ?? []).flatMap(line => (journalIn(line) === undefined ? idsIn(line) : []));
}

/** The ids of the credential that a line is about and of the one that signs, also in one of a newer program. */
export function idsIn(line: string): readonly string[] {
	const value = parsed(line);
	return isObject(value) ? [value.id, value.admin].filter(isText) : [];
}

/** The journal about the credential with that id. */
export function journalOf(content: Sections, id: string): Journal | undefined {
	return journalsOf(content)?.find(each => each.id === id);
}

/**
 * The content with this journal in the place of the one about the same credential. What is no journal of this program's
 * stays as it is: it may own a secret. Throws `newer-version` when a newer program keeps them.
 */
export function withJournal<Kept extends Content>(content: Kept, journal: Journal): Kept {
	const lines = linesOf(content) ?? refuse();
	const record = JSON.stringify(recordOf(journal));
	const isThere = lines.some(line => journalIn(line)?.id === journal.id);
	const next = isThere ? lines.map(line => (journalIn(line)?.id === journal.id ? record : line)) : [...lines, record];
	return journalSection.put(content, next.join('\n'));
}

/** The content without the journal about that credential. Throws as `withJournal()` does. */
export function withoutJournal<Kept extends Content>(content: Kept, id: string): Kept {
	const lines = linesOf(content) ?? refuse();
	return journalSection.put(content, lines.filter(line => journalIn(line)?.id !== id).join('\n'));
}

/**
 * The lines that say what they are about, also those of newer programs, by the ids of their credentials; undefined when
 * a newer program keeps them all.
 */
export function journalLines(content: Sections): ReadonlyMap<string, string> | undefined {
	const lines = linesOf(content)?.map(line => [idIn(line), line] as const);
	// The first one of an id counts, as for `journalOf()`.
	return lines && new Map(lines.toReversed().flatMap(([id, line]) => (id === undefined ? [] : [[id, line]])));
}

/**
 * The content with these lines in the places of those about the same credentials, and without those that are undefined.
 * Throws as `withJournal()` does.
 */
export function withJournalLines(content: Content, changes: ReadonlyMap<string, string | undefined>): Content {
	if (changes.size === 0) return content;
	const lines = linesOf(content) ?? refuse();
	const left = new Map(changes);
	const changed = lines.flatMap(line => {
		const id = idIn(line);
		if (id === undefined || !left.has(id)) return [line];
		const next = left.get(id);
		left.delete(id);
		return next === undefined ? [] : [next];
	});
	return journalSection.put(content, [...changed, ...[...left.values()].filter(isText)].join('\n'));
}

/** Who goes on with the work of a line, as far as this program knows. */
export function holderOf(line: string): Holder | undefined {
	return journalIn(line)?.holder;
}

function idIn(line: string): string | undefined {
	const value = parsed(line);
	return isObject(value) && isText(value.id) ? value.id : undefined;
}

function refuse(): never {
	throw new PharmerError(
		'newer-version',
		'a newer pharmer keeps in this vault what is under way at providers',
		'update this one; nothing was changed',
	);
}

function linesOf(content: Sections): readonly string[] | undefined {
	const text = journalSection.textIn(content);
	return text === '' ? [] : text?.split('\n');
}

/** A journal as JSON. It holds secrets in clear. Members that are undefined are left out. */
function recordOf(journal: Journal): object {
	const {id, kind, mark, began, at, admin, holder} = journal;
	const work = {id, kind, mark, began, at, admin, holder};
	if (journal.kind === 'revoke') {
		const {step, known, oldId, digest, isSent} = journal;
		return {...work, step, known, oldId, digest, isSent};
	}
	const {known, fresh, freshId, freshExpires} = journal;
	const keys = {known, fresh: pairsOf(fresh), freshId, freshExpires};
	if (journal.kind === 'issue') {
		const {name, provider, identity, policies, there, made, isBack, tried} = journal;
		return {...work, name, provider, identity, policies, there, made: [...made], isBack, tried, ...keys};
	}
	const {step, oldId, old, oldSince, oldExpires, tried, grace, offAt, until} = journal;
	const replaced = {oldId, old: pairsOf(old), oldSince, oldExpires};
	return {...work, step, ...replaced, tried, grace, offAt, until, ...keys};
}

function pairsOf(data: Data | undefined): readonly (readonly [string, string])[] | undefined {
	return data && [...data].map(([key, value]) => [key, value.reveal()] as const);
}

/** The journal of a line; undefined when this program can't have written it. */
function journalIn(line: string): Journal | undefined {
	const value = parsed(line);
	if (!isObject(value)) return undefined;
	const {id, kind, mark, began, at, admin, holder} = value;
	if (!isText(id) || !isMark(mark) || !isMoment(began) || !isMoment(at) || !isMaybe(admin, isText)) return undefined;
	const heldBy = holder === undefined ? undefined : holderIn(holder);
	const work = {id, mark, began, at, ...(admin && {admin}), ...(heldBy && {holder: heldBy})};
	const {step, known, oldId} = value;
	if (kind === 'revoke') {
		if (!(step === 'intent' || step === 'off') || !isTexts(known) || !isText(oldId)) return undefined;
		if (!isText(value.digest)) return undefined;
		return {...work, kind, step, known, oldId, digest: value.digest, ...(value.isSent === true ? {isSent: true} : {})};
	}
	if (kind === 'issue') return issueIn(value, work);
	return kind === 'rotate' ? rotationIn(value, work) : undefined;
}

type Work = Pick<Journal, 'id' | 'mark' | 'began' | 'at'>;
type Value = Readonly<Record<string, unknown>>;

function rotationIn(value: Value, work: Work): Rotation | undefined {
	const {step, known, oldId, old, oldSince, oldExpires, tried, grace, offAt, until} = value;
	const isStep = rotationSteps.find(each => each === step);
	const data = dataIn(old);
	const keys = keysIn(value);
	const isWhole = isStep && data && keys && isTexts(known) && isText(oldId) && isMaybe(tried, isTexts);
	if (!isWhole || typeof grace !== 'number' || !Number.isSafeInteger(grace) || grace < 0) return undefined;
	if (!isMaybe(oldExpires, isDay) || !isMaybe(oldSince, isMoment)) return undefined;
	if (!isMaybe(offAt, isMoment) || !isMaybe(until, isMoment)) return undefined;
	const hasKey = keys.fresh !== undefined && keys.freshId !== undefined;
	// An old key that is kept until nobody knows when is not deleted.
	const isKept = hasKey && (isStep !== 'off' || (offAt !== undefined && until !== undefined));
	if (!isKept && isStep !== 'intent' && isStep !== 'undoing' && isStep !== 'undone') return undefined;
	const days = {...(oldSince && {oldSince}), ...(oldExpires && {oldExpires})};
	const keeping = {...(tried && {tried}), grace, ...(offAt && {offAt}), ...(until && {until})};
	return {...work, kind: 'rotate', step: isStep, known, oldId, old: data, ...keys, ...days, ...keeping};
}

function issueIn(value: Value, work: Work): Issue | undefined {
	const {name, provider, identity, policies, there, made, known, tried} = value;
	const keys = keysIn(value);
	const areTexts = isText(name) && isText(provider) && isText(identity);
	const areLists = isTexts(policies) && isTexts(there) && isPairs(made);
	if (!areTexts || !areLists || keys === undefined || !isMaybe(known, isTexts) || !isMaybe(tried, isTexts))
		return undefined;
	const order = {name, provider, identity, policies, there, ...(value.isBack === true ? {isBack: true as const} : {})};
	return {...work, kind: 'issue', ...order, made: new Map(made), ...(known && {known}), ...(tried && {tried}), ...keys};
}

/** What is known of a new key; undefined when this program can't have written it. */
function keysIn({
	fresh,
	freshId,
	freshExpires,
}: Value): Pick<Rotation, 'fresh' | 'freshId' | 'freshExpires'> | undefined {
	const data = fresh === undefined ? undefined : dataIn(fresh);
	if ((fresh !== undefined && data === undefined) || !isMaybe(freshId, isText)) return undefined;
	if (!isMaybe(freshExpires, isDay)) return undefined;
	return {...(data && {fresh: data}), ...(freshId && {freshId}), ...(freshExpires && {freshExpires})};
}

function dataIn(value: unknown): Data | undefined {
	return isPairs(value) ? new Map(value.map(([key, text]) => [key, new Secret(text)])) : undefined;
}

function holderIn(value: unknown): Holder | undefined {
	if (!isObject(value)) return undefined;
	const {run, pid, host, space, started, at} = value;
	const areTexts = isText(run) && isText(host) && isText(space) && isText(started) && isText(at);
	return areTexts && typeof pid === 'number' ? {run, pid, host, space, started, at} : undefined;
}

/** The value of a line; undefined when it is no JSON, as no program writes it. */
export function parsed(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isMoment = (value: unknown): value is string => isText(value) && isTimestamp(value);
const isMark = (value: unknown): value is string => isText(value) && /^[0-9a-f]{8}$/.test(value);
const isDay = (value: unknown): value is string => isText(value) && parseDate(value) !== undefined;
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isPairs = (value: unknown): value is readonly (readonly [string, string])[] =>
	Array.isArray(value) && value.every(each => isTexts(each) && each.length === 2);

function isMaybe<Type>(value: unknown, is: (value: unknown) => value is Type): value is Type | undefined {
	return value === undefined || is(value);
}
