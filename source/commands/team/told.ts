import {PharmerError} from '../../domain/errors.js';
import type {Prompt} from '../../platform/prompt.js';
import type {Anchor} from '../../team/log/start.js';
import {areWords, sixWords, wordsSlip} from '../../team/log/words.js';
import type {Context} from '../context.js';
import {tell, usage} from '../talk.js';

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
export async function askTold(prompt: Prompt, context: Context): Promise<Told> {
	for (;;) {
		const number = (await prompt.line('Number: ')).trim();
		if (!/^[1-9]\d{0,11}$/.test(number)) continue;
		const words = await askWords(prompt, context);
		if (words !== '') return {seq: Number(number), words};
	}
}

/** Asks for six words of the list; resolves to nothing for an empty line. */
async function askWords(prompt: Prompt, context: Context): Promise<string> {
	for (;;) {
		const words = (await prompt.line('Words: ')).trim();
		const slip = wordsSlip(words);
		if (words === '' || slip === undefined) return words;
		tell(context, `${slip}. Try again.`);
	}
}

/** Throws `invalid` for what can't be six words of the list. */
export function assertWords(words: string): void {
	const slip = wordsSlip(words);
	if (slip !== undefined) throw new PharmerError('invalid', slip, 'type the six words as they were read out');
}

/** The error for a number and words that no entry has. */
export function notTold(): PharmerError {
	return new PharmerError(
		'invalid',
		'the storage has no entry with that number and these words',
		'ask the admin for both once more; if they are right, somebody has changed what lies in the storage',
	);
}
