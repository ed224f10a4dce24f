import {Secret} from '../domain/secret.js';
import type {Prompt} from '../platform/prompt.js';

const yes = [new Secret('y'), new Secret('yes')];

/**
 * Whether a person says yes to a question that ends in `[y/N]`. The answer is not echoed, since it may be a passphrase,
 * typed ahead.
 */
export async function agrees(prompt: Prompt, question: string): Promise<boolean> {
	const answer = await prompt.secret(question);
	return yes.some(each => answer.equals(each));
}
