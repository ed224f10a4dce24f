import {wordsOfBits} from '../../vault/keys/mnemonic.js';

const count = 6;

/** Six words of the recovery list for the first 66 bits of a hash (hexadecimal): enough to compare by voice. */
export function sixWords(hash: string): string {
	return wordsOfBits(Buffer.from(hash, 'hex'), count).join(' ');
}

/** Whether somebody has typed these words, whatever stands between them, and whatever their case. */
export function areWords(typed: string, words: string): boolean {
	return (typed.toLowerCase().match(/[a-z]+/g) ?? []).join(' ') === words;
}
