import {randomInt} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import type {Prompt} from '../platform/prompt.js';
import type {Context} from './context.js';
import {tell} from './talk.js';

const attempts = 3;
/** How many of its words have to be typed before they count. */
const asked = 3;

/** Words, numbered, in columns that are read downwards. */
export function wordLines(words: readonly string[], columns: number): readonly string[] {
	const rows = Math.ceil(words.length / columns);
	const cells = words.map((word, index) => `${String(index + 1).padStart(4)}  ${word.padEnd(10)}`);
	return Array.from({length: rows}, (_, row) =>
		cells
			.filter((_, index) => index % rows === row)
			.join('')
			.trimEnd(),
	);
}

/**
 * Asks for some of the words that were shown. `what` would come of them, as in `the recovery key was not added`. Throws
 * `cancelled` when they are not on paper, and `interrupted`.
 */
export async function assertWritten(
	words: readonly string[],
	prompt: Prompt,
	what: string,
	context: Context,
): Promise<void> {
	tell(context, 'Some of the words are asked for, to be sure that they are on paper.');
	await askSome(words, prompt, what, context).catch((error: unknown) => {
		if (!(error instanceof PharmerError) || error.code !== 'interrupted') throw error;
		// The words are on the screen.
		throw new PharmerError('interrupted', `interrupted: ${what} was not added, and its words open nothing`);
	});
}

async function askSome(words: readonly string[], prompt: Prompt, what: string, context: Context): Promise<void> {
	const chosen = new Set<number>();
	while (chosen.size < asked) chosen.add(randomInt(words.length));
	for (const index of [...chosen].sort((one, other) => one - other)) {
		const word = new Secret(words[index] ?? '');
		for (let attempt = 1; !word.equals(await typedWord(prompt, index)); attempt++) {
			if (attempt === attempts)
				throw new PharmerError('cancelled', `the words were not written down: ${what} was not added`);
			tell(context, 'That is not the word. Look again.');
		}
	}
}

async function typedWord(prompt: Prompt, index: number): Promise<Secret> {
	const typed = await prompt.secret(`Word ${index + 1}: `);
	return new Secret(typed.reveal().trim().toLowerCase());
}
