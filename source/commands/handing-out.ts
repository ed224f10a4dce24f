import {assertAlive} from '../credentials/expiry.js';
import {type MergedEnvironment, mergeEnvironments} from '../credentials/merged-environment.js';
import type {Credential} from '../domain/credential.js';
import type {PharmerError} from '../domain/errors.js';
import type {UseKind} from '../domain/use.js';
import {providerOf} from '../providers/catalog.js';
import type {Context} from './context.js';
import {warnOfExpired} from './expired.js';
import type {GlobalOptions} from './global-options.js';
import {credentialsNamed} from './named-credentials.js';
import {pickOne} from './picking.js';
import {usage} from './talk.js';
import type {TrustedProject} from './trusting.js';

/** What a command gets. */
export type HandedOut = {
	readonly environment: MergedEnvironment;
	/** Whose secrets are in it. */
	readonly credentials: readonly Credential[];
	/** Notes in the use log how they were handed out. Called once, after that; never throws. */
	readonly note: (kind: UseKind | undefined) => Promise<void>;
};

/** What is to be handed out, and how. */
type Wanted = {
	readonly names: readonly string[];
	readonly verb: 'exec' | 'env';
	/** Whether values that tools want as a file become files. */
	readonly files?: boolean;
	/** What helps when a name is not known. */
	readonly hint?: string;
};

/**
 * What `exec` and `env` hand out: the credentials that were named; without a name, what the project's file names, or
 * for `exec` what is picked. Warns of what has expired. Throws `usage` when there is none of these, `not-found` and
 * `invalid`, and what `projectHere()`, `pickOne()` and `openVault()` throw.
 */
export async function handOut(
	{names, verb, files = false, hint}: Wanted,
	options: GlobalOptions,
	context: Context,
): Promise<HandedOut> {
	if (names.length > 0) {
		const search = hint === undefined ? {} : {hint};
		const {credentials, note} = await credentialsNamed(names, options, context, search);
		return {environment: merged(credentials, files, context), credentials, note};
	}
	const project = await projectHere(options, context);
	if (project !== undefined) return (await import('./project-use.js')).handOutProject(project, {files}, context);
	const picked = verb === 'exec' ? await pickOne(verb, options, context) : undefined;
	if (picked === undefined) throw nameMissing(verb);
	return handOut({names: [picked.name], verb, files}, options, picked.context);
}

/** The error for a line without a NAME where no project's file counts. */
export function nameMissing(verb: Wanted['verb']): PharmerError {
	return usage('NAME is missing', `\`pharmer ${verb} --help\` shows what there is`);
}

/**
 * The project that counts in the working directory, once it is trusted; undefined where there is none. What it needs is
 * loaded only where there is one. Throws `file` for a file that is not used, and what `trustedProject()` throws.
 */
export async function projectHere(options: GlobalOptions, context: Context): Promise<TrustedProject | undefined> {
	const file = await context.projectFile();
	return file && (await import('./trusting.js')).trustedProject(file, options, context);
}

function merged(credentials: readonly Credential[], files: boolean, context: Context): MergedEnvironment {
	for (const each of credentials) assertAlive(each, context.now(), each.name);
	const environment = mergeEnvironments(credentials, files, providerOf);
	warnOfExpired(credentials, context);
	return environment;
}
