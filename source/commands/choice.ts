import type {Prompt} from '../platform/prompt.js';
import type {Context} from './context.js';
import {tell, usage} from './talk.js';

const attempts = 3;

/**
 * Shows numbered choices and asks for a number. Returns the index of the chosen one. Throws `usage` after three invalid
 * answers.
 */
export async function askChoice(
	prompt: Prompt,
	context: Context,
	question: string,
	choices: readonly string[],
): Promise<number> {
	tell(context, question);
	for (const [index, choice] of choices.entries()) tell(context, `  ${index + 1}. ${choice}`);
	for (let attempt = 0; attempt < attempts; attempt++) {
		const answer = (await prompt.line('Number: ')).trim();
		if (/^\d{1,6}$/.test(answer) && Number(answer) >= 1 && Number(answer) <= choices.length) return Number(answer) - 1;
		tell(context, `Type a number from 1 to ${choices.length}.`);
	}
	throw usage('nothing was chosen');
}
