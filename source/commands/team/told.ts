import {PharmerError} from '../../domain/errors.js';
import type {Prompt} from '../../platform/prompt.js';
import type {Anchor} from '../../team/log/start.js';
import {areWords, sixWords} from '../../team/log/words.js';
import {usage} from '../talk.js';

/** Number and words of an entry, as an admin gives them back. */
export type Told = {readonly seq: number; readonly words: string};

/** The number of an entry. Throws `usage`. */
export function parseSeq(flag: string): (text: string) => number {
	return text => {
		if (/^[1-9]\d{0,11}$/.test(text.trim())) return Number(text);
		throw usage(`\`${flag}\` takes the number of an entry, not \`${text}\``);
	};
}

/** The entry that an admin told of. */
export function anchorOf({seq, words}: Told): Anchor {
	return {seq, isHash: hash => areWords(words, sixWords(hash))};
}

/** Asks for number and words until both can be some. */
export async function askTold(prompt: Prompt): Promise<Told> {
	for (;;) {
		const number = (await prompt.line('Number: ')).trim();
		if (!/^[1-9]\d{0,11}$/.test(number)) continue;
		const words = (await prompt.line('Words: ')).trim();
		if (words !== '') return {seq: Number(number), words};
	}
}

/** The error for a number and words that no entry has. */
export function notTold(): PharmerError {
	return new PharmerError(
		'invalid',
		'the storage has no entry with that number and these words',
		'ask the admin for both once more; if they are right, somebody has changed what lies in the storage',
	);
}
