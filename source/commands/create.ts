import type {AppStart} from '../app/core/start.js';
import {assertAlive, withOwnExpiry} from '../credentials/expiry.js';
import {alike} from '../credentials/same.js';
import type {CredentialContent} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {type Name, parseName} from '../domain/name.js';
import {listed} from '../domain/words.js';
import {findProvider, parseProvider, providers} from '../providers/catalog.js';
import {completeData} from '../providers/data.js';
import type {Provider} from '../providers/provider.js';
import {addCredential, assertNameFree} from '../vault/operations.js';
import {type CommandSpec, command} from './command.js';
import type {Context} from './context.js';
import {type DataSource, readEnvironment, readFile, readSource, sourceFlags, takesInput} from './data-source.js';
import {assertKeepable} from './findings.js';
import {textFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {
	changeMetadata,
	type Metadata,
	type MetadataChange,
	metadataFlags,
	readMetadata,
	warnExpired,
} from './metadata-options.js';
import {openScreen} from './open-screen.js';
import {openOrMakeVault, vaultPlace} from './open-vault.js';
import {tell, usage, warn} from './talk.js';

type CreateOptions = GlobalOptions & {
	readonly name: Name | undefined;
	/** From `--provider`. */
	readonly provider: Provider | undefined;
	readonly source: DataSource | undefined;
	readonly force: boolean;
	readonly metadata: MetadataChange;
};

const providerFlag = textFlag(
	'-p, --provider <id>',
	'what it is for; taken from NAME or the source when one of them tells',
);

const spec: CommandSpec<CreateOptions> = {
	verb: 'create',
	summary: 'add a credential',
	usage: 'create credential [NAME] [flags]',
	description:
		'Adds a credential, and makes the vault when there is none. Without --from-env or --from-file it opens the wizard.',
	examples: [
		['pharmer create credential', 'step by step, with what is needed explained'],
		['pharmer create credential aws --from-env', 'from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'],
		['pharmer create credential work -p aws -f ~/.aws/credentials --profile work', "from the provider's own file"],
		['pharmer create credential ci -p generic -f - --expires 2027-01-31 < token.json', 'from standard input'],
	],
	more: [
		`Providers: ${providers.map(provider => provider.id).join(', ')}.`,
		'In the wizard ? shows how to get one; ctrl+g where text is typed.',
	],
	hasNoun: true,
	standsAlone: true,
	operand: {
		name: 'NAME',
		least: 0,
		most: 1,
		help: 'what to call it: letters, digits, ".", "_" and "-"',
		offers: ['providers'],
	},
	flags: [providerFlag, ...sourceFlags, ...metadataFlags],
	otherWords: ['new', 'set', 'insert', 'put', 'make', 'save', 'init'],
	read(given) {
		const [provider, [name]] = [given.value(providerFlag), given.operands];
		const {source, force} = readSource(given);
		if (force && source === undefined) throw usage('`--force` needs `--from-env` or `--from-file`');
		return {
			...given.globals,
			name: name === undefined ? undefined : parseName(name),
			provider: provider === undefined ? undefined : parseProvider(provider),
			source,
			force,
			metadata: readMetadata(given, metadataFlags),
		};
	},
	run: runCreate,
};

export const create = command(spec);
export const add = command({...spec, verb: 'add', isHidden: true});

/** A new credential from a source, already checked. */
type Draft = {
	readonly name: Name | undefined;
	readonly content: Omit<CredentialContent, 'name'> & {readonly created?: string};
	/** Lines that say where fields came from. */
	readonly origins: readonly string[];
};

const noMetadata: Metadata = {labels: new Map()};

/** The provider named by the flag, or else by the credential's name. */
function likelyProvider({provider, name}: CreateOptions): Provider | undefined {
	return provider ?? (name === undefined ? undefined : findProvider(name));
}

/**
 * The provider to read from the environment: the one that is named, or the only one that has its variables there.
 * Throws `usage` when nothing says which.
 */
async function environmentProvider(options: CreateOptions, context: Context): Promise<Provider> {
	const provider = likelyProvider(options);
	if (provider !== undefined) return provider;
	const {lookInEnvironment} = await import('../look/environment.js');
	const {found, refused} = await lookInEnvironment(await context.importWorld());
	const [only, another] = found;
	if (only !== undefined && another === undefined && refused.length === 0) return only.provider;
	const there = found.map(each => each.provider.id);
	throw usage(
		there.length < 2
			? '`--from-env` needs to know the provider'
			: `the environment holds credentials of ${listed(there)}: \`--from-env\` needs to know which`,
		`add -p with one of ${(there.length < 2 ? providers.map(each => each.id) : there).join(', ')}`,
	);
}

async function draftFrom(source: DataSource, options: CreateOptions, context: Context): Promise<Draft> {
	if (source.kind === 'environment') {
		const provider = await environmentProvider(options, context);
		if (likelyProvider(options) === undefined) {
			tell(context, `the provider is \`${provider.id}\`: the environment has its variables and no other's`);
		}
		const {data, origins} = await readEnvironment(provider, context);
		const metadata = changeMetadata(noMetadata, options.metadata, context.now());
		const content = withOwnExpiry({provider: provider.id, data, ...metadata});
		assertAlive(content, context.now());
		assertKeepable(provider, data, options.force, context);
		return {
			name: undefined,
			content,
			origins: origins.map(([field, variable]) => `  ${field} from ${variable}`),
		};
	}
	const found = await readFile(
		source,
		{asked: options.provider, guess: likelyProvider(options)},
		takesInput(options),
		context,
	);
	const {provider, manifest} = found;
	const data = completeData(provider, found.data);
	assertAlive({provider: provider.id, data}, context.now());
	assertKeepable(provider, data, options.force, context);
	const metadata = changeMetadata(manifest ?? noMetadata, options.metadata, context.now());
	const created = manifest?.created === undefined ? {} : {created: manifest.created};
	return {
		name: manifest?.name,
		content: withOwnExpiry({provider: provider.id, data, ...metadata, ...created}),
		origins: [],
	};
}

async function createOnScreen(options: CreateOptions, context: Context): Promise<void> {
	const provider = likelyProvider(options);
	const {labels, note, expires} = changeMetadata(noMetadata, options.metadata, context.now());
	const start: AppStart = {
		kind: 'create',
		...(options.name === undefined ? {} : {name: options.name}),
		...(provider === undefined ? {} : {provider: provider.id}),
		...(labels.size === 0 ? {} : {labels}),
		...(note === undefined ? {} : {note}),
		...(expires === undefined ? {} : {expires}),
	};
	const outcome = await openScreen(
		start,
		options,
		context,
		'give --from-env or --from-file PATH to create one without it',
	);
	if (outcome.kind === 'created')
		for (const name of [outcome.name, ...(outcome.others ?? [])]) tell(context, `created \`${name}\``);
	if (outcome.kind === 'cancelled') throw new PharmerError('cancelled', 'cancelled: nothing was created');
}

/**
 * Creates a credential. Checks come as early as possible: flags and names, then that the name is free, and only then
 * the environment or the file. These are read first when the file has to supply the name, and when there is no vault
 * yet, so that no vault is created in vain.
 */
async function runCreate(options: CreateOptions, context: Context): Promise<void> {
	const {source, name: given} = options;
	warnExpired(options.metadata, context);
	if (source === undefined) return createOnScreen(options, context);
	if (source.kind === 'environment') await environmentProvider(options, context);
	const isFirst = !(await vaultPlace(options, context)).exists();
	const early = given === undefined || isFirst ? await draftFrom(source, options, context) : undefined;
	const name = given ?? early?.name;
	if (name === undefined) throw usage('NAME is missing', 'give it a name: `pharmer create credential NAME`');
	const vault = await openOrMakeVault(options, context, takesInput(options));
	assertNameFree(await vault.read(), name);
	const {content, origins} = early ?? (await draftFrom(source, options, context));
	const others = alike(content, (await vault.read()).credentials).map(each => each.name);
	await vault.change(current => addCredential(current, {name, ...content}, context.now()));
	tell(context, `created \`${name}\``);
	if (others.length > 0) warn(context, `${listed(others)} ${others.length === 1 ? 'has' : 'have'} the same secret`);
	for (const line of origins) tell(context, line);
}
