import {randomInt} from 'node:crypto';
import stringWidth from 'string-width';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import type {Page, Prompt} from '../platform/prompt.js';
import {visible} from '../text/visible.js';
import type {Context} from './context.js';
import {tell} from './talk.js';
import {wrapped} from './wrapped.js';

const attempts = 3;
/** How many of its words have to be typed before they count. */
const asked = 3;

/** What is to be printed or written down. */
export type Paper = {readonly title: string; readonly words: readonly string[]; readonly notes: readonly string[]};

/** How a numbered word stands in its column. */
const cells = {
	wide: (number: number, word: string) => `${String(number).padStart(4)}  ${word.padEnd(10)}`,
	narrow: (number: number, word: string) => `${String(number).padStart(2)} ${word.padEnd(9)}`,
} as const;

/** Words, numbered, in columns that are read downwards. */
function wordLines(words: readonly string[], columns: number, how: keyof typeof cells = 'wide'): readonly string[] {
	const rows = Math.ceil(words.length / columns);
	const texts = words.map((word, index) => cells[how](index + 1, word));
	return Array.from({length: rows}, (_, row) =>
		texts
			.filter((_, index) => index % rows === row)
			.join('')
			.trimEnd(),
	);
}

/** The lines to print, a word a line. */
export function printed({title, words, notes}: Paper): readonly string[] {
	return [title, '', ...wordLines(words, 1), '', ...notes];
}

/** The same to be written down from a window, with as much beside the words as has room. */
export function pageOf({title, words, notes}: Paper): Page {
	return ({columns, rows}) => {
		const lines = (text: string): readonly string[] => wrapped(text, columns, 0);
		const [below, last] = [notes.flatMap(lines), lines('Write the words down now: they are not shown again.')];
		const [wide, narrow] = [Math.max(1, Math.floor(columns / 16)), Math.max(1, Math.floor(columns / 12))];
		const forms = [
			[title, '', ...wordLines(words, Math.min(3, wide)), '', ...below, '', ...last, ''],
			[title, '', ...wordLines(words, wide), '', ...below, '', ...last, ''],
			[title, ...wordLines(words, narrow, 'narrow'), ...below, ...last],
			[...wordLines(words, narrow, 'narrow'), ...last],
		];
		return forms.find(form => heightOf(form, columns) < rows);
	};
}

/** How many rows the lines take where the terminal breaks them. */
function heightOf(lines: readonly string[], columns: number): number {
	return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(stringWidth(visible(line)) / columns)), 0);
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
