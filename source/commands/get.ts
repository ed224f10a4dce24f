import {type LastUses, lastUses, noLastUses} from '../credentials/last-use.js';
import type {Credential} from '../domain/credential.js';
import type {Content} from '../vault/vault.js';
import {type CommandSpec, command, type Given} from './command.js';
import type {Context} from './context.js';
import {choiceFlag, switchFlag, textFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {credentialsNamed} from './named-credentials.js';
import type {Selection} from './selection.js';
import {tell, usage} from './talk.js';

const formats = ['table', 'wide', 'json', 'yaml', 'name'] as const;

type GetOptions = GlobalOptions &
	Selection & {
		/** A query in the language of the app's filter. */
		readonly filter: string | undefined;
		/** `detail` is for a name alone; no flag asks for it. */
		readonly output: (typeof formats)[number] | 'detail';
		readonly redact: boolean;
	};

export const outputFlag = choiceFlag('-o, --output <format>', formats, 'is not an output format');
const providerFlag = textFlag('-p, --provider <id>', 'only those for this provider');
const filterFlag = textFlag('--filter <query>', 'only those that match, as `/` in the app finds them');
const redactFlag = switchFlag('--redact', 'mask the secrets in json and yaml');

function readGet(given: Given): GetOptions {
	const {operands: names, hasNoun, globals} = given;
	const [output, filter] = [given.value(outputFlag), given.value(filterFlag)];
	if (filter !== undefined && names.length > 0)
		throw usage("`--filter` and names can't be used together", 'leave one of them out');
	// An empty variable in a script must not print the whole vault.
	if (!hasNoun && names.length === 0) throw usage('NAME is missing', '`pharmer get credentials` lists what there is');
	return {
		...globals,
		names,
		output: output ?? (hasNoun || names.length > 1 ? 'table' : 'detail'),
		provider: given.value(providerFlag),
		filter,
		redact: given.has(redactFlag),
	};
}

const spec: CommandSpec<GetOptions> = {
	verb: 'get',
	summary: 'list credentials, or show them',
	usage: 'get credentials [NAME...] [flags]',
	description: 'Lists all credentials, or shows those that are named. table and wide never show a secret.',
	examples: [
		['pharmer get credentials', 'what there is'],
		['pharmer get aws', 'one of them, its secrets masked'],
		['pharmer get credential aws -o yaml', 'one in full, its secrets in clear'],
		['pharmer get credentials -p aws -o json --redact', 'all for AWS as one JSON document, without secrets'],
		['pharmer get credentials --filter tag:env=prod', 'those with that label; any filter of the app does'],
	],
	hasNoun: true,
	operand: {
		name: 'NAME',
		least: 0,
		most: Number.POSITIVE_INFINITY,
		help: 'the credentials to show; all when left out',
	},
	flags: [outputFlag, providerFlag, filterFlag, redactFlag],
	otherWords: ['view', 'cat', 'read'],
	read: readGet,
	run: runGet,
};

export const get = command(spec);

/** `ls`: the list, as with the noun. */
const listSpec: CommandSpec<GetOptions> = {
	...spec,
	isHidden: true,
	standsAlone: true,
	read: given => readGet(given.hasNoun ? given : given.withNoun()),
};
export const ls = command({...listSpec, verb: 'ls'});
export const list = command({...listSpec, verb: 'list'});

/** `show`: the detail of every named credential. */
const showSpec: CommandSpec<GetOptions> = {
	...spec,
	isHidden: true,
	summary: 'show credentials, their secrets masked',
	usage: 'show NAME... [flags]',
	description: 'Shows everything of the credentials that are named, with their secrets masked.',
	examples: [['pharmer show aws', 'its fields, labels, expiry and note']],
	operand: {name: 'NAME', least: 1, most: Number.POSITIVE_INFINITY, help: 'the credentials to show'},
	flags: [],
	read: ({operands: names, globals}) => ({
		...globals,
		names,
		output: 'detail',
		provider: undefined,
		filter: undefined,
		redact: false,
	}),
};
export const show = command({...showSpec, verb: 'show'});
export const describe = command({...showSpec, verb: 'describe'});

/** What is noted in the use log: something where secrets are written as they are. */
function kindOfUse({output, redact}: GetOptions): 'get' | undefined {
	return (output === 'json' || output === 'yaml') && !redact ? 'get' : undefined;
}

async function render(
	credentials: readonly Credential[],
	all: readonly Credential[],
	uses: LastUses,
	options: GetOptions,
	context: Context,
): Promise<string> {
	const {output, redact} = options;
	if (output === 'name') return credentials.map(credential => `${credential.name}\n`).join('');
	if (output === 'json' || output === 'yaml') {
		const [only] = credentials;
		const shown = options.names.length === 1 && only !== undefined ? only : credentials;
		const isHidden = redact ? (await import('../providers/catalog.js')).isSecretField : undefined;
		if (output === 'json') return (await import('../documents/manifest-json.js')).renderJson(shown, isHidden);
		return (await import('../documents/manifest.js')).renderYaml(shown, isHidden);
	}
	const page = (await import('./page.js')).pageOf(options, context);
	if (output === 'detail') {
		const {detailText} = await import('./detail.js');
		return detailText(credentials, {all, uses}, {reveal: false, page});
	}
	const {credentialTable} = await import('./credential-table.js');
	return credentialTable(credentials, {wide: output === 'wide', all, uses}, undefined, page);
}

/** Writes the credentials asked for to standard output. Throws `not-found`, naming every missing one. */
async function runGet(options: GetOptions, context: Context): Promise<void> {
	const {names, provider, output} = options;
	// The detail says what a credential has in common with others.
	if (names.length > 0 && provider === undefined && output !== 'detail') {
		const {credentials, note} = await credentialsNamed(names, options, context);
		context.stdout.write(await render(credentials, credentials, noLastUses, options, context));
		await note(kindOfUse(options));
		return;
	}
	const [{readWithLog, noteUse}, {selectCredentials}, {assertQuery, findCredentials}] = await Promise.all([
		import('./read-vault.js'),
		import('./selection.js'),
		import('../credentials/query.js'),
	]);
	const {filter = ''} = options;
	if (filter !== '') assertQuery(filter);
	const {content, log} = await readWithLog(options, context);
	const selected = selectCredentials(content, options);
	const credentials = findCredentials(selected, filter, context.now());
	const uses = output === 'detail' ? lastUses(await log.read()) : noLastUses;
	const text = await render(credentials, content.credentials, uses, options, context);
	if (text !== '') context.stdout.write(text);
	await noteUse({content, log}, credentials, kindOfUse(options), context.now());
	if (credentials.length > 0) return;
	tell(context, noneText(options, content));
}

function noneText({provider, filter}: GetOptions, {credentials, trash}: Content): string {
	if (filter !== undefined && credentials.length > 0) return `no credentials match \`${filter}\``;
	if (provider !== undefined) return `no credentials for \`${provider}\``;
	return trash.length === 0
		? 'no credentials yet: `pharmer create credential NAME` adds one'
		: `no credentials; the trash has ${trash.length}: \`pharmer restore credential NAME\` brings one back`;
}
