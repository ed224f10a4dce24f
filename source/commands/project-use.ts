import {assertAlive} from '../credentials/expiry.js';
import {type MergedEnvironment, mergeEnvironments} from '../credentials/merged-environment.js';
import {filledIn, type ReferringText} from '../credentials/references.js';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {listed} from '../domain/words.js';
import {providerOf} from '../providers/catalog.js';
import type {Context} from './context.js';
import {warnOfExpired} from './expired.js';
import type {HandedOut} from './handing-out.js';
import {findIn} from './named-credentials.js';
import {environmentRefusal, resolveIn} from './resolving.js';
import {tell} from './talk.js';
import type {TrustedProject} from './trusting.js';

/** A variable for a command, whose references are filled in. */
export type ReferringVariable = {readonly name: string; readonly text: ReferringText};

/** What a command gets beside a project's own. */
type Beside = {
	/** Whether values that tools want as a file become files. */
	readonly files?: boolean;
	/** Variables of the environment, which a project's win over. */
	readonly below?: readonly ReferringVariable[];
	/** Variables of env files, which win over a project's. */
	readonly above?: readonly ReferringVariable[];
	/** What else is wrong; each is a sentence with its place. */
	readonly alsoWrong?: readonly string[];
};

/**
 * What a command gets by a project: the variables of the credentials that it names, and its own, with their references
 * filled in. Says whose secrets they are, and warns of what has expired. Throws `not-found`, and `invalid` when the
 * credentials decide a variable that is also set on its own.
 */
export function handOutProject(
	{file, project, lookup}: TrustedProject,
	{files = false, below = [], above = [], alsoWrong = []}: Beside,
	context: Context,
): HandedOut {
	const named = findIn(lookup, project.credentials, `\`${file.shown}\` names it`);
	const own = project.variables.map(({name, template, line}): ReferringVariable => {
		const text = {...template, placeOf: () => `\`${file.shown}\` line ${line} (\`${name}\`)`};
		return {name, text};
	});
	const explicit = new Map([...own, ...above].map(({name, text}) => [name, text]));
	const environment = mergeEnvironments(named, files, providerOf);
	const decided = variablesOf(environment);
	const inherited = below.filter(({name}) => !explicit.has(name) && !decided.has(name));
	const variables = new Map([...inherited.map(({name, text}) => [name, text] as const), ...explicit]);
	const use = {refusal: environmentRefusal, undone: 'nothing was handed out', alsoWrong};
	const referred = resolveIn(lookup, [...variables.values()], use, context);
	for (const [name, text] of explicit) {
		if (!decided.has(name)) continue;
		const what = `the credentials that \`${file.shown}\` names decide this variable`;
		throw new PharmerError('invalid', `${text.placeOf(0)}: ${what}`, 'leave the variable out, or the credential');
	}
	const credentials = [...new Set([...named, ...referred])];
	for (const each of credentials) assertAlive(each, context.now(), each.name);
	warnOfExpired(credentials, context);
	const names = credentials.map(({name}) => name);
	tell(context, `handing out ${names.length === 0 ? 'no secret' : listed(names)} (\`${file.shown}\`)`);
	const filled = [...variables].map(([name, text]) => [name, new Secret(filledIn(text, lookup))] as const);
	return {
		environment: {...environment, set: new Map([...environment.set, ...filled])},
		credentials,
		note: kind => lookup.note(credentials, kind),
	};
}

/** The variables that credentials decide: by a value, by a file, or by not being there. */
function variablesOf({set, files, unset}: MergedEnvironment): ReadonlySet<string> {
	return new Set([...set.keys(), ...files.flatMap(({variables}) => variables), ...unset]);
}
