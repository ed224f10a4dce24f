import {completionLines, type LookUp} from './completion/answer.js';
import type {Words} from './completion/words.js';
import {writeOut} from './platform/output.js';

/** Defined by the build, which makes it from the table of commands. */
declare const PHARMER_WORDS: Words;

/**
 * Answers the script of a shell, which asks `complete SHELL AT WORD...`. Resolves to whether that is such a request.
 * What fails is no reason to write anything else: there is less to choose from.
 */
export async function answerCompletion(request: readonly string[], lookUp: LookUp): Promise<boolean> {
	const quietly: LookUp = vault => lookUp(vault).catch(() => undefined);
	const lines = await completionLines(PHARMER_WORDS, request, quietly);
	if (lines === undefined) return false;
	writeOut(lines);
	return true;
}
