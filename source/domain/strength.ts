import {commonPasswords} from './common-passwords.js';
import {roughTime} from './time.js';

export type Strength = {readonly level: 'weak' | 'fair' | 'good' | 'strong'; readonly advice: string};

const leastCharacters = 8;

const common =
	/^(pass(word|phrase|wort)?|secret|admin|root|letmein|welcome|qwerty|asdf|abc|iloveyou|changeme|pharmer|test|hunter)[\W\d]*$/i;

/**
 * How many passphrases somebody who has the file tries in a second, with 1,000 cores. Scrypt as new slots have it
 * (`defaultCost` of vault/keys/passphrase.ts) took 0.4 s on one core of a Xeon server with Node.js 20. Each try needs
 * 128 MiB, so that a graphics card runs few at once.
 */
const triesPerSecond = 2500;

let ranks: ReadonlyMap<string, number> | undefined;

/** The place of a passphrase among the commonest, from 1; undefined when it is none of them. Case does not count. */
function commonRank(passphrase: string): number | undefined {
	ranks ??= new Map(
		commonPasswords
			.trim()
			.split(/\s+/)
			.map((each, index) => [each, index + 1]),
	);
	return ranks.get(passphrase.normalize('NFC').toLowerCase());
}

/**
 * A cautious estimate in bits of how hard a passphrase is to guess. It counts distinct characters and kinds of
 * characters, and gives nothing for repeats and sequences.
 */
function guessBits(characters: readonly string[]): number {
	const text = characters.join('');
	const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter(kind => kind.test(text));
	const alphabet = kinds.length === 1 ? 26 : kinds.length === 2 ? 36 : 62;
	const surprising = characters.filter((character, index) => {
		const step = (character.codePointAt(0) ?? 0) - (characters[index - 1]?.codePointAt(0) ?? 0);
		return index === 0 || Math.abs(step) > 1;
	});
	const variety = Math.min(1, new Set(characters).size / Math.min(12, characters.length));
	// Words are far more guessable than random letters: 60 % of the bits that random characters would have.
	return surprising.length * Math.log2(alphabet) * 0.6 * variety;
}

/**
 * Why a new passphrase is taken only after a question, and the time to guess it: what follows `It` in a sentence.
 * Undefined for one of 8 characters or more that is not among the 1,000 commonest. The time is a cautious estimate: the
 * commonest are tried in their order, others are found after half of the tries that their bits allow.
 */
export function weakness(passphrase: string): string | undefined {
	const rank = commonRank(passphrase);
	const characters = [...passphrase.normalize('NFC')];
	if (rank === undefined && characters.length >= leastCharacters) return undefined;
	const why =
		rank === undefined ? `has fewer than ${leastCharacters} characters` : 'is one of the 1,000 commonest passwords';
	const tries = rank ?? 2 ** guessBits(characters) / 2;
	return `${why}: with 1,000 cores it is guessed in ${roughTime(tries / triesPerSecond)}`;
}

/** A rough, cautious estimate of how hard a passphrase is to guess. It advises; `weakness()` says when to ask. */
export function passphraseStrength(passphrase: string): Strength {
	const bits = guessBits([...passphrase]);
	if (bits < 36 || common.test(passphrase) || weakness(passphrase) !== undefined)
		return {level: 'weak', advice: 'easy to guess; use four or more random words'};
	if (bits < 52) return {level: 'fair', advice: 'longer is better: add a word or two'};
	if (bits < 70) return {level: 'good', advice: 'hard to guess'};
	return {level: 'strong', advice: 'very hard to guess'};
}
