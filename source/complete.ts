import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {completionLines, type LookUp} from './completion/answer.js';
import type {Words} from './completion/words.js';
import {defaultVault, vaultNameProblem} from './domain/vault-list.js';
import {writeOut} from './platform/output.js';
import {settingsDirectory} from './vault/default-path.js';

/** Defined by the build, which makes it from the table of commands. */
declare const PHARMER_WORDS: Words;

/**
 * Answers the script of a shell, which asks `complete SHELL AT WORD...`. Resolves to whether that is such a request.
 * What fails is no reason to write anything else: there is less to choose from.
 */
export async function answerCompletion(request: readonly string[], lookUp: LookUp): Promise<boolean> {
	const quietly: LookUp = vault => lookUp(vault).catch(() => undefined);
	const lines = await completionLines(PHARMER_WORDS, request, quietly, vaultNames);
	if (lines === undefined) return false;
	writeOut(lines);
	return true;
}

/** The names of the vaults that have one, as far as the settings can be read. */
function vaultNames(): readonly string[] {
	try {
		const {vaults = {}} = JSON.parse(readFileSync(join(settingsDirectory(), 'settings.json'), 'utf8'));
		return [defaultVault, ...Object.keys(vaults).filter(name => vaultNameProblem(name) === undefined)];
	} catch {
		return [defaultVault];
	}
}
