export type Strength = {readonly level: 'weak' | 'fair' | 'good' | 'strong'; readonly advice: string};

const common =
	/^(pass(word|phrase|wort)?|secret|admin|root|letmein|welcome|qwerty|asdf|abc|iloveyou|changeme|pharmer|test|hunter)[\W\d]*$/i;

/**
 * A rough, cautious estimate of how hard a passphrase is to guess. It counts distinct characters and kinds of
 * characters, and gives nothing for repeats and sequences. It advises and never refuses.
 */
export function passphraseStrength(passphrase: string): Strength {
	const characters = [...passphrase];
	if (characters.length < 8 || common.test(passphrase))
		return {level: 'weak', advice: 'easy to guess; use four or more random words'};
	const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter(kind => kind.test(passphrase));
	const alphabet = kinds.length === 1 ? 26 : kinds.length === 2 ? 36 : 62;
	const surprising = characters.filter((character, index) => {
		const step = (character.codePointAt(0) ?? 0) - (characters[index - 1]?.codePointAt(0) ?? 0);
		return index === 0 || Math.abs(step) > 1;
	});
	const variety = Math.min(1, new Set(characters).size / Math.min(12, characters.length));
	// Words are far more guessable than random letters: 60 % of the bits that random characters would have.
	const bits = surprising.length * Math.log2(alphabet) * 0.6 * variety;
	if (bits < 36) return {level: 'weak', advice: 'easy to guess; use four or more random words'};
	if (bits < 52) return {level: 'fair', advice: 'longer is better: add a word or two'};
	if (bits < 70) return {level: 'good', advice: 'hard to guess'};
	return {level: 'strong', advice: 'very hard to guess'};
}
