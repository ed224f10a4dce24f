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
