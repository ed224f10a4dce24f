import {listed, plural} from '../../domain/words.js';
import {isListed, wordsOfBits} from '../../vault/keys/mnemonic.js';

const count = 6;

/** Six words of the recovery list for the first 66 bits of a hash (hexadecimal): enough to compare by voice. */
export function sixWords(hash: string): string {
	return wordsOfBits(Buffer.from(hash, 'hex'), count).join(' ');
}

/** The words in a text, whatever stands between them, and whatever their case. */
function wordsIn(typed: string): readonly string[] {
	return typed.toLowerCase().match(/[a-z]+/g) ?? [];
}

/** Whether somebody has typed these words. */
export function areWords(typed: string, words: string): boolean {
	return wordsIn(typed).join(' ') === words;
}

/** Why what somebody has typed can't be six words of the list; undefined when it can. */
export function wordsSlip(typed: string): string | undefined {
	const words = wordsIn(typed);
	const unknown = words.filter(word => !isListed(word));
	if (unknown.length > 0) return `${listed(unknown)} ${unknown.length === 1 ? 'is' : 'are'} not on the word list`;
	return words.length === count ? undefined : `${plural(words.length, 'word')}, not six`;
}
