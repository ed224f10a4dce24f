import {assertAlive} from '../credentials/expiry.js';
import {
	credentialsReferredTo,
	type KnownCredentials,
	namesReferredTo,
	problemsOf,
	type ReferringText,
	type Refusal,
} from '../credentials/references.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {UseKind} from '../domain/use.js';
import {plural} from '../domain/words.js';
import type {Context} from './context.js';
import {warnOfExpired} from './expired.js';
import type {GlobalOptions} from './global-options.js';
import {lookUp} from './named-credentials.js';
import {tell} from './talk.js';

/** What texts refer to. */
export type Resolved = {
	readonly known: KnownCredentials;
	/** Each once, in the order of the texts. */
	readonly credentials: readonly Credential[];
	/** Notes in the use log how they were handed out, if they were. Called once, after that; never throws. */
	readonly note: (kind: UseKind | undefined) => Promise<void>;
};

/** How a command uses what its references lead to. */
type Use = {
	readonly refusal: Refusal;
	/** What was not done when something is wrong: `nothing was run`. */
	readonly undone: string;
	/** What else is wrong with the texts; each is a sentence with its place. */
	readonly alsoWrong: readonly string[];
};

/** What an environment can't hold. */
export const environmentRefusal: Refusal = {
	of: /[\0\p{Cs}]/u,
	reason: "holds characters that an environment can't: use `pharmer inject`",
};

/**
 * Looks up everything that these texts refer to; the vault is left alone where they refer to nothing. Warns of
 * credentials that have expired, and throws `invalid` for temporary keys that have. `inputTaken` says whether standard
 * input is data. Throws as `resolveIn()` and `openVault()` do.
 */
export async function resolveReferences(
	texts: readonly ReferringText[],
	{inputTaken, ...use}: Use & {readonly inputTaken: boolean},
	options: GlobalOptions,
	context: Context,
): Promise<Resolved> {
	const names = namesReferredTo(texts);
	const nothing = {byKey: new Map(), known: [], note: async () => {}};
	const known = names.length === 0 ? nothing : await lookUp(names, options, context, {inputTaken});
	const credentials = resolveIn(known, texts, use, context);
	for (const each of credentials) assertAlive(each, context.now(), each.name);
	warnOfExpired(credentials, context);
	return {known, credentials, note: kind => known.note(credentials, kind)};
}

/**
 * The credentials that these texts refer to, among what was looked up: each once, in the order of the texts. Says
 * everything that is wrong, one on a line, and throws `not-found` when a name is unknown, otherwise `invalid`.
 */
export function resolveIn(
	known: KnownCredentials,
	texts: readonly ReferringText[],
	{refusal, undone, alsoWrong}: Use,
	context: Context,
): readonly Credential[] {
	const problems = problemsOf(texts, known, refusal);
	const all = [...alsoWrong, ...problems.map(({text}) => text)];
	if (all.length > 0) {
		if (all.length > 1) for (const each of all) tell(context, each);
		const code = problems.some(({isUnknownName}) => isUnknownName) ? 'not-found' : 'invalid';
		const what = all.length === 1 ? (all[0] ?? '') : `${plural(all.length, 'mistake')} in what is to be filled in`;
		const how = '`pharmer show NAME` lists the fields of a credential';
		throw new PharmerError(code, what, problems.length === 0 ? undone : `${undone}: ${how}`);
	}
	return credentialsReferredTo(texts, known);
}
