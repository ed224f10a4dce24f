import {Secret} from '../domain/secret.js';
import type {Prompt} from '../platform/prompt.js';

const yes = ['y', 'Y', 'yes', 'Yes', 'YES'].map(each => new Secret(each));

/**
 * Whether a person says yes to a question that ends in `[y/N]`. The answer is not echoed, since it may be a passphrase,
 * typed ahead. With `fresh`, what was typed ahead is no answer: for what weakens or removes something.
 */
export async function agrees(prompt: Prompt, question: string, fresh?: 'fresh'): Promise<boolean> {
	const answer = await prompt.secret(question, fresh);
	return yes.some(each => answer.equals(each));
}
