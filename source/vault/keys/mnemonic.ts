import {entropyToMnemonic, mnemonicToEntropy, validateMnemonic} from '@scure/bip39';
import {wordlist} from '@scure/bip39/wordlists/english.js';

// BIP 39 with its English list, loaded where a recovery key is made or read. The seeds of wallets are left out.

/** Words with a checksum that stand for these bytes, separated by spaces. */
export const wordsFor = (entropy: Uint8Array): string => entropyToMnemonic(entropy, wordlist);

/** The bytes that words stand for. Throws for words of another list or with a wrong checksum. */
export const bytesOf = (words: string): Uint8Array => mnemonicToEntropy(words, wordlist);

/** Whether words are of the list and their checksum is right. */
export const isMnemonic = (words: string): boolean => validateMnemonic(words, wordlist);

/** Whether the list has a word. */
export const isListed = (word: string): boolean => wordlist.includes(word);

/** Words of the list for the first bits of these bytes, eleven bits a word. */
export function wordsOfBits(bytes: Uint8Array, count: number): readonly string[] {
	const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('');
	return Array.from({length: count}, (_, at) => wordlist[Number.parseInt(bits.slice(at * 11, at * 11 + 11), 2)] ?? '');
}
