import {filesInEnvironment, findInEnvironment} from '../credentials/environment.js';
import type {Source, Sources} from '../documents/sources.js';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {listed} from '../domain/words.js';
import type {FileReading} from '../look/sources.js';
import {completeData, isComplete, valuesOf} from '../providers/data.js';
import type {Field, Provider} from '../providers/provider.js';
import {askChoice} from './choice.js';
import type {Given} from './command.js';
import type {Context} from './context.js';
import {parsePath, switchFlag, textFlag, valueFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {tell, usage, warn} from './talk.js';

/** Where a credential's fields come from when no screen is opened. */
export type DataSource =
	| {readonly kind: 'environment'}
	| {readonly kind: 'file'; readonly path: string; readonly profile: string | undefined};

const fromEnv = switchFlag('-l, --from-env', "take the fields from the provider's environment variables");
const fromFile = valueFlag(
	'-f, --from-file <path>',
	'take them from a file, or from standard input with -',
	parsePath('--from-file'),
);
const profileFlag = textFlag('--profile <name>', 'which one, when the file holds several');
const forceFlag = switchFlag('--force', 'keep values that do not look like what the provider gives out');

/** The flags that say where fields come from. */
export const sourceFlags = [fromEnv, fromFile, profileFlag, forceFlag] as const;

/**
 * The source that the flags name, if any, and whether odd values are kept. Throws `usage` for flags that can't be
 * combined.
 */
export function readSource(given: Given): {
	readonly source: DataSource | undefined;
	readonly force: boolean;
} {
	const [path, profile, force] = [given.value(fromFile), given.value(profileFlag), given.has(forceFlag)];
	if (given.has(fromEnv) && path !== undefined) {
		throw usage("`--from-env` and `--from-file` can't be used together", 'choose one');
	}
	if (profile !== undefined && path === undefined) throw usage('`--profile` needs `--from-file`');
	if (path === '-' && given.globals.passphraseFd === 0) {
		throw usage("`--from-file -` and `--passphrase-fd 0` can't both read standard input");
	}
	const file = path === undefined ? undefined : ({kind: 'file', path, profile} as const);
	return {source: given.has(fromEnv) ? {kind: 'environment'} : file, force};
}

/** True when standard input is data, so nobody can be asked there. */
export function takesInput(options: GlobalOptions & {readonly source?: DataSource | undefined}): boolean {
	const {passphraseFd, source} = options;
	return passphraseFd === 0 || (source?.kind === 'file' && source.path === '-');
}

export type EnvironmentData = {
	readonly data: ReadonlyMap<string, Secret>;
	/** The variable that each field came from. */
	readonly origins: readonly (readonly [field: string, variable: string])[];
};

/** Describes a missing field: the state of its first variable, not set or empty. */
function missingText({key, environment: [official]}: Field, {environment}: Context): string {
	if (official === undefined) return `\`${key}\` has no variable`;
	return `\`${official}\` is ${environment[official] === '' ? 'empty' : 'not set'}`;
}

/** Throws `invalid`, naming the variables to set, when no way to sign in is complete. */
function assertAlternative({alternatives = [], fields}: Provider, data: ReadonlyMap<string, Secret>): void {
	const value = valuesOf(data);
	if (alternatives.length === 0 || alternatives.some(each => isComplete(each, value))) return;
	const ways = alternatives.map(each =>
		each.fields
			.map(key => fields.find(field => field.key === key)?.environment[0])
			.filter(name => name !== undefined)
			.map(name => `\`${name}\``)
			.join(' and '),
	);
	const [first, ...others] = ways.filter(way => way !== '');
	throw new PharmerError(
		'invalid',
		'the environment holds no complete way to sign in',
		`export ${[first, ...others].join(', or ')}, or use --from-file`,
	);
}

/**
 * A provider's fields from the environment and from the files that it names. Throws `invalid`, naming every required
 * variable that is missing or empty, `usage` when the provider has no variables, and `file` for a file that can't be
 * read.
 */
export async function readEnvironment(provider: Provider, context: Context): Promise<EnvironmentData> {
	if (provider.fields.every(field => field.environment.length === 0)) {
		throw usage(`\`${provider.id}\` has no environment variables`, 'use --from-file');
	}
	const found = [...findInEnvironment(provider, context.environment)];
	for (const {field, variable, path} of filesInEnvironment(provider, context.environment)) {
		const {text} = await context.readInput(path);
		found.push({field, variable, value: new Secret(text)});
	}
	const data = completeData(provider, new Map(found.map(({field, value}) => [field.key, value])));
	const missing = provider.fields.filter(field => field.required && !data.has(field.key));
	if (missing.length > 0) {
		const aliases = missing.flatMap(field => [...field.environment.slice(1), ...(field.environmentFiles ?? [])]);
		throw new PharmerError(
			'invalid',
			missing.map(field => missingText(field, context)).join(', '),
			`export ${missing.length === 1 ? 'it' : 'them'}, or use --from-file${aliases.length === 0 ? '' : `; also read: ${aliases.join(', ')}`}`,
		);
	}
	assertAlternative(provider, data);
	return {data, origins: found.map(({field, variable}) => [field.key, variable])};
}

/**
 * The sources in a text: as `asked`, or as `guess` if that fits, or as the provider that the text itself determines.
 */
async function findSources(
	{path, profile}: DataSource & {readonly kind: 'file'},
	text: string,
	{asked, guess}: {readonly asked: Provider | undefined; readonly guess: Provider | undefined},
	context: Context,
): Promise<FileReading> {
	const {readFileSources} = await import('../look/sources.js');
	const world = await context.importWorld();
	if (asked !== undefined || guess === undefined) return readFileSources(path, text, world, asked, profile);
	try {
		return await readFileSources(path, text, world, guess, profile);
	} catch (error) {
		try {
			return await readFileSources(path, text, world, undefined, profile);
		} catch {
			throw error;
		}
	}
}

/**
 * Reads one credential from a file, for the provider that was asked for, or else preferably for the guessed one. If
 * there are several and no profile was named, the person at the terminal chooses. Throws `usage` when there is nobody
 * to choose, `file` and `invalid`.
 */
export async function readFile(
	source: DataSource & {readonly kind: 'file'},
	providers: {readonly asked: Provider | undefined; readonly guess: Provider | undefined},
	inputTaken: boolean,
	context: Context,
): Promise<Source> {
	if (source.path === '-' && context.prompt(false) !== undefined) {
		tell(context, 'Type or paste it; what you type is shown. Ctrl-D on a line of its own ends it.');
	}
	const {text} = await context.readInput(source.path);
	const {sources, refused, damaged} = await findSources(source, text, providers, context);
	// Who names one of several knows that there are others.
	for (const each of source.profile === undefined ? [...damaged, ...refused] : damaged)
		warn(context, `left out: ${each}`);
	const chosen = await chooseOne(sources, source, inputTaken, context);
	if (chosen.remark !== undefined) warn(context, chosen.remark);
	return chosen;
}

async function chooseOne(
	sources: Sources,
	source: DataSource & {readonly kind: 'file'},
	inputTaken: boolean,
	context: Context,
): Promise<Source> {
	const {chooseSource} = await import('../documents/sources.js');
	const chosen = chooseSource(sources, source.profile);
	if (chosen !== undefined) return chosen;
	const labels = sources.map(each => each.label);
	const what = source.path === '-' ? 'standard input' : `\`${source.path}\``;
	const prompt = context.prompt(inputTaken);
	if (prompt === undefined) {
		throw usage(
			`${what} holds several: ${listed(labels)}`,
			`name one with --profile, or keep all of them: pharmer import ${source.path === '-' ? 'FILE' : source.path} --all`,
		);
	}
	const index = await askChoice(prompt, context, `${what} holds several. Which one?`, labels);
	const picked = sources[index];
	if (picked === undefined) throw new RangeError('a choice outside the list');
	return picked;
}
