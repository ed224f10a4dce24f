import type {Command} from 'commander';
import {assertQuery, findCredentials} from '../credentials/query.js';
import type {Credential} from '../domain/credential.js';
import {usesColor} from '../platform/terminal.js';
import type {Content} from '../vault/vault.js';
import type {Context} from './context.js';
import {credentialTable} from './credential-table.js';
import {addGlobalOptions, type GlobalOptions, readGlobalOptions} from './global-options.js';
import {addVerb} from './grammar.js';
import {openVault} from './open-vault.js';
import {type Selection, selectCredentials} from './selection.js';
import {tell, usage} from './talk.js';

const formats = ['table', 'wide', 'json', 'yaml', 'name'] as const;
type Format = (typeof formats)[number];

export type GetOptions = GlobalOptions &
	Selection & {
		/** A query in the language of the app's filter. */
		readonly filter: string | undefined;
		readonly output: Format;
		readonly redact: boolean;
	};

function parseFormat(text: string): Format {
	const format = formats.find(each => each === text);
	if (format === undefined) throw usage(`\`${text}\` is not an output format`, `it is one of ${formats.join(', ')}`);
	return format;
}

/** Adds `get` to the program. `accept` gets what was asked for. */
export function defineGet(program: Command, accept: (options: GetOptions) => void): void {
	const command = addVerb(program, 'get', 'list credentials, or show them', {
		usage: 'get credentials [NAME...] [flags]',
		description: 'Lists all credentials, or shows those that are named. table and wide never show a secret.',
		examples: [
			['pharmer get credentials', 'what there is'],
			['pharmer get credential aws -o yaml', 'one in full, its secrets in clear'],
			['pharmer get credentials -p aws -o json --redact', 'all for AWS as one JSON document, without secrets'],
			['pharmer get credentials --filter tag:env=prod', 'those with that label; any filter of the app does'],
		],
	});
	command
		.argument('[NAME...]', 'the credentials to show; all when left out')
		.option('-o, --output <format>', `${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}`, parseFormat)
		.option('-p, --provider <id>', 'only those for this provider')
		.option('--filter <query>', 'only those that match, as `/` in the app finds them')
		.option('--redact', 'mask the secrets in json and yaml');
	addGlobalOptions(command).action((names: readonly string[]) => {
		const {
			output = 'table',
			provider,
			filter,
			redact = false,
		} = command.opts<{
			output?: Format;
			provider?: string;
			filter?: string;
			redact?: true;
		}>();
		if (filter !== undefined && names.length > 0)
			throw usage('`--filter` and names exclude each other', 'leave one of them out');
		if (filter !== undefined) assertQuery(filter);
		accept({...readGlobalOptions(command), names, output, provider, filter, redact});
	});
}

async function render(credentials: readonly Credential[], options: GetOptions, context: Context): Promise<string> {
	const {output, redact} = options;
	if (output === 'name') return credentials.map(credential => `${credential.name}\n`).join('');
	if (output === 'json' || output === 'yaml') {
		const [only] = credentials;
		const shown = options.names.length === 1 && only !== undefined ? only : credentials;
		if (output === 'json') return (await import('../documents/manifest-json.js')).renderJson(shown, {redact});
		return (await import('../documents/manifest.js')).renderYaml(shown, {redact});
	}
	const color = usesColor(context.environment, context.stdout.isTTY === true, options.color);
	const table = credentialTable(credentials, {wide: output === 'wide', color, now: context.now()});
	return context.unicode ? table : table.replaceAll('…', '~');
}

/** Writes the credentials asked for to standard output. Throws `not-found` that names every one that is missing. */
export async function runGet(options: GetOptions, context: Context): Promise<void> {
	const content = await (await openVault(options, context)).read();
	const selected = selectCredentials(content, options);
	const {filter = ''} = options;
	const credentials = findCredentials(selected, filter, context.now());
	const text = await render(credentials, options, context);
	if (text !== '') context.stdout.write(text);
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
