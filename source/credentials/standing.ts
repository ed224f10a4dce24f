import type {Credential} from '../domain/credential.js';
import {ago} from '../domain/time.js';
import {isRefused, type KeptVerdict, type VerdictWord, type Who} from '../domain/verdict.js';
import {dataDigest} from './data-digest.js';

/** What was said of a credential, and whether the provider itself has decided: only that is kept. */
export type SaidVerdict = KeptVerdict & {readonly isOfProvider: boolean};

type ById = ReadonlyMap<string, KeptVerdict>;

/** What was said of a vault's credentials, by their ids. */
export type Verdicts = {
	/** What providers have decided, which the vault keeps. */
	readonly kept: ById;
	/** What was said since the app was opened, where no provider has decided. */
	readonly passing: ById;
};

export const noVerdicts: Verdicts = {kept: new Map(), passing: new Map()};

/** What a credential's provider says of it. */
export type Standing = KeptVerdict & {
	/** How long ago it was asked, as in `3 days ago`. */
	readonly ago: string;
	/** Whether it may be over by now: it is of more than a month ago, or what was good then has ended. */
	readonly isOld: boolean;
	/** The word, with a `?` when it may be over. */
	readonly badge: string;
};

/** Days after which a verdict may be over. */
export const lastingDays = 30;

/** What was said of a credential's present data; the last that was said. Undefined when nobody was asked about them. */
export function verdictNow(credential: Credential, {kept, passing}: Verdicts, now: Date): Standing | undefined {
	return standingOf(credential, passing, now) ?? standingOf(credential, kept, now);
}

/** What the provider has decided of a credential's present data, whoever could not be reached since. */
export function decidedNow(credential: Credential, {kept}: Pick<Verdicts, 'kept'>, now: Date): Standing | undefined {
	return standingOf(credential, kept, now);
}

function standingOf(credential: Credential, said: ById, now: Date): Standing | undefined {
	const verdict = said.get(credential.id);
	// The digest of data that nobody was asked about is never made.
	if (verdict === undefined || verdict.digest !== dataDigest(credential)) return undefined;
	const {is, at, expires} = verdict;
	const isOver = !isRefused(is) && expires !== undefined && Date.parse(expires) <= now.getTime();
	const isOld = isOver || now.getTime() - Date.parse(at) > lastingDays * 86_400_000;
	return {...verdict, ago: ago(at, now), isOld, badge: isOld ? `${is}?` : is};
}

/** What each word means, as a sentence without its full stop. */
export function verdictMeaning(word: VerdictWord): string {
	switch (word) {
		case 'valid':
			return 'its provider takes it';
		case 'limited':
			return 'its provider takes it, and it may not do what was asked';
		case 'invalid':
			return 'its provider does not take it';
		case 'expired':
			return 'its provider says that it has expired';
		case 'disabled':
			return 'its provider says that it is switched off';
		case 'unreachable':
			return 'nobody answered for its provider';
		case 'unsupported':
			return 'there is nobody to ask about it';
		case 'unknown':
			return 'what was answered does not tell';
	}
}

/** Whom it signs in as, as a label and a text each: texts of the provider, which may hold anything. */
export function whoTexts({account, user, project, key, scopes}: Who): readonly (readonly [string, string])[] {
	const texts = {account, user, project, key, scopes: scopes?.join(', ')};
	return Object.entries(texts).flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]));
}

function byId(verdicts: readonly KeptVerdict[]): ById {
	return new Map(verdicts.map(each => [each.id, each]));
}

/** What is known from what a vault keeps. */
export function keptVerdicts(kept: readonly KeptVerdict[]): Verdicts {
	return {kept: byId(kept), passing: noVerdicts.passing};
}

/** The same with what a vault keeps now; of each credential the newer. The same object when nothing is new. */
export function withKept(known: Verdicts, kept: readonly KeptVerdict[]): Verdicts {
	const fresh = kept.filter(({id, at}) => at > (known.kept.get(id)?.at ?? ''));
	return fresh.length === 0
		? known
		: withSaid(
				known,
				fresh.map(each => ({...each, isOfProvider: true})),
			);
}

/** The same after more was said. */
export function withSaid({kept, passing}: Verdicts, said: readonly SaidVerdict[]): Verdicts {
	const next = {kept: new Map(kept), passing: new Map(passing)};
	for (const {isOfProvider, ...verdict} of said) {
		next.passing.delete(verdict.id);
		(isOfProvider ? next.kept : next.passing).set(verdict.id, verdict);
	}
	return next;
}
