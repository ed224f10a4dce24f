import {exitCodes, refusedCode} from './errors.js';

/**
 * What a provider says of a credential. `limited`: it is good, and may not do what was asked; `unreachable`: nobody
 * answered for the provider; `unsupported`: there is nobody to ask; `unknown`: an answer that nobody knows.
 */
export const verdictWords = [
	'valid',
	'limited',
	'invalid',
	'expired',
	'disabled',
	'unreachable',
	'unsupported',
	'unknown',
] as const;

export type VerdictWord = (typeof verdictWords)[number];

/** Whom a credential signs in as, as far as the provider told: texts of its own, which may hold anything. */
export type Who = {
	readonly account?: string;
	readonly user?: string;
	readonly project?: string;
	/** The name or id of the key itself at the provider. */
	readonly key?: string;
	/** What it may do, in the provider's words. */
	readonly scopes?: readonly string[];
};

export type Verdict = {
	readonly is: VerdictWord;
	/** Why, in our words and the provider's codes: one line, without a full stop. Never a part of an answer's body. */
	readonly why: string;
	readonly who: Who;
	/** When the credential ends, as the provider told (RFC 3339). */
	readonly expires?: string;
	/** When it was last used, as the provider told (RFC 3339). */
	readonly lastUsed?: string;
};

/** A verdict that is kept in a vault, with what it was given for. */
export type KeptVerdict = Verdict & {
	/** The id of the credential. */
	readonly id: string;
	/** The digest of the data that was asked with: the verdict is for no other. */
	readonly digest: string;
	/** The host that was asked; several with commas. */
	readonly host: string;
	/** When it was asked (RFC 3339). */
	readonly at: string;
};

/** Somebody agreed that a credential is asked about at that origin: scheme, host and port. */
export type Consent = {
	readonly id: string;
	/** Scheme, host and port. */
	readonly origin: string;
	/** What may be sent there, in words: with another secret in it, a credential is asked about again. */
	readonly sends: string;
};

/** A text that is equal for the same consents. */
export function consentKey({id, origin, sends}: Consent): string {
	return JSON.stringify([id, origin, sends]);
}

/** Whether the provider itself has decided. */
export function isDecided(word: VerdictWord): boolean {
	return word !== 'unreachable' && word !== 'unsupported' && word !== 'unknown';
}

/** Whether a credential with this verdict does not work any more, by the provider's own word. */
export function isRefused(word: VerdictWord): boolean {
	return word === 'invalid' || word === 'expired' || word === 'disabled';
}

/** The exit code over several: one that is refused counts first, then one that nobody answered for. */
export function verdictCode(words: readonly VerdictWord[]): number {
	if (words.some(isRefused)) return refusedCode;
	return words.includes('unreachable') ? exitCodes.network : 0;
}
